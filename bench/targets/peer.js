import { fileURLToPath } from 'node:url';
import { installPeer } from '../install-peer.js';
import { contract } from '../peers/contract.js';
import { freePort, startServer } from '../server-process.js';

/** Servers that others wrote, each in a folder of its own with its own dependencies. */
export const peerNames = ['node-oidc-provider', 'oauth2-server-pg', 'oauth2-server-prisma', 'jmondi-oauth2-server', 'better-auth'];

/** A peer, running. What a scenario needs in its store it puts there itself, when it is asked over the channel between the two processes. */
export function peer(name) {
  return {
    name,
    peer: true,
    prepare: (progress) => installPeer(name, progress),
    async start(postgres) {
      const { paths, missing } = await import(`../peers/${name}/peer.js`);
      const port = await freePort();
      const script = fileURLToPath(new URL(`../peers/${name}/server.js`, import.meta.url));
      const server = await startServer({ script, env: { DATABASE_URL: await postgres.database(name) }, port, path: '/ready', channel: true });
      const { client, redirectUri, codeVerifier } = contract;
      const ask = questions(server.child);
      return {
        port,
        pid: server.pid,
        stop: server.stop,
        missing,
        pace: 2500,
        material: async (scenario, { connections, requests }) => ({
          paths,
          client,
          redirectUri,
          codeVerifier,
          ...(scenario === 'refresh' && { refreshTokens: await ask('refreshTokens', connections) }),
          ...(scenario === 'code' && { codes: await ask('codes', requests) }),
          ...(['introspection', 'me'].includes(scenario) && { accessTokens: await ask('accessTokens', 500) }),
        }),
      };
    },
  };
}

function questions(child) {
  const waiting = new Map();
  child.on('message', ({ id, items, error }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) resolve(items);
    else reject(new Error(error));
  });
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('the peer ended'));
  });
  let asked = 0;
  return (kind, count) =>
    new Promise((resolve, reject) => {
      asked += 1;
      waiting.set(asked, { resolve, reject });
      child.send({ id: asked, kind, count });
    });
}
