import type { Preset } from '../preset.js';
import { keeps } from './confidential.js';

export const claude: Preset = {
  id: 'claude',
  title: 'Claude',
  summary: 'A custom connector in Claude on the web, the desktop or a phone.',
  settings: {
    ...keeps,
    name: 'Claude',
    homepageUri: 'https://claude.ai',
    type: 'confidential',
    redirectUris: ['https://claude.ai/api/mcp/auth_callback', 'https://claude.com/api/mcp/auth_callback'],
    pkce: 'required',
  },
  redirectTemplates: [],
  blanks: [],
  redirectHint: null,
  internetCaller: 'Claude',
  describesItself: [{ program: 'Claude', at: 'https://claude.ai/oauth/' }],
  registersItself: [
    { program: 'Claude', redirectUri: 'https://claude.ai/api/mcp/auth_callback' },
    { program: 'Claude', redirectUri: 'https://claude.com/api/mcp/auth_callback' },
  ],
  recipe: {
    where: 'In Claude open Customize, Connectors (in older versions Settings, Connectors), Add custom connector, then Advanced settings.',
    lines: [
      { label: 'OAuth Client ID', value: 'clientId' },
      { label: 'OAuth Client Secret', value: 'clientSecret' },
    ],
    notes: [
      'Claude asks your MCP server where to sign in; it must name this issuer as its authorization server.',
      'It asks for the scopes that your MCP server names: they must be among those of this app.',
    ],
  },
};
