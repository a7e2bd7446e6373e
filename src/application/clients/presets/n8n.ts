import type { Preset } from '../preset.js';
import { idAndSecret, keeps } from './confidential.js';

export const n8n: Preset = {
  id: 'n8n',
  title: 'n8n',
  summary: 'Workflows in n8n, its cloud or your own.',
  settings: { ...keeps, name: 'n8n', homepageUri: 'https://n8n.io', type: 'confidential', redirectUris: [], pkce: 'optional' },
  redirectTemplates: ['https://{host}/rest/oauth2-credential/callback'],
  blanks: [
    { name: 'host', label: 'Host of your n8n', hint: 'As it stands in the address bar, with the port if there is one.', example: 'example.app.n8n.cloud' },
  ],
  redirectHint: null,
  internetCaller: null,
  describesItself: [],
  registersItself: [],
  recipe: {
    where: 'In n8n create a credential of the kind OAuth2 API.',
    lines: [
      { label: 'Grant Type', value: { text: 'PKCE' } },
      { label: 'Authorization URL', value: 'authorizationEndpoint' },
      { label: 'Access Token URL', value: 'tokenEndpoint' },
      ...idAndSecret,
      { label: 'Scope', value: 'scopes' },
      { label: 'Authentication', value: { text: 'Header' } },
    ],
    notes: [],
  },
};
