import type { Page, PageRequest } from '../../application/ports/page.js';
import type { SessionRepository } from '../../application/ports/session-repository.js';
import type { Session } from '../../domain/people/session.js';
import { copyOf } from './copy-of.js';
import { firstPage } from './first-page.js';
import { type MemoryTables, refuseTaken } from './memory-tables.js';

export class MemorySessionRepository implements SessionRepository {
  constructor(private readonly tables: MemoryTables) {}

  async add(session: Session, passwordHash?: string): Promise<boolean> {
    refuseTaken(this.tables.sessions, session.id);
    const user = this.tables.users.get(session.userId);
    if (!user || user.disabledAt || (passwordHash !== undefined && user.passwordHash !== passwordHash)) return false;
    this.tables.sessions.set(session.id, copyOf(session));
    return true;
  }

  async find(id: string): Promise<Session | null> {
    return copyOf(this.tables.sessions.get(id) ?? null);
  }

  async touch(id: string, lastSeenAt: Date, expiresAt: Date): Promise<void> {
    const session = this.tables.sessions.get(id);
    if (session && session.lastSeenAt < lastSeenAt) this.tables.sessions.set(id, { ...session, ...copyOf({ lastSeenAt, expiresAt }) });
  }

  async listOf(userId: string, now: Date, { after, limit }: PageRequest): Promise<Page<Session>> {
    const left = this.allOf(userId).filter(({ id, expiresAt }) => expiresAt > now && (after === undefined || id < after));
    return firstPage(
      left.sort((one, other) => (one.id < other.id ? 1 : -1)),
      limit,
    );
  }

  async end(id: string): Promise<void> {
    this.tables.sessions.delete(id);
  }

  async endOneOf(userId: string, id: string): Promise<boolean> {
    return this.tables.sessions.get(id)?.userId === userId && this.tables.sessions.delete(id);
  }

  async endAllOf(userId: string, except: string | null): Promise<number> {
    const ended = this.allOf(userId).filter(({ id }) => id !== except);
    for (const { id } of ended) this.tables.sessions.delete(id);
    return ended.length;
  }

  private allOf(userId: string): Session[] {
    return [...this.tables.sessions.values()].filter((session) => session.userId === userId);
  }
}
