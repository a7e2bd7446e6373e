import { fileURLToPath } from 'node:url';
import { freePort, startServer } from '../server-process.js';

/** A yardstick, running. They take any client, and hand out by themselves what a scenario needs. */
export function yardstick(name) {
  return {
    name,
    async start(postgres) {
      const port = await freePort();
      const script = fileURLToPath(new URL(`../yardsticks/${name}.js`, import.meta.url));
      const env = name === 'hello' ? {} : { DATABASE_URL: await postgres.database(name) };
      const server = await startServer({ script, env, port, path: '/ready' });
      const common = {
        paths: { token: '/token', introspect: '/introspect', me: '/me' },
        client: { id: 'bench', secret: 'bench' },
        redirectUri: 'https://bench.example/callback',
        codeVerifier: 'x'.repeat(43),
      };
      const tokens = (count) => Promise.all(Array.from({ length: count }, () => newToken(port)));
      return {
        port,
        pid: server.pid,
        stop: server.stop,
        material: async (scenario, { connections, requests }) => ({
          ...common,
          ...(scenario === 'refresh' && { refreshTokens: await tokens(connections) }),
          // Taken as often as they come: to a yardstick one is as good as another.
          ...(scenario === 'code' && { codes: repeated(await tokens(connections), requests) }),
          ...(['introspection', 'me'].includes(scenario) && { accessTokens: await tokens(500) }),
        }),
      };
    },
  };
}

async function newToken(port) {
  const body = new URLSearchParams({ grant_type: 'client_credentials' });
  return (await (await fetch(`http://127.0.0.1:${port}/token`, { method: 'POST', body })).json()).access_token;
}

function repeated(items, length) {
  return Array.from({ length }, (_, index) => items[index % items.length]);
}
