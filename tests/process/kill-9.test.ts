import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Browser } from '../support/browser.js';
import { pkce } from '../support/pkce.js';
import { overFetch } from '../support/transport.js';
import { authorizationUrl, exchangeForm, refreshForm, token } from './demo-flow.js';
import { freePort, KeywrightProcess } from './keywright-process.js';

const flows = 200;
const admin = { email: 'ada@example.com', password: 'correct horse battery staple' };

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
  await browser.allow(authorizationUrl(server.issuer, pkce().challenge));
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
    const answer = await token(server.issuer, refreshForm(flow.refreshToken as string));
    expect(answer, 'somebody was signed out').toMatchObject({ status: 200 });
  }
  for (const flow of known.filter((one) => one.exchange !== null)) {
    const form = flow.exchange as Record<string, string>;
    const answers = [await token(server.issuer, form), await token(server.issuer, form)];
    const successes = answers.filter(({ status }) => status === 200).length + (flow.exchanged ? 1 : 0);
    expect(successes, 'a code was redeemed twice').toBeLessThanOrEqual(1);
  }
}, 120_000);

async function walk(browser: Browser, flow: Flow): Promise<void> {
  flow.exchange = await exchangeForm(browser, server.issuer);
  for (let form: Record<string, string> = flow.exchange, round = 0; round < 3; round += 1) {
    const { status, body } = await token(server.issuer, form);
    if (status !== 200) throw new Error(JSON.stringify(body));
    flow.exchanged = true;
    flow.refreshToken = body.refresh_token as string;
    form = refreshForm(flow.refreshToken);
  }
}
