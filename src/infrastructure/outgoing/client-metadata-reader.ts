import type { ClientMetadataDocuments, ReadMetadata } from '../../application/ports/client-metadata-documents.js';
import { objectIn, readPublicJson, type Surroundings, Unreadable } from './public-json.js';

/** Milliseconds a document is kept: at least so that the steps of one authorization see the same, and no longer than a day, whatever its host says. */
const kept = { least: 60_000, usual: 300_000, most: 86_400_000 };

/** Milliseconds before a document that could not be read is asked for again, so that nobody has its host asked over and over. */
const pause = 2000;

/**
 * Those that nobody named for longest make room. Kept as text, and counted in characters too, because anybody may have written them: as objects, 64 kB of JSON
 * can take a megabyte.
 */
const mostKept = { documents: 1000, characters: 8 * 1024 * 1024 };

/** Reads at the same time. Beyond them who asks is told to come back, so that slow hosts hold no more than these. */
const mostUnderWay = 32;

interface Failed {
  readonly answer: ReadMetadata;
  readonly until: number;
}

interface Kept {
  readonly text: string;
  readonly readAt: number;
  readonly freshUntil: number;
}

/**
 * Metadata documents over the network, each read once for all who ask at the same time, and again when its host wants that. While a host is away, what was
 * read of it within a day stands; what it answers otherwise never does. No failure is kept (Client ID Metadata Document §4.4), but for the moment in which
 * it would only be asked for again.
 */
export class ClientMetadataReader implements ClientMetadataDocuments {
  private readonly documents = new Map<string, Kept>();
  private readonly underWay = new Map<string, Promise<ReadMetadata>>();
  private readonly failed = new Map<string, Failed>();
  private characters = 0;

  constructor(
    private readonly surroundings: Surroundings,
    /** Milliseconds that never go back. */
    private readonly now: () => number = () => performance.now(),
  ) {}

  async read(uri: string): Promise<ReadMetadata> {
    const known = this.documents.get(uri);
    if (known && this.now() < known.freshUntil) return this.keep(uri, known);
    const already = this.underWay.get(uri);
    if (already) return already;
    const failed = this.failed.get(uri);
    if (failed && this.now() < failed.until) return failed.answer;
    if (this.underWay.size >= mostUnderWay) {
      if (known && this.now() < standsUntil(known)) return this.keep(uri, known);
      return unreadable('away', 'cannot be read now', `${mostUnderWay} others are being read`);
    }
    const reading = this.readAnew(uri, known).finally(() => this.underWay.delete(uri));
    this.underWay.set(uri, reading);
    return reading;
  }

  private async readAnew(uri: string, known: Kept | undefined): Promise<ReadMetadata> {
    try {
      const { text, cacheControl } = await readPublicJson(new URL(uri), this.surroundings);
      const readAt = this.now();
      return this.keep(uri, { text, readAt, freshUntil: readAt + lifetime(cacheControl) });
    } catch (error) {
      if (!(error instanceof Unreadable)) return this.fail(uri, unreadable('away', 'cannot be read now', String(error)));
      const now = this.now();
      // Not asked again at each step, where everybody would wait for it.
      if (error.away && known && now < standsUntil(known)) return this.keep(uri, { ...known, freshUntil: Math.min(now + kept.least, standsUntil(known)) });
      this.forget(uri);
      return this.fail(uri, unreadable(error.away ? 'away' : 'unfit', error.description, error.message));
    }
  }

  /** As the one that was named last. */
  private keep(uri: string, document: Kept): ReadMetadata {
    this.forget(uri);
    this.documents.set(uri, document);
    this.characters += document.text.length;
    for (const oldest of this.documents.keys()) {
      if (this.documents.size <= mostKept.documents && this.characters <= mostKept.characters) break;
      this.forget(oldest);
    }
    return { outcome: 'read', metadata: objectIn(document.text) };
  }

  private fail(uri: string, answer: ReadMetadata): ReadMetadata {
    this.failed.delete(uri);
    this.failed.set(uri, { answer, until: this.now() + pause });
    const [oldest] = this.failed.keys();
    if (this.failed.size > mostKept.documents && oldest !== undefined) this.failed.delete(oldest);
    return answer;
  }

  private forget(uri: string): void {
    this.characters -= this.documents.get(uri)?.text.length ?? 0;
    this.documents.delete(uri);
  }
}

function standsUntil({ readAt }: Kept): number {
  return readAt + kept.most;
}

/** RFC 9111 §5.2.2.1, as far as it goes here. */
function lifetime(cacheControl: string | undefined): number {
  if (/\bno-(?:store|cache)\b/i.test(cacheControl ?? '')) return kept.least;
  const seconds = /\bmax-age=(\d+)\b/i.exec(cacheControl ?? '')?.[1];
  return seconds === undefined ? kept.usual : Math.min(Math.max(Number(seconds) * 1000, kept.least), kept.most);
}

/** Of the detail what fits on a line of the log and can be read there: the host may have written it, in a header or its certificate, also for the terminal that shows it. */
function unreadable(outcome: 'away' | 'unfit', why: string, detail: string): ReadMetadata {
  return { outcome, why, detail: detail.slice(0, 200).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?') };
}
