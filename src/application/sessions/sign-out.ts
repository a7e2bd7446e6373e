import { matchesDigest, parseTokenOf } from '../../domain/tokens/opaque-token.js';
import type { SessionRepository } from '../ports/session-repository.js';

/** Ends a session on the server; a cookie that was copied is worth nothing afterwards. */
export class SignOut {
  constructor(private readonly sessions: SessionRepository) {}

  async execute(token: string): Promise<void> {
    const presented = parseTokenOf('se', token);
    const session = presented && (await this.sessions.find(presented.id));
    if (session && matchesDigest(presented, session.digest)) await this.sessions.end(session.id);
  }
}
