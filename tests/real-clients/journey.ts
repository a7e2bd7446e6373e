import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Argon2PasswordHasher } from '../../src/infrastructure/crypto/argon2-password-hasher.js';
import { Browser } from '../support/browser.js';
import { MetadataHost } from '../support/metadata-host.js';
import { OAuthCaller } from '../support/oauth.js';
import { listeningServer, type TestClient, type TestServer } from '../support/test-server.js';
import { overFetch } from '../support/transport.js';

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** What a client library is asked to do, each in its own way. */
export interface RealClient<T extends Tokens = Tokens> {
  /** Where the person has to go. */
  authorizationUrl(): Promise<URL>;
  /** The address the person came back to, exchanged for tokens. */
  exchange(back: URL): Promise<T>;
  /** `/oauth/me`: the status and, when it is 200, the body. */
  me(tokens: T): Promise<{ readonly status: number; readonly body: Record<string, unknown> }>;
  refresh(tokens: T): Promise<T>;
  revoke(tokens: T): Promise<void>;
}

export interface Surroundings {
  readonly issuer: string;
  readonly callback: string;
  readonly client: Pick<TestClient, 'id' | 'secret'>;
}

export interface Variant<T extends Tokens> {
  readonly name: string;
  /** `described`: a public one that nobody registers; `self_registered`: one that does so itself, by `register`. */
  readonly type: 'confidential' | 'public' | 'described' | 'self_registered';
  /** Its `client_id`. */
  readonly register?: (issuer: string, metadata: { readonly client_name: string; readonly redirect_uris: string[] }) => Promise<string>;
  readonly connect: (surroundings: Surroundings) => Promise<RealClient<T>>;
}

/** The whole of what a client needs, by a library that nobody here wrote, over HTTP, with a person in between. */
export function journey<T extends Tokens>(library: string, variants: readonly Variant<T>[]): void {
  describe(library, () => {
    const callback = 'https://client.example/callback';
    let world: TestServer;
    let host: MetadataHost;

    beforeAll(async () => {
      world = await listeningServer({
        passwordHasher: new Argon2PasswordHasher(),
        env: { CLIENT_METADATA_DOCUMENTS: 'any', CLIENT_REGISTRATION: 'client.example' },
      });
      host = await MetadataHost.start({ client_name: library, redirect_uris: [callback] });
    });
    afterAll(async () => {
      host.close();
      await world.close();
    });

    describe.each(variants)('$name', ({ type, connect, register }) => {
      let client: Surroundings['client'];
      let real: RealClient<T>;

      const aClient = async (name: string): Promise<Surroundings['client']> => {
        if (type === 'described') return { id: `${host.origin}/${name}.json`, secret: '' };
        if (type !== 'self_registered') return world.createClient({ name: library, type, redirectUris: [callback] });
        return { id: (await register?.(world.issuer, { client_name: name, redirect_uris: [callback] })) ?? '', secret: '' };
      };

      const connected = async () => {
        const browser = new Browser(overFetch, world.issuer);
        return real.exchange(await browser.allow(await real.authorizationUrl()));
      };

      beforeAll(async () => {
        client = await aClient('client');
        real = await connect({ issuer: world.issuer, callback, client });
      });

      it('completes code with PKCE, me, refresh and revoke, and is refused afterwards', async () => {
        const first = await connected();
        expect(await real.me(first)).toMatchObject({ status: 200, body: { sub: world.person?.id, username: 'ada', client_id: client.id } });

        const second = await real.refresh(first);
        expect(second.accessToken).not.toBe(first.accessToken);
        expect(second.refreshToken).not.toBe(first.refreshToken);
        expect(await real.me(second)).toMatchObject({ status: 200 });

        await real.revoke(second);
        for (const tokens of [first, second]) expect((await real.me(tokens)).status).toBe(401);
        await expect(real.refresh(second)).rejects.toThrow();
      });

      it('is signed out by nothing when it refreshes twice at once', async () => {
        const first = await connected();
        const [one, other] = await Promise.all([real.refresh(first), real.refresh(first)]);
        expect(one.refreshToken).toBe(other.refreshToken);
        expect(await real.me(other)).toMatchObject({ status: 200 });
        expect((await real.refresh(one)).accessToken).not.toBe(one.accessToken);
      });

      it('understands that the person said no', async () => {
        const browser = new Browser(overFetch, world.issuer);
        const stranger = await aClient('stranger');
        const denied = await connect({ issuer: world.issuer, callback, client: stranger });
        const page = await browser.signIn(await denied.authorizationUrl());
        const back = await browser.submit(page, /^\/consent\/[^/]+\/(?!switch)/, { decision: 'deny' });
        expect(back.url.searchParams.get('error')).toBe('access_denied');
        await expect(denied.exchange(back.url)).rejects.toThrow();
      });
    });
  });
}

/** `/oauth/me` for libraries that leave it to the client. */
export function meOf(world: { readonly issuer: string }) {
  return async ({ accessToken }: Tokens) => {
    const response = await fetch(`${world.issuer}/oauth/me`, { headers: { authorization: `Bearer ${accessToken}` } });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
}

/** A listening server and somebody who talks to it over HTTP, for behaviours that no library here has. */
export async function overTheWire() {
  const world = await listeningServer({ passwordHasher: new Argon2PasswordHasher() });
  return { world, caller: new OAuthCaller(world, overFetch) };
}
