/**
 * Authorization codes for a load generator of your own, the way that people get them: signs in at a running Keywright through its page, then asks the authorization
 * endpoint again and again, for a client that was registered with `--skip-consent`. Prints one code on each line; each is good for a minute.
 *
 *   node bench/codes.js --issuer http://localhost:3000 --client ID --redirect-uri https://load.example/callback --email E --password P \
 *     [--scope 'default profile'] [--code-verifier V] [--count 100] [--exchange --secret S]
 *
 * Without `--code-verifier` no PKCE is sent, which the client must be allowed (`--no-pkce`). With `--exchange` each code is exchanged, and what is printed are
 * the refresh tokens.
 */
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { signIn } from './load/sign-ins.js';

const required = ['issuer', 'client', 'redirect-uri', 'email', 'password'];
const optional = { scope: 'default', 'code-verifier': undefined, count: '100', secret: '' };
const { values: given } = parseArgs({
  options: {
    ...Object.fromEntries([...required, ...Object.keys(optional)].map((name) => [name, { type: 'string' }])),
    exchange: { type: 'boolean', default: false },
  },
});
const missing = required.filter((name) => given[name] === undefined);
if (missing.length > 0) {
  process.stderr.write(`missing: ${missing.map((name) => `--${name}`).join(', ')}\n`);
  process.exit(2);
}
const values = { ...optional, ...given };
const verifier = values['code-verifier'];

const cookie = await signIn(values.issuer, values);
const challenge = verifier && { code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256' };
const asked = new URLSearchParams({
  response_type: 'code',
  client_id: values.client,
  redirect_uri: values['redirect-uri'],
  scope: values.scope,
  state: 'load',
  ...challenge,
});
for (let left = Number(values.count); left > 0; left -= 1) {
  const code = await authorize();
  process.stdout.write(`${values.exchange ? await refreshToken(code) : code}\n`);
}

async function authorize() {
  const answer = await fetch(`${values.issuer}/oauth/authorize?${asked}`, { redirect: 'manual', headers: { cookie } });
  const location = answer.headers.get('location') ?? '';
  const code = URL.canParse(location) ? new URL(location).searchParams.get('code') : null;
  if (code === null) throw new Error(`no code, but ${answer.status} ${location || (await answer.text()).slice(0, 500)}`);
  return code;
}

async function refreshToken(code) {
  const fields = { grant_type: 'authorization_code', code, redirect_uri: values['redirect-uri'], ...(verifier && { code_verifier: verifier }) };
  const authorization = `Basic ${Buffer.from(`${values.client}:${values.secret}`).toString('base64')}`;
  const answer = await fetch(`${values.issuer}/oauth/token`, { method: 'POST', body: new URLSearchParams(fields), headers: { authorization } });
  const body = await answer.json();
  if (!body.refresh_token) throw new Error(`no refresh token, but ${answer.status} ${JSON.stringify(body)}`);
  return body.refresh_token;
}
