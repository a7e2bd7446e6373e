import type { Page, PageRequest } from '../../application/ports/page.js';
import type { UserRepository } from '../../application/ports/user-repository.js';
import type { User } from '../../domain/people/user.js';
import { copyOf } from './copy-of.js';
import { firstPage } from './first-page.js';
import { addRevocation } from './memory-revocation-repository.js';
import { type MemoryTables, refuseTaken } from './memory-tables.js';

export class MemoryUserRepository implements UserRepository {
  constructor(private readonly tables: MemoryTables) {}

  async add(user: User): Promise<'added' | 'email_taken'> {
    if (this.byEmail(user.email)) return 'email_taken';
    refuseTaken(this.tables.users, user.id);
    this.tables.users.set(user.id, copyOf(user));
    return 'added';
  }

  async find(id: string): Promise<User | null> {
    return copyOf(this.tables.users.get(id) ?? null);
  }

  async findByEmail(email: string): Promise<User | null> {
    return copyOf(this.byEmail(email) ?? null);
  }

  async setDisabled(id: string, disabledAt: Date | null, sparing?: 'last_administrator'): Promise<boolean> {
    const user = this.tables.users.get(id);
    if (!user || (sparing && this.isLastAdministrator(id))) return false;
    this.tables.users.set(id, { ...user, disabledAt: copyOf(disabledAt) });
    const subject = { kind: 'user', userId: id } as const;
    if (disabledAt && !user.disabledAt) addRevocation(this.tables, { subject, at: disabledAt, reason: 'user_disabled' });
    if (!disabledAt && user.disabledAt) addRevocation(this.tables, { subject, at: new Date(), reason: 'restored' });
    return true;
  }

  async remove(id: string): Promise<boolean> {
    const { users, sessions, identities, consents } = this.tables;
    for (const table of [sessions, identities, consents] as Map<string, { readonly userId: string }>[])
      for (const [key, { userId }] of table) if (userId === id) table.delete(key);
    return users.delete(id);
  }

  async promote(id: string, first?: 'first'): Promise<'promoted' | 'not_first' | 'unknown'> {
    const user = this.tables.users.get(id);
    if (!user) return 'unknown';
    if (first && (user.disabledAt || [...this.tables.users.values()].some(({ admin }) => admin))) return 'not_first';
    this.tables.users.set(id, { ...user, admin: true });
    return 'promoted';
  }

  async demote(id: string): Promise<'demoted' | 'last_administrator' | 'unknown'> {
    const user = this.tables.users.get(id);
    if (!user) return 'unknown';
    if (this.isLastAdministrator(id)) return 'last_administrator';
    this.tables.users.set(id, { ...user, admin: false });
    return 'demoted';
  }

  async list({ after, limit }: PageRequest): Promise<Page<User>> {
    if (after !== undefined && !this.tables.users.has(after)) return { items: [], next: null };
    const users = [...this.tables.users.values()].filter(({ id }) => after === undefined || id < after).sort((one, other) => (one.id < other.id ? 1 : -1));
    return firstPage(users, limit);
  }

  private isLastAdministrator(id: string): boolean {
    const active = [...this.tables.users.values()].filter(({ admin, disabledAt }) => admin && !disabledAt);
    return active.length === 1 && active[0]?.id === id;
  }

  private byEmail(email: string): User | undefined {
    return [...this.tables.users.values()].find((user) => user.email === email);
  }
}
