import type { SessionRepository } from '../../application/ports/session-repository.js';
import type { Session } from '../../domain/people/session.js';
import { copyOf } from './copy-of.js';
import { type MemoryTables, refuseTaken } from './memory-tables.js';

export class MemorySessionRepository implements SessionRepository {
  constructor(private readonly tables: MemoryTables) {}

  async add(session: Session): Promise<void> {
    refuseTaken(this.tables.sessions, session.id);
    this.tables.sessions.set(session.id, copyOf(session));
  }

  async find(id: string): Promise<Session | null> {
    return copyOf(this.tables.sessions.get(id) ?? null);
  }

  async end(id: string): Promise<void> {
    this.tables.sessions.delete(id);
  }

  async endAllOf(userId: string): Promise<number> {
    const ended = [...this.tables.sessions.values()].filter((session) => session.userId === userId);
    for (const { id } of ended) this.tables.sessions.delete(id);
    return ended.length;
  }
}
