import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { someClient } from '../src/adapter-kit/fixtures.js';
import { givenTokens } from '../src/adapter-kit/given.js';
import { Authorize } from '../src/application/authorization/authorize.js';
import { readConfig } from '../src/config.js';
import { ports } from '../src/container/ports.js';
import { buildContainer } from '../src/container.js';
import { createMemoryStorage } from '../src/infrastructure/memory/create-memory-storage.js';
import { TokenEndpoint } from '../src/interfaces/oauth2/token-endpoint.js';
import { CountingHasher } from './support/counting-hasher.js';
import { HandClock } from './support/hand-clock.js';

const application = new URL('../src/application/', import.meta.url);
const foundations = () => ({ config: readConfig({}), storage: createMemoryStorage(), clock: new HandClock(), passwordHasher: new CountingHasher() });

/** Every module of the application that exports a class with an `execute`: a use case. */
const useCases = readdirSync(application, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.startsWith('audit/') && / execute\(/.test(readFileSync(new URL(file, application), 'utf8')),
);

describe('The container', () => {
  it('knows more than twenty use cases, so that what follows cannot pass by finding none', () => {
    expect(useCases.length).toBeGreaterThan(20);
  });

  it.each(useCases)('makes %s', async (file) => {
    const exported: Record<string, unknown> = await import(new URL(file, application).href);
    const classes = Object.values(exported).filter(
      (value): value is new () => { execute: unknown } => typeof value === 'function' && 'execute' in (value.prototype ?? {}),
    );
    expect(classes).toHaveLength(1);
    for (const useCase of classes) {
      const made = buildContainer(foundations()).resolve(useCase);
      expect(made).toBeInstanceOf(useCase);
      expect(Object.values(made)).not.toContain(undefined);
    }
  });

  const { clients, recentClients, recentRefreshTokens, ...plain } = ports;

  it.each(Object.entries(plain))('hands out the port %s', (name, token) => {
    const given = foundations();
    const expected = { ...given.storage, clock: given.clock, passwordHasher: given.passwordHasher }[name as keyof typeof plain];
    expect(expected).toBeDefined();
    expect(buildContainer(given).resolve<unknown>(token)).toBe(expected);
  });

  it('hands out the clients of the store, as they are and as of a moment ago', async () => {
    const given = foundations();
    const container = buildContainer(given);
    const client = someClient();
    await container.resolve(clients).add(client);
    for (const repository of [given.storage.clients, container.resolve(clients), container.resolve(recentClients)])
      expect(await repository.find(client.id)).toEqual(client);
  });

  it('hands out refresh tokens as they were issued, which are those of the store', async () => {
    const given = foundations();
    const { refreshToken } = await givenTokens(given.storage);
    expect(await buildContainer(given).resolve(recentRefreshTokens).find(refreshToken.id)).toEqual(await given.storage.refreshTokens.find(refreshToken.id));
  });

  it('makes the token endpoint', () => {
    expect(buildContainer(foundations()).resolve(TokenEndpoint)).toBeInstanceOf(TokenEndpoint);
  });

  it('makes each thing once', () => {
    const container = buildContainer(foundations());
    expect(container.resolve(Authorize)).toBe(container.resolve(Authorize));
  });

  it('is kept apart from other containers', () => {
    const [one, other] = [foundations(), foundations()];
    const [first, second] = [buildContainer(one), buildContainer(other)];
    expect(first.resolve(Authorize)).not.toBe(second.resolve(Authorize));
    expect(first.resolve<unknown>(ports.users)).toBe(one.storage.users);
    expect(second.resolve<unknown>(ports.users)).toBe(other.storage.users);
  });
});
