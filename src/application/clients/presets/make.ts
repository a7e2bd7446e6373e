import type { Preset } from '../preset.js';
import { idAndSecret, keeps } from './confidential.js';

export const make: Preset = {
  id: 'make',
  title: 'Make',
  summary: 'Scenarios in Make, with the HTTP module or an app of yours.',
  settings: {
    ...keeps,
    name: 'Make',
    homepageUri: 'https://www.make.com',
    type: 'confidential',
    redirectUris: ['https://www.make.com/oauth/cb/oauth2', 'https://www.integromat.com/oauth/cb/oauth2', 'https://www.make.com/oauth/cb/app'],
    pkce: 'optional',
  },
  redirectTemplates: [],
  blanks: [],
  redirectHint: null,
  internetCaller: 'Make',
  describesItself: [],
  registersItself: [],
  recipe: {
    where: 'In Make add the module “HTTP: Make a request”, choose the authentication type OAuth 2.0 and create a connection.',
    lines: [
      { label: 'Flow type', value: { text: 'Authorization code' } },
      { label: 'Authorize URI', value: 'authorizationEndpoint' },
      { label: 'Token URI', value: 'tokenEndpoint' },
      { label: 'Scopes', value: 'scopes' },
      ...idAndSecret,
    ],
    notes: ['Add each scope as an entry of its own; the scope separator, under the advanced settings, is a space.'],
  },
};
