import { randomBytes } from 'node:crypto';
import type { Client } from '../../domain/clients/client.js';
import { normaliseEmail, type User } from '../../domain/people/user.js';
import type { ScopeCatalogue } from '../../domain/scope.js';
import { withDefaults } from '../clients/default-settings.js';
import type { CreateUser } from '../people/create-user.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { Clock } from '../ports/clock.js';
import type { UserRepository } from '../ports/user-repository.js';

export interface FirstRunInput {
  /** A `null` password is generated; `null`: none is made, because no password is kept here. */
  readonly admin: { readonly email: string; readonly password: string | null } | null;
  readonly demoClient: boolean;
}

export interface FirstRunResult {
  /** Set when this call made the first administrator; `password` when it was generated, this once. */
  readonly admin: { readonly user: User; readonly password: string | null } | null;
  /** Who has that address here already, from an earlier start; `null`: nobody, or they are shut out. */
  readonly earlierAdmin: User | null;
  /** Nobody was ever here, and nobody was made: somebody who comes has to become the administrator. */
  readonly nobodyYet: boolean;
  /** `null`: none is wanted, or it was deleted. */
  readonly demoClient: Client | null;
}

/** The demo client's id; the same everywhere, so that what is pasted from a page works. */
export const demoClientId = 'keywright-demo';

/** Makes what a fresh store lacks: somebody who can sign in, and a client to try it with. Safe when several instances start at once. */
export class FirstRun {
  constructor(
    private readonly users: UserRepository,
    private readonly clients: ClientRepository,
    private readonly createUser: CreateUser,
    private readonly catalogue: ScopeCatalogue,
    private readonly clock: Clock,
  ) {}

  async execute({ admin, demoClient }: FirstRunInput): Promise<FirstRunResult> {
    const nobodyYet = admin === null && (await this.users.list({ limit: 1 })).items.length === 0;
    const made = admin && (await this.firstAdmin(admin));
    const earlierAdmin = admin && !made ? await this.adminAt(admin.email) : null;
    return { admin: made, earlierAdmin, nobodyYet, demoClient: demoClient ? await this.demo() : null };
  }

  private async firstAdmin({ email, password }: NonNullable<FirstRunInput['admin']>): Promise<FirstRunResult['admin']> {
    const { items } = await this.users.list({ limit: 1 });
    if (items.length > 0) return null;
    const generated = password === null ? randomBytes(15).toString('base64url') : null;
    const create = () => this.createUser.execute({ actor: 'operator', email, password: password ?? (generated as string), admin: true });
    const user = await unlessDoneElsewhere(create, async () => (await this.users.list({ limit: 1 })).items.length > 0);
    return user && { user, password: generated };
  }

  private async adminAt(address: string): Promise<User | null> {
    const email = normaliseEmail(address);
    const user = email === null ? null : await this.users.findByEmail(email);
    return user?.admin && user.disabledAt === null ? user : null;
  }

  /** One that was deleted stays deleted: `null`. */
  private async demo(): Promise<Client | null> {
    const existing = await this.clients.find(demoClientId);
    if (existing) return existing;
    const settings = withDefaults({ name: 'Keywright demo', type: 'public', redirectUris: ['http://127.0.0.1/callback'] }, this.catalogue);
    const unowned = { ownerId: null, disabledAt: null, disabledBy: null, ownTokensRevokedAt: null, version: 1, secrets: [] };
    const client: Client = { ...settings, ...unowned, id: demoClientId, createdAt: this.clock.now() };
    // Taken: by another instance a moment ago, or by a demo client that was deleted.
    return (await this.clients.add(client)) === 'added' ? client : this.clients.find(demoClientId);
  }
}

/** Makes something that another instance may be making at the same moment: `null` when making it failed and it is there all the same. */
async function unlessDoneElsewhere<T>(make: () => Promise<T>, isThere: () => Promise<boolean>): Promise<T | null> {
  try {
    return await make();
  } catch (error) {
    if (await isThere()) return null;
    throw error;
  }
}
