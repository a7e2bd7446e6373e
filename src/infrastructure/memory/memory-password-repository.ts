import type { PasswordChange, PasswordRepository } from '../../application/ports/password-repository.js';
import type { AccountLink } from '../../domain/accounts/account-link.js';
import type { User } from '../../domain/people/user.js';
import { copyOf } from './copy-of.js';
import { type MemoryTables, refuseTaken } from './memory-tables.js';

export class MemoryPasswordRepository implements PasswordRepository {
  constructor(private readonly tables: MemoryTables) {}

  async keepLink(link: AccountLink): Promise<void> {
    if (this.tables.accountLinks.get(link.id)?.email !== link.email) refuseTaken(this.tables.accountLinks, link.id);
    this.forgetLinkFor(link.email);
    this.tables.accountLinks.set(link.id, copyOf(link));
  }

  async findLink(id: string): Promise<AccountLink | null> {
    return copyOf(this.tables.accountLinks.get(id) ?? null);
  }

  async setByLink(linkId: string, passwordHash: string): ReturnType<PasswordRepository['setByLink']> {
    const userId = this.tables.accountLinks.get(linkId)?.userId ?? null;
    if (userId === null) return 'spent';
    this.tables.accountLinks.delete(linkId);
    const user = this.tables.users.get(userId);
    if (!user) return 'spent';
    this.tables.users.set(userId, { ...user, passwordHash });
    this.endSessions(userId, null);
    return 'set';
  }

  async addByLink(linkId: string, user: User): ReturnType<PasswordRepository['addByLink']> {
    const link = this.tables.accountLinks.get(linkId);
    if (!link || link.userId !== null) return 'spent';
    this.tables.accountLinks.delete(linkId);
    if ([...this.tables.users.values()].some(({ email }) => email === user.email)) return 'email_taken';
    this.tables.users.set(user.id, copyOf(user));
    return 'added';
  }

  async change({ userId, from, to, exceptSession }: PasswordChange): ReturnType<PasswordRepository['change']> {
    const user = this.tables.users.get(userId);
    if (user?.passwordHash !== from) return 'outdated';
    this.tables.users.set(userId, { ...user, passwordHash: to });
    this.endSessions(userId, exceptSession);
    this.forgetLinkFor(user.email);
    return 'changed';
  }

  private endSessions(ofUser: string, except: string | null): void {
    for (const { id, userId } of this.tables.sessions.values()) if (userId === ofUser && id !== except) this.tables.sessions.delete(id);
  }

  private forgetLinkFor(address: string): void {
    for (const { id, email } of this.tables.accountLinks.values()) if (email === address) this.tables.accountLinks.delete(id);
  }
}
