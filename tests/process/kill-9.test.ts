import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Browser } from '../support/browser.js';
import { pkce } from '../support/pkce.js';
import { overFetch } from '../support/transport.js';
import { freePort, KeywrightProcess } from './keywright-process.js';

const flows = 200;
const admin = { email: 'ada@example.com', password: 'correct horse battery staple' };
const callback = 'http://127.0.0.1/callback';

/** What one client knows when the server dies: the form of its exchange, and the newest refresh token it was given. */
interface Flow {
  exchange: Record<string, string> | null;
  exchanged: boolean;
  refreshToken: string | null;
}

let dataDir: string;
let server: KeywrightProcess;
let port: number;
const restart = async () => {
  server = await KeywrightProcess.start(dataDir, port, { ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password });
};

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'keywright-kill-'));
  port = await freePort();
  await restart();
});

afterAll(async () => {
  await (server as KeywrightProcess | undefined)?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

it('after kill -9 in the middle of 200 flows no code is redeemable twice and nobody is signed out', async () => {
  const browser = new Browser(overFetch, server.issuer);
  await browser.allow(authorizationUrl(pkce().challenge));
  const known: Flow[] = Array.from({ length: flows }, () => ({ exchange: null, exchanged: false, refreshToken: null }));

  let finished = 0;
  let killed: Promise<void> | undefined;
  const queue = [...known];
  const work = async () => {
    for (let flow = queue.shift(); flow && !killed; flow = queue.shift()) {
      await walk(browser, flow).catch((error: unknown) => {
        if (!killed) throw error;
      });
      finished += 1;
      if (finished === flows / 2) killed = server.kill();
    }
  };
  await Promise.all(Array.from({ length: 20 }, work));
  await killed;
  await restart();

  const exchanged = known.filter((flow) => flow.exchanged);
  expect(exchanged.length).toBeGreaterThanOrEqual(flows / 2 - 20);
  // A refresh whose answer was lost is repeated with the same token, as a client does.
  for (const flow of exchanged) {
    const answer = await token({ grant_type: 'refresh_token', client_id: 'keywright-demo', refresh_token: flow.refreshToken as string });
    expect(answer, 'somebody was signed out').toMatchObject({ status: 200 });
  }
  for (const flow of known.filter((one) => one.exchange !== null)) {
    const answers = [await token(flow.exchange as Record<string, string>), await token(flow.exchange as Record<string, string>)];
    const successes = answers.filter(({ status }) => status === 200).length + (flow.exchanged ? 1 : 0);
    expect(successes, 'a code was redeemed twice').toBeLessThanOrEqual(1);
  }
}, 120_000);

async function walk(browser: Browser, flow: Flow): Promise<void> {
  const { verifier, challenge } = pkce();
  const response = await browser.request(authorizationUrl(challenge));
  const location = response.headers.get('location');
  if (location === null) throw new Error(`${response.status}: ${await response.text()}`);
  const code = new URL(location).searchParams.get('code') as string;
  flow.exchange = { grant_type: 'authorization_code', client_id: 'keywright-demo', code, code_verifier: verifier, redirect_uri: callback };
  for (let form: Record<string, string> = flow.exchange, round = 0; round < 3; round += 1) {
    const { status, body } = await token(form);
    if (status !== 200) throw new Error(JSON.stringify(body));
    flow.exchanged = true;
    flow.refreshToken = body.refresh_token as string;
    form = { grant_type: 'refresh_token', client_id: 'keywright-demo', refresh_token: flow.refreshToken };
  }
}

async function token(form: Record<string, string>): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${server.issuer}/oauth/token`, { method: 'POST', body: new URLSearchParams(form) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

function authorizationUrl(challenge: string): string {
  const parameters = { client_id: 'keywright-demo', response_type: 'code', redirect_uri: callback, code_challenge: challenge, code_challenge_method: 'S256' };
  return `${server.issuer}/oauth/authorize?${new URLSearchParams(parameters)}`;
}
