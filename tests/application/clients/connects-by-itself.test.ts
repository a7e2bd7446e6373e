import { expect, it } from 'vitest';
import { connectsByItself } from '../../../src/application/clients/connects-by-itself.js';
import { presets } from '../../../src/application/clients/presets.js';
import { readConfig } from '../../../src/config.js';
import type { AdmittedIntroductions } from '../../../src/domain/clients/introduction.js';

const byPreset = (admitted: AdmittedIntroductions) =>
  Object.fromEntries(presets.map((preset) => [preset.id, connectsByItself(preset, admitted)] as const).filter(([, programs]) => programs.length > 0));

it('needs no registration, as the server is configured out of the box, what introduces itself', () => {
  const asIs = {
    'chatgpt-connector': ['ChatGPT'],
    claude: ['Claude'],
    'loopback-tool': ['Claude Code', 'Codex', 'Visual Studio Code', 'opencode', 'MCP Inspector', 'Cursor'],
  };
  expect(byPreset(readConfig({}).introductions)).toEqual(asIs);
  expect(byPreset({ documents: 'any', redirects: 'any' })).toEqual(asIs);
});

it('needs one where neither its document is read nor it may register itself', () => {
  expect(byPreset({ documents: ['claude.ai'], redirects: ['cursor:'] })).toEqual({ claude: ['Claude'], 'loopback-tool': ['Claude Code', 'Cursor'] });
  expect(byPreset({ documents: [], redirects: ['chatgpt.com'] })).toEqual({ 'chatgpt-connector': ['ChatGPT'] });
  expect(byPreset(readConfig({ CLIENT_METADATA_DOCUMENTS: 'none', CLIENT_REGISTRATION: 'none' }).introductions)).toEqual({});
});
