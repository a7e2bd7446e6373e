import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Authorize } from '../src/application/authorization/authorize.js';
import { readConfig } from '../src/config.js';
import { buildContainer, ports } from '../src/container.js';
import { createMemoryStorage } from '../src/infrastructure/memory/create-memory-storage.js';
import { TokenEndpoint } from '../src/interfaces/oauth2/token-endpoint.js';
import { CountingHasher } from './support/counting-hasher.js';
import { HandClock } from './support/hand-clock.js';

const application = new URL('../src/application/', import.meta.url);
const foundations = () => ({ config: readConfig({}), storage: createMemoryStorage(), clock: new HandClock(), passwordHasher: new CountingHasher() });

/** Every module of the application that exports a class with an `execute`: a use case. */
const useCases = readdirSync(application, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && / execute\(/.test(readFileSync(new URL(file, application), 'utf8')),
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

  it.each(Object.entries(ports))('hands out the port %s', (name, token) => {
    const given = foundations();
    const expected = { ...given.storage, clock: given.clock, passwordHasher: given.passwordHasher }[name as keyof typeof ports];
    expect(expected).toBeDefined();
    expect(buildContainer(given).resolve<unknown>(token)).toBe(expected);
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
    expect(first.resolve<unknown>(ports.clients)).toBe(one.storage.clients);
    expect(second.resolve<unknown>(ports.clients)).toBe(other.storage.clients);
  });
});
