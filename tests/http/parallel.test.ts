import { Agent, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { credentialsOf, type ErrorBody, OAuthCaller, type TokenBody } from '../support/oauth.js';
import { listeningServer, type TestClient, type TestServer } from '../support/test-server.js';
import { overFetch } from '../support/transport.js';

type Answer = { readonly status: number; readonly body: TokenBody & ErrorBody };

/** Races over the wire, on connections that are open already, so that the requests arrive together. */
describe('Over warm connections', () => {
  const connections = 100;
  const agent = new Agent({ keepAlive: true, maxSockets: connections, maxFreeSockets: connections });
  let world: TestServer;
  let caller: OAuthCaller;
  let app: TestClient;

  beforeAll(async () => {
    world = await listeningServer();
    caller = new OAuthCaller(world, overFetch);
    app = await world.createClient({ type: 'public', redirectUris: [caller.callback] });
    await Promise.all(
      Array.from({ length: connections }, () => post('/oauth/token', { grant_type: 'refresh_token', refresh_token: 'x', ...credentialsOf(app) })),
    );
  });
  afterAll(async () => {
    agent.destroy();
    await world.close();
  });

  function post(path: string, fields: Record<string, string>): Promise<Answer> {
    const body = new URLSearchParams(fields).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
      const call = request(world.issuer + path, { method: 'POST', agent, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as Answer['body'] }));
      });
      call.on('error', reject).end(body);
    });
  }

  const together = (count: number, fields: Record<string, string>) => Promise.all(Array.from({ length: count }, () => post('/oauth/token', fields)));

  it('every connection is warm', () => {
    expect(Object.values(agent.freeSockets).flat()).toHaveLength(connections);
  });

  it('a hundred exchanges of one code have one winner, and all others are invalid_grant (RFC 6749 §4.1.2)', async () => {
    const form = { ...caller.codeForm(await caller.code(app)), ...credentialsOf(app) };
    const answers = await together(100, form);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status, body }) => status === 400 && body.error === 'invalid_grant')).toHaveLength(99);
  });

  it('the tokens of a code that was replayed in the same moment are worth nothing (RFC 6749 §4.1.2)', async () => {
    const form = { ...caller.codeForm(await caller.code(app)), ...credentialsOf(app) };
    const winner = (await together(20, form)).find(({ status }) => status === 200);
    expect(winner).toBeDefined();
    expect(await caller.me(winner?.body.access_token ?? '')).toMatchObject({ status: 401 });
  });

  it('fifty refreshes with one token get one and the same answer, and nobody is signed out (RFC 9700 §4.14.2)', async () => {
    const { refresh_token } = await caller.tokens(app);
    const answers = await together(50, { grant_type: 'refresh_token', refresh_token, ...credentialsOf(app) });
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    const next = answers[0]?.body.refresh_token ?? '';
    expect(await caller.me(answers[0]?.body.access_token ?? '')).toMatchObject({ status: 200 });
    expect(await post('/oauth/token', { grant_type: 'refresh_token', refresh_token: next, ...credentialsOf(app) })).toMatchObject({ status: 200 });
  });

  it('fifty refreshes with a token that is kept all succeed', async () => {
    const keeper = await world.createClient({ redirectUris: [caller.callback], refresh: 'keep' });
    const { refresh_token } = await caller.tokens(keeper);
    const answers = await together(50, { grant_type: 'refresh_token', refresh_token, ...credentialsOf(keeper) });
    for (const { status, body } of answers) expect([status, body.refresh_token]).toEqual([200, refresh_token]);
  });

  it('a revocation in the middle of refreshes leaves no token that works', async () => {
    const { refresh_token } = await caller.tokens(app);
    const form = { grant_type: 'refresh_token', refresh_token, ...credentialsOf(app) };
    const [answers] = await Promise.all([together(20, form), post('/oauth/revoke', { token: refresh_token, ...credentialsOf(app) })]);
    for (const { status, body } of answers) {
      expect(status === 200 || body.error === 'invalid_grant').toBe(true);
      if (status !== 200) continue;
      expect(await caller.me(body.access_token)).toMatchObject({ status: 401 });
      expect(await post('/oauth/token', { ...form, refresh_token: body.refresh_token })).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    }
  });

  it("different people and clients do not stand in each other's way", async () => {
    const codes = [];
    // One after the other: ten wrong passwords are what an account is allowed, and whoever signs in at this moment counts until the password is known to be right.
    for (let n = 0; n < 20; n += 1) codes.push({ ...caller.codeForm(await caller.code(app)), ...credentialsOf(app) });
    const answers = await Promise.all(codes.map((form) => post('/oauth/token', form)));
    expect(answers.map(({ status }) => status)).toEqual(codes.map(() => 200));
  });
});
