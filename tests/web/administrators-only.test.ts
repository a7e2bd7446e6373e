import { channel } from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RegisterResourceServer } from '../../src/application/resources/register-resource-server.js';
import { OAuthCaller } from '../support/oauth.js';
import { type TestServer, testServer } from '../support/test-server.js';
import { type APerson, aPerson } from './a-person.js';

/** Every address below `/admin` that the server takes, by a method that it takes there: the server tells as it is built. */
const taken: { readonly method: string; readonly url: string }[] = [];

let world: TestServer;
let [ada, root]: APerson[] = [];
let path: (url: string) => string;

beforeAll(async () => {
  const built = channel('fastify.initialization');
  const listen = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance };
    fastify.addHook('onRoute', ({ method, url }) => {
      if (url.startsWith('/admin')) taken.push(...[method].flat().map((one) => ({ method: one, url })));
    });
  };
  built.subscribe(listen);
  world = await testServer();
  built.unsubscribe(listen);
  ada = await aPerson(world, 'ada@admin.example');
  root = await aPerson(world, 'root@admin.example', { admin: true });
  const settings = { name: 'Invoices' };
  const { server } = await world.container.resolve(RegisterResourceServer).execute({ actor: 'operator', identifier: 'https://api.example', settings });
  const parts: Record<string, string | undefined> = { userId: ada.user.id, serverId: server.id, secretId: server.secrets[0]?.id, sessionId: 'some' };
  path = (url) => url.replace(/:(\w+)/g, (_, name: string) => parts[name] ?? name).replace('*', 'some');
});
afterAll(() => world.close());

async function ask(who: APerson | undefined, method: string, url: string) {
  if (!who) throw new Error('nobody');
  const body = method === 'POST' ? new URLSearchParams({ _csrf: await who.csrf() }).toString() : undefined;
  const headers = body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
  return who.browser.request(path(url), { method, headers, ...(body !== undefined && { body }) });
}

it('for a person who is no administrator there is nothing at any address below /admin, by any method', async () => {
  expect(new Set(taken.map(({ url }) => url.split('/')[2]))).toEqual(new Set(['clients', 'resource-servers', 'users']));
  expect(taken.filter(({ method }) => method === 'POST').length).toBeGreaterThan(8);
  for (const { method, url } of taken) expect((await ask(ada, method, url)).status, `${method} ${url}`).toBe(404);
  expect(await world.storage.users.find(ada?.user.id ?? '')).toMatchObject({ disabledAt: null });
});

it('whoever is signed out comes back, after signing in, to the address that was asked for', async () => {
  const stranger = new OAuthCaller(world).browser();
  for (const pattern of new Set(taken.map(({ url }) => url).filter((url) => !url.includes('*')))) {
    const asked = path(pattern);
    const { headers } = await stranger.request(asked);
    expect(headers.get('location'), asked).toBe(`/sign-in?next=${encodeURIComponent(asked)}`);
  }
});

it('for an administrator there is something at each that shows anything', async () => {
  for (const { url } of taken.filter(({ method }) => method === 'GET')) expect((await ask(root, 'GET', url)).status, url).toBeLessThan(400);
});
