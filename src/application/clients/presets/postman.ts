import type { Preset } from '../preset.js';
import { idAndSecret, keeps } from './confidential.js';

export const postman: Preset = {
  id: 'postman',
  title: 'Postman',
  summary: 'Try your API by hand.',
  settings: {
    ...keeps,
    name: 'Postman',
    homepageUri: 'https://www.postman.com',
    type: 'confidential',
    redirectUris: ['https://oauth.pstmn.io/v1/callback', 'https://oauth.pstmn.io/v1/browser-callback'],
    pkce: 'optional',
  },
  redirectTemplates: [],
  blanks: [],
  redirectHint: null,
  internetCaller: null,
  describesItself: [],
  registersItself: [],
  recipe: {
    where: 'In a request or collection open Authorization, OAuth 2.0, Configure New Token.',
    lines: [
      { label: 'Grant Type', value: { text: 'Authorization Code (With PKCE)' } },
      { label: 'Callback URL', value: 'redirectUri' },
      { label: 'Auth URL', value: 'authorizationEndpoint' },
      { label: 'Access Token URL', value: 'tokenEndpoint' },
      ...idAndSecret,
      { label: 'Code Challenge Method', value: { text: 'SHA-256' } },
      { label: 'Scope', value: 'scopes' },
      { label: 'Client Authentication', value: { text: 'Send as Basic Auth header' } },
    ],
    notes: ['Tick “Authorize using browser”: the callback URL then fills itself in.'],
  },
};
