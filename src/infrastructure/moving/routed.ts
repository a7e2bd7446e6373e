import { StoreMoved } from '../../application/ports/store-moved.js';
import type { Doing } from '../../application/ports/verbs.js';
import type { PhaseWatch } from './phase-watch.js';

/** The verbs of a port, by name, and what each does; one that is not among them counts as writing. */
type Verbs = Readonly<Record<string, Doing>>;

/** A repository whose verbs are run in the store that decides. */
export function routed<Repository extends object>(old: Repository, next: Repository, verbs: Verbs, watch: PhaseWatch): Repository {
  return new Proxy(old, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      const changesNothing = verbs[String(name)] === 'reads';
      return (...input: unknown[]) => decide(changesNothing, (store) => verbOf(store === 'old' ? target : next, name)(...input), watch);
    },
  });
}

async function decide(changesNothing: boolean, run: (store: 'old' | 'new') => Promise<unknown>, watch: PhaseWatch): Promise<unknown> {
  for (;;) {
    if ((await watch.store()) === 'new') return run('new');
    try {
      const answer = await run('old');
      // A change that was committed in the old store was in time: it refuses those that are not. What was only read may have been overtaken.
      if (!changesNothing || watch.decided() === 'old') return answer;
    } catch (error) {
      watch.doubt();
      // It did nothing, or what it did was copied: every verb can be asked again and says what came of it.
      if (!(error instanceof StoreMoved) && (await watch.store()) === 'old') throw error;
    }
  }
}

function verbOf(repository: object, name: string | symbol): (...input: unknown[]) => Promise<unknown> {
  const verb: unknown = Reflect.get(repository, name);
  if (typeof verb !== 'function') throw new Error(`the new store has no ${String(name)}`);
  return verb.bind(repository);
}
