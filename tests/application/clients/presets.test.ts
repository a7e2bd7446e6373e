import { describe, expect, it } from 'vitest';
import { withDefaults } from '../../../src/application/clients/default-settings.js';
import { presetRedirectUris } from '../../../src/application/clients/fill-preset.js';
import { recipeValues } from '../../../src/application/clients/preset.js';
import { presetOfClient } from '../../../src/application/clients/preset-of-client.js';
import { presets } from '../../../src/application/clients/presets.js';
import { recipeForClient } from '../../../src/application/clients/recipe-for-client.js';
import { readConfig } from '../../../src/config.js';
import { newClientId } from '../../../src/domain/clients/client.js';
import { clientProblems } from '../../../src/domain/clients/client-rules.js';
import { InvalidInput } from '../../../src/domain/errors.js';

const { catalogue } = readConfig({});
const issuer = 'https://auth.example.com';

/** What a person would type where the preset cannot know. */
const own: Record<string, readonly string[]> = { 'single-page-app': ['https://app.example.com/callback'], 'native-app': ['com.example.app:/callback'] };

const filled = presets.map((preset) => {
  const blanks = new Map(preset.blanks.map(({ name, example }) => [name, example]));
  const redirectUris = [...presetRedirectUris(preset, (name) => blanks.get(name) ?? null), ...(own[preset.id] ?? [])];
  return { preset, settings: withDefaults({ name: 'An app', ...preset.settings, redirectUris }, catalogue) };
});

describe.each(filled)('the preset $preset.id', ({ preset, settings }) => {
  it('makes a client that can be saved', () => {
    expect(clientProblems(settings, catalogue)).toEqual([]);
  });

  it('asks for every blank of its redirect URIs, and for no other', () => {
    const named = new Set(preset.redirectTemplates.flatMap((template) => [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)));
    expect(preset.blanks.map(({ name }) => name)).toEqual([...named]);
    expect(settings.redirectUris.join()).not.toMatch(/[{}]/);
  });

  it('fills every line of its recipe', () => {
    const client = { ...settings, id: newClientId() };
    const lines = recipeForClient(preset, client, issuer, 'kw_cs_some');
    expect(lines).toHaveLength(preset.recipe.lines.length);
    expect(lines.filter(({ value }) => value === null || value === '')).toEqual([]);
    expect(lines.some(({ value }) => value === client.id)).toBe(true);
    expect(lines.some(({ kind }) => kind === 'clientSecret')).toBe(settings.type === 'confidential');
  });

  it('is recognised by the client that it made', () => {
    expect(presetOfClient(presets, settings)?.settings.grantTypes).toEqual(preset.settings.grantTypes);
    if (preset.settings.name !== undefined) expect(presetOfClient(presets, settings)?.id).toBe(preset.id);
  });
});

describe('presets', () => {
  it('have an id of their own that fits into an address', () => {
    const ids = presets.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z0-9-]+$/.test(id) || id === 'custom')).toEqual([]);
  });

  it('say who calls from the internet, where the product does not run on machines of the person’s choice', () => {
    expect(Object.fromEntries(presets.map(({ id, internetCaller }) => [id, internetCaller]))).toEqual({
      zapier: 'Zapier',
      'chatgpt-connector': 'ChatGPT',
      'gpt-action': 'ChatGPT',
      claude: 'Claude',
      make: 'Make',
      'loopback-tool': null,
      device: null,
      postman: null,
      n8n: null,
      'single-page-app': null,
      'native-app': null,
      machine: null,
    });
  });

  it('say which blank was left open', () => {
    const zapier = filled.find(({ preset }) => preset.id === 'zapier')?.preset;
    const tried = () => zapier && presetRedirectUris(zapier, () => '  ');
    expect(tried).toThrow(InvalidInput);
    expect(tried).toThrow(/redirectUrl: is missing/);
  });

  it.each([
    ['n8n.example.com', 'https://n8n.example.com/rest/oauth2-credential/callback'],
    ['https://n8n.example.com/', 'https://n8n.example.com/rest/oauth2-credential/callback'],
    ['HTTP://n8n.example.com:5678', 'https://n8n.example.com:5678/rest/oauth2-credential/callback'],
    ['https://n8n.example.com/home/workflows', null],
    ['n8n.example.com?x', null],
    ['https://', null],
  ])('take a host also as it is pasted from the address bar: %s', (host, uri) => {
    const n8n = presets.find(({ id }) => id === 'n8n') as (typeof presets)[0];
    if (uri === null) expect(() => presetRedirectUris(n8n, () => host)).toThrow(/host: is (more than is asked for|missing), for example/);
    else expect(presetRedirectUris(n8n, () => host)).toEqual([uri]);
  });

  it('leave out no value that this server offers to recipes', () => {
    const used = presets.flatMap(({ recipe }) => recipe.lines.flatMap(({ value }) => (typeof value === 'string' ? [value] : [])));
    expect([...new Set(used)].sort()).toEqual([...recipeValues].sort());
  });

  it('send the person to addresses of this server only', () => {
    const lines = filled.flatMap(({ preset, settings }) => recipeForClient(preset, { ...settings, id: newClientId() }, issuer, 'kw_cs_some'));
    const addresses = lines.filter(({ kind }) => kind === 'issuer' || kind.endsWith('Endpoint')).map(({ value }) => value);
    expect(addresses.filter((value) => value !== issuer && !value?.startsWith(`${issuer}/oauth/`))).toEqual([]);
    expect(addresses).toContain(`${issuer}/oauth/token`);
  });

  it('leaves a secret that cannot be read again open, and lines that do not concern the client out', () => {
    const machine = filled.find(({ preset }) => preset.id === 'machine');
    if (!machine) throw new Error('no machine');
    const lines = recipeForClient(machine.preset, { ...machine.settings, id: newClientId() }, issuer, null);
    expect(lines.find(({ kind }) => kind === 'clientSecret')?.value).toBeNull();
    expect(
      recipeForClient(machine.preset, { ...machine.settings, type: 'public', id: newClientId() }, issuer, null).some(({ kind }) => kind === 'clientSecret'),
    ).toBe(false);
  });

  it('recognise none in what fits none', () => {
    expect(
      presetOfClient(presets, { name: 'Mine', type: 'confidential', redirectUris: ['https://mine.example/cb'], grantTypes: ['authorization_code'] }),
    ).toBeNull();
  });
});
