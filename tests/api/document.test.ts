import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiScopes } from '../../src/domain/api-scope.js';
import { operations } from '../../src/interfaces/api/operations.js';
import { problemKinds } from '../../src/interfaces/api/problem.js';
import { type ApiWorld, apiWorld } from './api-world.js';
import { documentedAnswers } from './documented-answers.js';
import { target } from './target.js';

let world: ApiWorld;
let page: string;
beforeAll(async () => {
  world = await apiWorld();
  page = (await world.server.inject({ url: '/api', headers: { accept: 'text/html' } })).body;
});
afterAll(() => world.close());

const table = operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const);

describe('The document at /api/openapi.json', () => {
  it('is valid OpenAPI 3.1', async () => {
    expect(await new Validator().validate({ ...structuredClone(world.caller.document) })).toEqual({ valid: true });
  });

  it('names every operation once, and the scopes it needs', () => {
    const { paths } = world.caller.document;
    expect(operations.map(({ method, path }) => paths[path]?.[method.toLowerCase()]?.security)).toEqual(operations.map(({ scopes }) => [{ oauth: scopes }]));
    expect(Object.values(paths).flatMap((methods) => Object.values(methods))).toHaveLength(operations.length);
    expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
  });

  it('leads to every schema that it names', () => {
    const text = JSON.stringify(world.caller.document);
    for (const [, kind = '', name = ''] of text.matchAll(/"#\/components\/(schemas|responses)\/(\w+)"/g)) {
      expect(world.caller.document.components[kind as 'schemas' | 'responses']).toHaveProperty(name);
    }
  });

  it('has a sentence for every scope', () => {
    const { scopes } = world.caller.document.components.securitySchemes.oauth.flows.authorizationCode;
    expect(Object.keys(scopes)).toEqual([...apiScopes]);
    expect(Object.values(scopes).every((sentence) => sentence.length > 20)).toBe(true);
  });

  it('is what every answer of these tests is held against: an answer with a member more, or one less, would be found', async () => {
    const { check } = documentedAnswers(world.caller.document);
    const { client_secret: _, ...body } = await world.clientOf(world.tokens.ada);
    const answer = { status: 200, headers: { 'content-type': 'application/json' }, body };
    expect(() => check('GET', '/clients/x', answer)).not.toThrow();
    expect(() => check('GET', '/clients/x', { ...answer, body: { ...body, digest: 'x' } })).toThrow('as documented');
    expect(() => check('GET', '/clients/x', { ...answer, body: { ...body, secrets: [{}] } })).toThrow('as documented');
    expect(() => check('GET', '/clients/x', { ...answer, status: 202 })).toThrow('not documented');
  });
});

describe('The page at /api', () => {
  it.each(table)('shows %s with its scopes and a request to try', (_, { id, scopes, path }) => {
    const section = page.split(`<div class="entry-rest" id="${id}">`)[1]?.split('</details>')[0] ?? '';
    for (const scope of scopes) expect(section).toContain(`<code>${scope}</code>`);
    expect(section).toContain(`http://localhost:3000/api/v1${path}`);
  });

  it.each(table.filter(([, { method }]) => method === 'POST' || method === 'PATCH'))(
    'shows a body for %s that does what it says',
    async (name, { id, status }) => {
      const section = page.split(`id="${id}">`)[1]?.split('</details>')[0] ?? '';
      const [, json] = /-d '(.*)'/.exec(section.replaceAll('&quot;', '"')) ?? [];
      const { path } = await target(world, name);
      const [method = ''] = name.split(' ');
      expect((await world.call(method, path, { token: world.tokens.admin, ...(json !== undefined && { body: json }) })).status).toBe(status);
    },
  );

  it.each(Object.keys(problemKinds))('explains the problem %s where its type leads', (kind) => {
    expect(page.split(`id="problem-${kind}"`)).toHaveLength(2);
  });

  it('is a list of lines that open, or all of it open for whoever asks', async () => {
    const lines = (text: string) => text.match(/<details class="entry"(?: open)?>/g) ?? [];
    expect(lines(page).length).toBeGreaterThan(operations.length);
    expect(new Set(lines(page))).toEqual(new Set(['<details class="entry">']));
    const all = (await world.server.inject({ url: '/api?open=all', headers: { accept: 'text/html' } })).body;
    expect(lines(all)).toEqual(lines(page).map(() => '<details class="entry" open>'));
  });

  it('leads to nothing that is not on it, and runs no script', () => {
    for (const [, id] of page.matchAll(/href="#([^"]+)"/g)) expect(page).toContain(`id="${id}"`);
    expect(page).not.toMatch(/<script|\bon\w+="|javascript:|style="/i);
  });
});
