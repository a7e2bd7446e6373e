import type { IdentityRepository, OtherWays } from '../../application/ports/identity-repository.js';
import type { LinkedIdentity } from '../../domain/people/identity.js';
import type { User } from '../../domain/people/user.js';
import { copyOf } from './copy-of.js';
import { type MemoryTables, refuseTaken } from './memory-tables.js';

export class MemoryIdentityRepository implements IdentityRepository {
  constructor(private readonly tables: MemoryTables) {}

  async findUser(issuer: string, subject: string): Promise<User | null> {
    return copyOf(this.userOf({ issuer, subject }) ?? null);
  }

  async addWithUser(identity: LinkedIdentity, user: User): ReturnType<IdentityRepository['addWithUser']> {
    const known = this.userOf(identity);
    if (known) return { outcome: 'known', user: copyOf(known) };
    if ([...this.tables.users.values()].some(({ email }) => email === user.email)) return { outcome: 'email_taken' };
    refuseTaken(this.tables.users, user.id);
    this.tables.users.set(user.id, copyOf(user));
    this.tables.identities.set(keyOf(identity), copyOf({ ...identity, userId: user.id }));
    return { outcome: 'added' };
  }

  async link(identity: LinkedIdentity): Promise<'linked' | 'of_another'> {
    if (!this.tables.users.has(identity.userId)) throw new Error(`there is no user ${identity.userId}`);
    const earlier = this.tables.identities.get(keyOf(identity));
    if (earlier && earlier.userId !== identity.userId) return 'of_another';
    if (!earlier) this.tables.identities.set(keyOf(identity), copyOf(identity));
    return 'linked';
  }

  async unlink(userId: string, key: { issuer: string; subject: string }, others: OtherWays): Promise<'unlinked' | 'last_way' | 'unknown'> {
    if (this.tables.identities.get(keyOf(key))?.userId !== userId) return 'unknown';
    const password = others.password && this.tables.users.get(userId)?.passwordHash != null;
    const another = this.identitiesOf(userId).some((identity) => keyOf(identity) !== keyOf(key) && others.issuers.includes(identity.issuer));
    if (!password && !another) return 'last_way';
    this.tables.identities.delete(keyOf(key));
    return 'unlinked';
  }

  async listOf(userId: string): Promise<readonly LinkedIdentity[]> {
    return copyOf(this.identitiesOf(userId).sort((one, other) => one.linkedAt.getTime() - other.linkedAt.getTime()));
  }

  private userOf(key: { issuer: string; subject: string }): User | undefined {
    return this.tables.users.get(this.tables.identities.get(keyOf(key))?.userId ?? '');
  }

  private identitiesOf(userId: string): LinkedIdentity[] {
    return [...this.tables.identities.values()].filter((identity) => identity.userId === userId);
  }
}

function keyOf({ issuer, subject }: { issuer: string; subject: string }): string {
  return JSON.stringify([issuer, subject]);
}
