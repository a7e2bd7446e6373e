import type { Storage } from '../../application/ports/storage.js';
import type { RunScript } from './redis-connection.js';
import { keys } from './redis-keys.js';
import { applyMark, oldDoubts, settleDoubt } from './scripts/marks.js';
import { longestTimeToLive } from './time-to-live.js';

/** Milliseconds after which nobody is about to settle a mark any more: as long as a verb of the other store may take, and to spare. */
const doubtful = 5000;

/** Somebody or something in the other store that ends there. */
export interface Marked {
  readonly kind: 'user' | 'client';
  readonly id: string;
}

/**
 * The marks of people who are shut out, disabled or gone, and of clients that were removed. Each is to say what the other store says. It is in doubt from when it is changed
 * until the other store was asked once more, which is kept in Redis: so it comes right also where that store failed, or the process ended in between.
 */
export class RedisMarks {
  constructor(private readonly lasting: Pick<Storage, 'users' | 'clients'>) {}

  /** Marks what the other store is about to be asked to end. */
  async set(run: RunScript, of: Marked, at: Date): Promise<void> {
    await this.apply(run, of, at);
  }

  /**
   * Brings the mark to what the other store says, `at`: since when somebody is gone. It asks again after each change, so that of any number who settle at once, whichever changed
   * it last has found it true afterwards.
   */
  async settle(run: RunScript, of: Marked, at: Date): Promise<void> {
    for (let ended = await this.endOf(of, at); ; ) {
      const since = await this.apply(run, of, ended);
      const found = await this.endOf(of, at);
      if ((found === null) === (ended === null)) return void (await run(settleDoubt, [keys.doubts], [nameOf(of), since]));
      ended = found;
    }
  }

  /** Settles what was left in doubt. */
  async settleDoubts(run: RunScript): Promise<void> {
    for (const name of (await run(oldDoubts, [keys.doubts], [doubtful])) as string[]) await this.settle(run, markedBy(name), new Date());
  }

  private async endOf({ kind, id }: Marked, at: Date): Promise<Date | null> {
    if (kind === 'client') return (await this.lasting.clients.find(id)) ? null : at;
    const user = await this.lasting.users.find(id);
    return user ? user.disabledAt : at;
  }

  /** Answers since when the mark is in doubt. */
  private async apply(run: RunScript, of: Marked, ended: Date | null): Promise<string> {
    const key = of.kind === 'client' ? keys.removedClient(of.id) : keys.shutOut(of.id);
    return String(await run(applyMark, [key, keys.doubts], [nameOf(of), ended?.getTime() ?? '', longestTimeToLive]));
  }
}

function nameOf({ kind, id }: Marked): string {
  return `${kind}:${id}`;
}

function markedBy(name: string): Marked {
  const colon = name.indexOf(':');
  return { kind: name.slice(0, colon) === 'client' ? 'client' : 'user', id: name.slice(colon + 1) };
}
