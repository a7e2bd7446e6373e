#!/usr/bin/env node
/**
 * Attacks the sign-in page of a server of one's own, on this machine, that was started with TRUST_PROXY=true, and says what it saw:
 *
 *   ADMIN_EMAIL=… ADMIN_PASSWORD=… node scripts/attack-sign-in.js http://localhost:3000 guesses 10000
 *   ADMIN_EMAIL=… ADMIN_PASSWORD=… node scripts/attack-sign-in.js http://localhost:3000 timing 500
 *
 * `guesses`: so many wrong passwords for one account, each from another address, 20 at once; then the right one from a browser that was signed in before.
 * `timing`: so many failures at accounts that exist and as many at accounts that do not, in random order one after the other: medians and Mann-Whitney.
 */
import { Agent, request } from 'node:http';

const [base = '', mode = '', count = '500'] = process.argv.slice(2);
const { hostname } = new URL(base);
if (!['localhost', '127.0.0.1', '[::1]'].includes(hostname)) throw new Error('this attacks a server on this machine only');
const { ADMIN_EMAIL: email = '', ADMIN_PASSWORD: password = '' } = process.env;
const agent = new Agent({ keepAlive: true, maxSockets: 40 });

/** One request with the cookies of a jar, which it keeps up to date. Milliseconds until the answer was complete. */
function send(jar, path, form, headers = {}) {
  const body = form && new URLSearchParams(form).toString();
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const call = request(
      new URL(path, base),
      {
        agent,
        method: body ? 'POST' : 'GET',
        headers: { accept: 'text/html', ...(cookie && { cookie }), ...(body && { 'content-type': 'application/x-www-form-urlencoded' }), ...headers },
      },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk) => {
          text += chunk;
        });
        answer.on('end', () => {
          for (const line of answer.headers['set-cookie'] ?? []) {
            const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
            jar.set(name, value);
          }
          resolve({ status: answer.statusCode, text, headers: answer.headers, ms: performance.now() - started });
        });
      },
    );
    call.on('error', reject).end(body);
  });
}

let addresses = 0;
const anywhere = () => ({ 'x-forwarded-for': `2001:db8:${(++addresses >> 16).toString(16)}:${(addresses & 0xffff).toString(16)}::1` });
const token = async (jar, path = '/sign-in') => /name="_csrf" value="([^"]+)"/.exec((await send(jar, path)).text)?.[1] ?? '';

async function signIn(jar, _csrf, who, typed, headers = anywhere()) {
  return send(jar, '/sign-in', { _csrf, email: who, password: typed }, headers);
}

const tally = (values) => Object.fromEntries([...new Set(values)].sort().map((value) => [value, values.filter((one) => one === value).length]));
const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

async function guesses(total) {
  const known = new Map();
  const first = await signIn(known, await token(known), email, password);
  if (first.status !== 303) throw new Error(`the right password is refused with ${first.status}`);
  const device = [...known].filter(([name]) => name.endsWith('kw_device'));
  const attacker = new Map();
  const _csrf = await token(attacker);
  const [statuses, started] = [[], performance.now()];
  let left = total;
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      while (left-- > 0) statuses.push((await signIn(attacker, _csrf, email, `wrong ${left}`)).status);
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  console.log(`${total} wrong passwords in ${seconds.toFixed(1)} s (${Math.round(total / seconds)}/s), by status:`, tally(statuses));
  const stranger = new Map();
  console.log('the right password from a browser nobody knows:', (await signIn(stranger, await token(stranger), email, password)).status);
  const back = new Map(device);
  const answer = await signIn(back, await token(back), email, password);
  console.log(`the right password from a browser that was signed in before: ${answer.status} to ${answer.headers.location} in ${answer.ms.toFixed(0)} ms`);
}

/** So many new accounts, ten failures for each: more are not looked at. */
async function timing(total) {
  const [admin, accounts] = [new Map(), Math.ceil(total / 10)];
  await signIn(admin, await token(admin), email, password);
  const _csrf = await token(admin, '/admin/users/new');
  const stamp = Date.now().toString(36);
  for (let at = 0; at < accounts; at += 1) {
    const { status } = await send(admin, '/admin/users/new', { _csrf, email: `k${stamp}${at}@example.com`, password: `a good password ${at}` });
    if (status !== 303) throw new Error(`an account cannot be made: ${status}`);
  }
  const tries = ['k', 'u'].flatMap((kind) =>
    Array.from({ length: total }, (_, at) => ({ kind, who: `${kind}${stamp}${at % accounts}@example.com`, order: Math.random() })),
  );
  const jar = new Map();
  const csrf = await token(jar);
  for (let at = 0; at < 30; at += 1) await signIn(jar, csrf, `warm${at}@example.com`, 'wrong');
  const samples = { k: [], u: [] };
  for (const { kind, who } of tries.sort((one, other) => one.order - other.order)) {
    const { status, ms } = await signIn(jar, csrf, who, 'wrong');
    if (status !== 401) throw new Error(`${status} where 401 was expected`);
    samples[kind].push(ms);
  }
  for (const [kind, name] of [
    ['k', 'accounts that exist'],
    ['u', 'accounts that do not'],
  ]) {
    const sorted = samples[kind].toSorted((one, other) => one - other);
    console.log(
      `${name}: n ${sorted.length}, p10 ${quantile(sorted, 0.1).toFixed(2)}, median ${quantile(sorted, 0.5).toFixed(2)}, p90 ${quantile(sorted, 0.9).toFixed(2)} ms`,
    );
  }
  const { z, auc } = mannWhitney(samples.k, samples.u);
  console.log(
    `Mann-Whitney: z ${z.toFixed(2)} (beyond ±2.58 would be a separation at 1 %), chance to tell one from the other ${(auc * 100).toFixed(1)} % (50 is none)`,
  );
}

function mannWhitney(one, other) {
  const all = [...one.map((ms) => ({ ms, own: true })), ...other.map((ms) => ({ ms, own: false }))].sort((a, b) => a.ms - b.ms);
  const ranks = all.reduce((sum, { own }, at) => sum + (own ? at + 1 : 0), 0);
  const [n, m] = [one.length, other.length];
  const u = ranks - (n * (n + 1)) / 2;
  return { z: (u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12), auc: u / (n * m) };
}

await { guesses, timing }[mode]?.(Number(count));
agent.destroy();
