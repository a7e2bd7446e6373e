import type { ClientRepository } from '../../application/ports/client-repository.js';
import type { UserRepository } from '../../application/ports/user-repository.js';
import type { RunScript } from './redis-connection.js';
import type { Marked, RedisMarks } from './redis-marks.js';

/** The verbs of another store that end a person or a client, or let a person in again, with what Redis has to know of it. */
export class RedisMarkedVerbs {
  constructor(
    private readonly marks: RedisMarks,
    private readonly run: RunScript,
  ) {}

  /** Shut out here before, and let in here after, the other store says so. An administrator who may be spared is shut out after, too: an attempt in vain must not end anything of theirs. */
  ofUsers(users: UserRepository): Pick<UserRepository, 'setDisabled' | 'remove'> {
    return {
      setDisabled: async (id, disabledAt, sparing) => {
        const user = await users.find(id);
        const first = disabledAt !== null && !(sparing && user?.admin);
        return this.marking(user && { kind: 'user', id }, disabledAt ?? new Date(), first, () => users.setDisabled(id, disabledAt, sparing));
      },
      remove: async (id, at) => this.marking((await users.find(id)) && { kind: 'user', id }, at, true, () => users.remove(id, at)),
    };
  }

  ofClients(clients: ClientRepository): Pick<ClientRepository, 'remove'> {
    return { remove: async (id, at) => this.marking((await clients.find(id)) && { kind: 'client', id }, at, true, () => clients.remove(id, at)) };
  }

  /** `of`: null where there is nothing to mark. `first`: it is marked before. Whatever comes of the verb, the mark says in the end what the other store says. */
  private async marking<Answer>(of: Marked | null, at: Date, first: boolean, verb: () => Promise<Answer>): Promise<Answer> {
    if (of === null) return verb();
    if (first) await this.marks.set(this.run, of, at);
    const answer = await verb().catch(async (error: unknown) => {
      // A store that fails may not say how it stands either: then the mark stays in doubt.
      await this.marks.settle(this.run, of, at).catch(() => undefined);
      throw error;
    });
    await this.marks.settle(this.run, of, at);
    return answer;
  }
}
