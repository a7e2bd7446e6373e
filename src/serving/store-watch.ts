import { codeOf, reasonOf, StorageUnavailable } from '../application/ports/storage-unavailable.js';

/** Milliseconds between two looks at the store, at least; and after the last refusal until an outage counts as over. */
const pauses = { look: 1000, quiet: 5000 };

/** Causes that are told of one outage; some carry a number that is another one each time. */
const mostCauses = 10;

interface Outage {
  readonly since: number;
  readonly told: Set<string>;
  lastRefusal: number;
  readonly looking: NodeJS.Timeout;
}

interface Look {
  readonly at: number;
  readonly answer: Promise<void>;
  isUnderWay: boolean;
}

/** Where it is told. */
interface StoreLog {
  error(facts: object, line: string): void;
  warn(facts: object, line: string): void;
}

/**
 * Knows whether the store does what requests need. It looks when it is asked; and from the first request on that the store refused, every second by itself and more
 * thoroughly, so that it knows of the end of it while nobody sends requests. An outage is told when it begins, with each of its causes once, and when it is over. A look
 * that fails in a way that no store should is one too.
 */
export class StoreWatch {
  private outage: Outage | undefined;
  private last: Look | undefined;
  private stopped = false;

  constructor(
    private readonly ping: (thoroughly: boolean) => Promise<void>,
    private readonly log: StoreLog,
  ) {}

  /** Throws while the store does not serve. However often it is asked, the store is asked once a second, and not again before it has answered. */
  async ready(): Promise<void> {
    await this.look();
  }

  /** A request was refused for the sake of the store. */
  noticed(error: StorageUnavailable): void {
    const { advice } = error;
    const code = codeOf(error);
    // Of a store that only cannot be reached the cause says it all.
    const reason = [advice === undefined ? '' : error.message, reasonOf(error)].filter((words) => words !== '').join(': ');
    this.fail(code || reason, { ...(code && { code }), reason, advice }, 'the store refuses work; requests are answered 503');
  }

  /** What is under way may fail because the store is closed: nobody is told of that. */
  stop(): void {
    this.stopped = true;
    this.endOutage();
  }

  private fail(cause: string, facts: object, line: string): void {
    if (this.stopped) return;
    const now = performance.now();
    if (!this.outage) {
      this.outage = { since: now, told: new Set(), lastRefusal: now, looking: setInterval(() => void this.lookForEnd(), pauses.look).unref() };
      // What it said a moment ago, when it was not asked thoroughly, is worth nothing now.
      this.last = undefined;
    }
    const { told } = this.outage;
    this.outage.lastRefusal = now;
    if (told.has(cause) || told.size === mostCauses) return;
    told.add(cause);
    this.log.error(facts, line);
  }

  private endOutage(): void {
    clearInterval(this.outage?.looking);
    this.outage = undefined;
  }

  private look(): Promise<void> {
    const now = performance.now();
    if (this.last && (this.last.isUnderWay || now - this.last.at < pauses.look)) return this.last.answer;
    const look: Look = { at: now, answer: this.ask().finally(() => (look.isUnderWay = false)), isUnderWay: true };
    this.last = look;
    return look.answer;
  }

  private async ask(): Promise<void> {
    try {
      await this.ping(this.outage !== undefined);
    } catch (error) {
      if (error instanceof StorageUnavailable) this.noticed(error);
      else this.fail(String(error), { err: error }, 'looking at the store failed; not ready');
      throw error;
    }
  }

  private async lookForEnd(): Promise<void> {
    const isWell = await this.look().then(
      () => true,
      () => false,
    );
    if (!isWell || !this.outage || performance.now() - this.outage.lastRefusal < pauses.quiet) return;
    const seconds = Math.round((performance.now() - this.outage.since) / 1000);
    this.endOutage();
    this.log.warn({ seconds }, 'the store works again');
  }
}
