import { expect, it } from 'vitest';
import { connectsByItself } from '../../../src/application/clients/connects-by-itself.js';
import { presets } from '../../../src/application/clients/presets.js';
import { readConfig } from '../../../src/config.js';
import type { AdmittedMetadata } from '../../../src/domain/clients/metadata-uri.js';

const byPreset = (admitted: AdmittedMetadata) =>
  Object.fromEntries(presets.map((preset) => [preset.id, connectsByItself(preset, admitted)] as const).filter(([, programs]) => programs.length > 0));

it('needs no registration, as the server is configured out of the box, what describes itself', () => {
  const asIs = {
    'chatgpt-connector': ['ChatGPT'],
    claude: ['Claude'],
    'loopback-tool': ['Claude Code', 'Codex', 'Visual Studio Code', 'opencode'],
  };
  expect(byPreset(readConfig({}).admittedMetadata)).toEqual(asIs);
  expect(byPreset('any')).toEqual(asIs);
});

it('needs one where its documents are not read', () => {
  expect(byPreset(['claude.ai'])).toEqual({ claude: ['Claude'], 'loopback-tool': ['Claude Code'] });
  expect(byPreset(readConfig({ CLIENT_METADATA_DOCUMENTS: 'none' }).admittedMetadata)).toEqual({});
});
