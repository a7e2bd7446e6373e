import type { Preset } from './preset.js';
import { chatgptConnector, gptAction } from './presets/chatgpt.js';
import { claude } from './presets/claude.js';
import { make } from './presets/make.js';
import { n8n } from './presets/n8n.js';
import { device, loopbackTool, machine, nativeApp, singlePageApp } from './presets/own-software.js';
import { postman } from './presets/postman.js';
import { zapier } from './presets/zapier.js';

/** Everything this server knows about the products that people connect with it, as they really behave; the first is the one most asked for. */
export const presets: readonly Preset[] = [
  zapier,
  chatgptConnector,
  gptAction,
  claude,
  loopbackTool,
  postman,
  n8n,
  make,
  singlePageApp,
  nativeApp,
  device,
  machine,
];
