import type { Storage } from '../../application/ports/storage.js';
import { type Doing, verbs } from '../../application/ports/verbs.js';
import { closeAll } from '../close-all.js';
import { MovingNotices } from './moving-notices.js';
import { type MovePhase, PhaseWatch } from './phase-watch.js';
import { routed } from './routed.js';

export interface MovingChoice {
  readonly old: Storage;
  readonly new: Storage;
  /** Which of the two decides, as the old store has it at this moment. */
  readonly readPhase: () => Promise<MovePhase>;
}

/**
 * One store made of two, for servers that go on serving while one is moved into the other. Each verb is decided in exactly one of them, the same one on every
 * instance: see docs/adr/0028. What it takes from either: every port's own promises.
 */
export function createMovingStorage({ old, new: next, readPhase }: MovingChoice): Storage {
  const notices = new MovingNotices(old.notices, next.notices);
  const watch = new PhaseWatch(readPhase, () => notices.moved());
  const repositories = Object.entries(old).filter(([name, member]) => !ownAffairs.has(name) && typeof member === 'object') as [keyof Storage, object][];
  const between = repositories.map(([name, repository]) => [name, routed(repository, next[name] as object, known[name] ?? {}, watch)] as const);
  return {
    // Every repository there is, one that is added later too. `Pick`, because what is made of entries cannot be said to be an interface.
    ...(Object.fromEntries(between) as Pick<Storage, keyof Storage>),
    notices,
    // Of two stores of one kind the order is the same; of others, either keeps its own.
    expirables: Array.from({ length: Math.max(old.expirables.length, next.expirables.length) }, (_, index) =>
      routed(old.expirables[index] ?? nothingToPurge, next.expirables[index] ?? nothingToPurge, purging, watch),
    ),
    async ping(thoroughly) {
      await ((await watch.store()) === 'old' ? old : next).ping(thoroughly);
    },
    // Only differences of clocks that are kept together matter, so that either store's will do.
    ...(next.now && { now: next.now.bind(next) }),
    close: () =>
      closeAll(
        () => watch.close(),
        () => old.close(),
        () => next.close(),
      ),
  };
}

/** By port; what a store has beside them is not among them. */
const known: Readonly<Record<string, Readonly<Record<string, Doing>> | undefined>> = verbs;

/** What is not a repository. */
const ownAffairs = new Set<string>(['notices', 'expirables', 'arriving', 'leaving', 'ping', 'close'] satisfies (keyof Storage)[]);

const purging = { purge: 'writes' } as const;
const nothingToPurge = { purge: async () => 0 };
