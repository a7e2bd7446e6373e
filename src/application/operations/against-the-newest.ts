import { Outdated } from '../../domain/errors.js';

/** How often an edit is tried that others come in the way of. */
const tries = 10;

/** Does an edit against what is there at the moment of the change. `attempt` answers `null` when somebody else's edit came between. Throws `Outdated` in the end. */
export async function againstTheNewest<Edited>(what: string, attempt: () => Promise<Edited | null>): Promise<Edited> {
  for (let left = tries; left > 0; left -= 1) {
    const edited = await attempt();
    if (edited !== null) return edited;
  }
  throw new Outdated(what);
}
