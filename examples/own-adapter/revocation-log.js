import { NoticeBoard } from 'keywright/storage';
import { recordOf, textOf } from './document-text.js';

const day = 86_400_000;

/** What was revoked, and word of it. Entries are numbered as they are committed, because there is one writer. */
export class RevocationLog {
  notices = new NoticeBoard(true);
  #told = [];

  constructor(database) {
    this.database = database;
  }

  async latest() {
    return String(this.#latest());
  }

  async since(position, limit) {
    const latest = this.#latest();
    if (Number(position) > latest) return null;
    const rows = this.database.sqlite.prepare('SELECT number, doc FROM revocations WHERE number > ? ORDER BY number LIMIT ?').all(Number(position), limit + 1);
    const more = rows.length > limit;
    const page = rows.slice(0, limit);
    return { revocations: page.map(recordOf), position: String(more ? page.at(-1).number : latest), more };
  }

  async add(revocation) {
    await this.database.step(() => this.note(revocation));
    this.tell();
  }

  /** Access tokens that are kept elsewhere live until then. */
  async reach(until) {
    await this.database.step(() => {
      const known = this.database.find('settings', 'reach');
      if (known && known.until >= until) return;
      this.database.delete('settings', 'id = ?', 'reach');
      this.database.add('settings', 'reach', { until });
    });
  }

  /** Inside a step. Without `until` it is a day after the last access token that is there, for those that are being issued just then. */
  note({ until, ...revocation }) {
    const lasts = () => {
      const tokens = this.database.get('SELECT max(expiresAt) AS last FROM accessTokens').last ?? 0;
      const elsewhere = this.database.find('settings', 'reach')?.until.getTime() ?? 0;
      return new Date(Math.max(tokens, elsewhere, revocation.at.getTime()) + day);
    };
    const entry = { ...revocation, until: until ?? lasts() };
    this.database.run('INSERT INTO revocations (doc, expiresAt) VALUES (?, ?)', textOf(entry), entry.until);
    this.#told.push(['revocations', '']);
  }

  /** Inside a step: a client changed, or what else notices are about. */
  changed(id, kind = 'clients') {
    this.#told.push([kind, id]);
  }

  /** After a step: now whoever reads sees the change. */
  tell() {
    for (const [kind, key] of this.#told.splice(0)) this.notices.changed(kind, key);
  }

  /** After a step that failed: nothing changed. */
  forget() {
    this.#told = [];
  }

  /** The number of the last entry ever, purged ones too. */
  #latest() {
    return this.database.get("SELECT seq FROM sqlite_sequence WHERE name = 'revocations'")?.seq ?? 0;
  }
}
