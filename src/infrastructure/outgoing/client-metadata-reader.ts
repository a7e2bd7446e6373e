import type { ClientMetadataDocuments, ReadMetadata } from '../../application/ports/client-metadata-documents.js';
import { readPublicJson, type Surroundings, Unreadable } from './public-json.js';

/** Milliseconds a document is kept: at least so that the steps of one authorization see the same, and no longer than a day, whatever its host says. */
const kept = { least: 60_000, usual: 300_000, most: 86_400_000 };

/** Documents; a client that nobody names for a while makes room. */
const mostKept = 1000;

/** Reads at the same time. Beyond them who asks is told to come back, so that slow hosts hold no more than these. */
const mostUnderWay = 32;

interface Kept {
  readonly read: ReadMetadata & { outcome: 'read' };
  readonly readAt: number;
  readonly freshUntil: number;
}

/**
 * Metadata documents over the network, each read once for all who ask at the same time, and again when its host wants that. While a host is away, what was
 * read of it within a day stands; what it answers otherwise never does, and no failure is kept (Client ID Metadata Document §4.4).
 */
export class ClientMetadataReader implements ClientMetadataDocuments {
  private readonly documents = new Map<string, Kept>();
  private readonly underWay = new Map<string, Promise<ReadMetadata>>();

  constructor(
    private readonly surroundings: Surroundings,
    /** Milliseconds that never go back. */
    private readonly now: () => number = () => performance.now(),
  ) {}

  async read(uri: string): Promise<ReadMetadata> {
    const known = this.documents.get(uri);
    if (known && this.now() < known.freshUntil) return known.read;
    const already = this.underWay.get(uri);
    if (already) return already;
    if (this.underWay.size >= mostUnderWay) return unreadable('cannot be read now: try again in a moment', `${mostUnderWay} others are being read`);
    const reading = this.readAnew(uri, known).finally(() => this.underWay.delete(uri));
    this.underWay.set(uri, reading);
    return reading;
  }

  private async readAnew(uri: string, known: Kept | undefined): Promise<ReadMetadata> {
    try {
      const { json, cacheControl } = await readPublicJson(new URL(uri), this.surroundings);
      return this.keep(uri, { outcome: 'read', metadata: json }, lifetime(cacheControl));
    } catch (error) {
      if (!(error instanceof Unreadable)) return unreadable('cannot be read', String(error));
      if (error.away && known && this.now() < known.readAt + kept.most) return known.read;
      this.documents.delete(uri);
      return unreadable(error.description, error.message);
    }
  }

  private keep(uri: string, read: Kept['read'], milliseconds: number): ReadMetadata {
    const readAt = this.now();
    this.documents.delete(uri);
    this.documents.set(uri, { read, readAt, freshUntil: readAt + milliseconds });
    const [oldest] = this.documents.keys();
    if (this.documents.size > mostKept && oldest !== undefined) this.documents.delete(oldest);
    return read;
  }
}

/** RFC 9111 §5.2.2.1, as far as it goes here. */
function lifetime(cacheControl: string | undefined): number {
  if (/\bno-(?:store|cache)\b/i.test(cacheControl ?? '')) return kept.least;
  const seconds = /\bmax-age=(\d{1,9})\b/i.exec(cacheControl ?? '')?.[1];
  return seconds === undefined ? kept.usual : Math.min(Math.max(Number(seconds) * 1000, kept.least), kept.most);
}

function unreadable(why: string, detail: string): ReadMetadata {
  return { outcome: 'unreadable', why, detail };
}
