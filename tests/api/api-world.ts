import { CreateClient } from '../../src/application/clients/create-client.js';
import { CreateUser } from '../../src/application/people/create-user.js';
import { GrantClientCredentials } from '../../src/application/tokens/grant-client-credentials.js';
import { apiScopes } from '../../src/domain/api-scope.js';
import type { Client } from '../../src/domain/clients/client.js';
import type { User } from '../../src/domain/people/user.js';
import type { Browser } from '../support/browser.js';
import { credentialsOf, OAuthCaller } from '../support/oauth.js';
import { type TestClient, type TestServerOptions, testServer } from '../support/test-server.js';
import { ApiCaller } from './api-caller.js';

const password = 'correct horse battery staple';
/** All that a caller needs to know of a client. */
type Credentials = Pick<TestClient, 'id' | 'secret'>;

const redirectUris = ['https://app.example/callback'];

/** A server with two people and an administrator, and tokens of every kind for its API. */
export async function apiWorld(options: TestServerOptions = {}) {
  const world = await testServer(options);
  const { container } = world;
  const person = (email: string, admin = false) => container.resolve(CreateUser).execute({ actor: 'operator', email, password, admin });
  const [ada, bob, root] = [await person('api-ada@example.com'), await person('api-bob@example.com'), await person('api-root@example.com', true)];
  const console = await world.createClient({ name: 'Console', redirectUris, scopes: [...apiScopes, 'default'] });

  const oauth = new OAuthCaller(world);
  const browsers = new Map<string, Browser>();

  /** A token that the person allowed in their browser. */
  const tokenOf = async (
    { email }: User,
    scopes: readonly string[] = apiScopes,
    { client = console as Credentials, resource = null as string | null } = {},
  ): Promise<string> => {
    const browser = browsers.get(email) ?? oauth.browser();
    if (!browsers.has(email)) await browser.signIn('/sign-in', { email, password });
    browsers.set(email, browser);
    const asked = await oauth.code(client as TestClient, { scope: scopes.join(' '), resource }, browser);
    const { body } = await oauth.token({ ...oauth.codeForm(asked), ...credentialsOf(client as TestClient) });
    return body.access_token;
  };

  /** A token that a client obtained for itself (RFC 6749 §4.4). */
  const tokenOfClient = async (client: Client, scopes: readonly string[]): Promise<string> =>
    (await container.resolve(GrantClientCredentials).execute({ client, scopes, resources: [] })).accessToken;

  const machine = await world.createClient({ name: 'Operations', grantTypes: ['client_credentials'], scopes: [...apiScopes] });
  const caller = await ApiCaller.of(world.server);
  const tokens = { ada: await tokenOf(ada), bob: await tokenOf(bob), admin: await tokenOf(root), operator: await tokenOfClient(machine.client, apiScopes) };

  /** A client of the person, made over the API. */
  const clientOf = async (token: string, settings: Record<string, unknown> = {}) => {
    const body = { client_name: 'Reports', redirect_uris: ['https://app.example/callback'], ...settings };
    const answer = await caller.call('POST', '/clients', { token, body });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    return answer.body as { client_id: string; client_secret: string; version: number; secrets: { id: string }[] };
  };
  /** A machine that the operator gave to a person, with every scope. */
  const owned = async () =>
    (await container.resolve(CreateClient).execute({ actor: 'operator', settings: { name: 'Owned', scopes: [...apiScopes] }, owner: { id: ada.id } })).client;

  return { ...world, caller, call: caller.call.bind(caller), ada, bob, root, console, machine, tokens, tokenOf, tokenOfClient, person, clientOf, owned };
}

export type ApiWorld = Awaited<ReturnType<typeof apiWorld>>;
export type TokenName = keyof ApiWorld['tokens'];
