/** What every repository works with: the database, the log, and steps after which everybody concerned is told. */
export class Store {
  constructor(database, log) {
    this.database = database;
    this.log = log;
  }

  async step(work) {
    try {
      const answer = await this.database.step(() => work(this.database));
      this.log.tell();
      return answer;
    } catch (error) {
      this.log.forget();
      throw error;
    }
  }

  /** Why nothing under this grant, or of this client, is good any more; `null` while both live. */
  endingOf({ grantId, clientId }) {
    const grant = grantId === null ? null : this.database.find('grants', grantId);
    const client = this.database.find('clients', clientId);
    if ((grantId !== null && !grant) || !client) return { at: new Date(0), reason: 'revoked_by_operator' };
    return grant?.revoked ?? (client.removedAt ? { at: client.removedAt, reason: 'revoked_by_operator' } : null);
  }

  /** May nothing be obtained any more: it has ended, or the person is disabled or gone? */
  isOver(record) {
    const user = this.database.find('users', record.userId);
    return this.endingOf(record) !== null || user === null || user.disabledAt !== null;
  }

  /** Inside a step. The first reason stays. */
  revokeGrant(id, revoked, { logged = true } = {}) {
    const grant = this.database.find('grants', id);
    if (!grant || grant.revoked) return false;
    this.database.put('grants', id, { ...grant, revoked, revokedAt: revoked.at });
    // An abandoned grant never had a token.
    if (logged && revoked.reason !== 'abandoned') this.log.note({ subject: { kind: 'grant', grantId: id }, ...revoked });
    return true;
  }

  /** Inside a step. More than twenty are one entry in the log, beside one for each that a clock that is ahead dated later. */
  revokeGrants({ userId = null, clientId = null }, revoked) {
    const where = '(?1 IS NULL OR userId = ?1) AND (?2 IS NULL OR clientId = ?2) AND revokedAt IS NULL';
    const grants = this.database.all('grants', where, userId, clientId);
    const named = grants.length <= 20;
    for (const { id, createdAt } of grants) this.revokeGrant(id, revoked, { logged: named || createdAt > revoked.at });
    if (!named) this.log.note({ subject: { kind: 'grants', clientId, userId }, ...revoked });
    return grants.length;
  }

  /** Inside a step: the grant counts as live, and is kept, until then at least. */
  need(id, ...ends) {
    const grant = this.database.find('grants', id);
    if (!grant) return;
    const neededUntil = new Date(Math.max(grant.neededUntil.getTime(), ...ends.map((end) => end.getTime())));
    if (neededUntil > grant.neededUntil) this.database.put('grants', id, { ...grant, neededUntil });
  }
}

/** A page of what is left of a list. */
export function pageOf(left, limit, keyOf = ({ id }) => id) {
  const items = left.slice(0, limit);
  return { items, next: left.length > limit ? keyOf(items.at(-1)) : null };
}
