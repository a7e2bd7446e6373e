// The users of your own product, as a way to sign in to Keywright: AUTHENTICATOR_MODULE=examples/own-users/own-users.js
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import pg from 'pg';

const hash = promisify(scrypt);
const salt = randomBytes(16);
// Compared with when there is no such user, so that the time it takes does not tell.
const nobody = { password_salt: salt, password_hash: await hash(randomBytes(16), salt, 64) };

/** @type {import('keywright/sign-in').CreateAuthenticator} */
export function createAuthenticator() {
  if (!process.env.USERS_DATABASE_URL) throw new Error('USERS_DATABASE_URL must be set: the database that holds the table members');
  const pool = new pg.Pool({ connectionString: process.env.USERS_DATABASE_URL, max: 5, connectionTimeoutMillis: 2000, query_timeout: 2000 });
  // A connection that breaks while nobody uses it is replaced; without this the process would end.
  pool.on('error', () => {});

  return {
    name: 'members',

    async authenticate({ email, password }) {
      const { rows } = await pool.query(
        'SELECT id, email, confirmed_at, full_name, password_salt, password_hash FROM members WHERE lower(email) = lower($1) AND NOT blocked',
        [email.trim()],
      );
      const member = rows[0] ?? nobody;
      const right = timingSafeEqual(await hash(password, member.password_salt, 64), member.password_hash);
      if (!right || member === nobody) return null;
      return { subject: String(member.id), email: member.email, emailVerified: member.confirmed_at !== null, username: member.full_name };
    },

    close: () => pool.end(),
  };
}
