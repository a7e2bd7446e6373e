import { RegisterResourceServer } from '../../src/application/resources/register-resource-server.js';
import { StartSession } from '../../src/application/sessions/start-session.js';
import { newClientId } from '../../src/domain/clients/client.js';
import { newResourceServerId, type ResourceServer } from '../../src/domain/resources/resource-server.js';
import { parseToken } from '../../src/domain/tokens/opaque-token.js';
import { uuid7 } from '../../src/domain/tokens/uuid7.js';
import type { ApiWorld } from './api-world.js';

/** Something that an operation can be tried on: it is there, and belongs to ada. */
export interface Target {
  readonly path: string;
  /** The same where nothing is. */
  readonly missing: string;
  readonly body: unknown;
}

const bodies: Readonly<Record<string, (unique: string) => unknown>> = {
  'POST /clients': () => ({ client_name: 'A', redirect_uris: ['https://a.example/cb'] }),
  'PATCH /clients/{client_id}': () => ({ client_name: 'B' }),
  'POST /clients/{client_id}/secrets': () => ({ label: 'another' }),
  'POST /resource-servers': (unique) => ({ identifier: `https://${unique}.example`, name: 'A' }),
  'PATCH /resource-servers/{resource_server_id}': () => ({ name: 'B' }),
  'POST /resource-servers/{resource_server_id}/secrets': () => ({ label: 'another' }),
  'POST /users': (unique) => ({ email: `${unique}@example.com`, password: 'correct horse battery staple' }),
};

/** A target of its own for every call, so that nothing depends on the order. */
export async function target(world: ApiWorld, name: string): Promise<Target> {
  const [, template = ''] = name.split(' ');
  const nobody = uuid7(new Date());
  const there = await parametersOf(world, template, nobody);
  const missing = {
    client_id: newClientId(),
    resource_server_id: newResourceServerId(),
    user_id: nobody,
    grant_id: nobody,
    secret_id: there.secret_id ?? nobody,
    session_id: nobody,
  };
  return { path: filled(template, there), missing: filled(template, missing), body: bodies[name]?.(nobody) };
}

async function parametersOf(world: ApiWorld, template: string, unique: string): Promise<Record<string, string>> {
  if (template.includes('{session_id}')) return { session_id: await sessionOf(world) };
  if (template.includes('{user_id}')) return { user_id: (await world.person(`${unique}@people.example`)).id };
  if (template.includes('{grant_id}')) return { grant_id: await grantOf(world) };
  if (template.includes('{resource_server_id}')) {
    const { id, secrets } = await resourceServerOf(world, unique);
    return { resource_server_id: id, secret_id: secrets[0]?.id as string };
  }
  if (!template.includes('{client_id}')) return {};
  const { client_id, client_secret, secrets } = await world.clientOf(world.tokens.ada);
  if (template.startsWith('/connected-apps')) await world.tokenOf(world.ada, ['default'], { client: { id: client_id, secret: client_secret } });
  return { client_id, secret_id: secrets[0]?.id as string };
}

async function resourceServerOf(world: ApiWorld, unique: string): Promise<ResourceServer> {
  const asked = { actor: 'operator', identifier: `https://${unique}.example`, settings: { name: 'Some API' } } as const;
  return (await world.container.resolve(RegisterResourceServer).execute(asked)).server;
}

/** A session of ada's. */
export async function sessionOf(world: ApiWorld, user = world.ada): Promise<string> {
  const session = { method: 'password', from: '192.0.2.7', userAgent: 'Firefox/140.0 (Windows)', earlierSession: null };
  const started = await world.container.resolve(StartSession).execute({ user, ...session });
  return parseToken(started?.token ?? '')?.id as string;
}

/** A grant that ada just gave to a client of nobody's. */
export async function grantOf(world: ApiWorld): Promise<string> {
  // Grants of one millisecond have no order.
  world.clock.pass(1);
  await world.tokenOf(world.ada, ['default']);
  const { body } = await world.call('GET', `/clients/${world.console.id}/grants?limit=1`, { token: world.tokens.operator });
  return body.data[0].id;
}

function filled(template: string, parameters: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_match, name: string) => parameters[name] as string);
}
