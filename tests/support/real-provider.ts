import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

/** How one who signs in at the provider is described there. */
export interface UpstreamAccount {
  readonly email: string;
  readonly email_verified: boolean;
  readonly name: string;
}

const client = { client_id: 'keywright', client_secret: 'a secret-of+keywright' };

/** The OpenID provider of the package `oidc-provider` on a port of this machine: nobody here wrote it. */
export async function realProvider(id = 'acme') {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  /** Everybody there, by the login they type; any password will do. */
  const accounts = new Map<string, UpstreamAccount>();
  return {
    issuer,
    accounts,
    /** What SIGN_IN_PROVIDERS must hold to use it. */
    setting: { id, name: 'Acme ID', issuer, ...client },
    /** Registers Keywright there as a client, and opens. */
    register: (keywright: string): void => {
      const provider = new Provider(issuer, {
        clients: [{ ...client, redirect_uris: [`${keywright}/sign-in/with/${id}/callback`] }],
        claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
        pkce: { required: () => true },
        cookies: { keys: ['a key for tests'] },
        findAccount: (_context: unknown, sub: string) => {
          const account = accounts.get(sub);
          return account && { accountId: sub, claims: async () => ({ sub, ...account }) };
        },
      });
      server.on('request', provider.callback());
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export type RealProvider = Awaited<ReturnType<typeof realProvider>>;
