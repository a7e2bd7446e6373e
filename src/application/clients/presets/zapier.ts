import type { Preset } from '../preset.js';
import { idAndSecret, keeps } from './confidential.js';

export const zapier: Preset = {
  id: 'zapier',
  title: 'Zapier',
  summary: 'Your integration on the Zapier Platform, with OAuth v2.',
  settings: { ...keeps, name: 'Zapier', homepageUri: 'https://zapier.com', type: 'confidential', redirectUris: [], pkce: 'optional' },
  redirectTemplates: ['{redirectUrl}'],
  blanks: [
    {
      name: 'redirectUrl',
      label: 'OAuth Redirect URL',
      hint: 'Zapier shows it under Authentication, OAuth v2, in the first step. Copy all of it.',
      example: 'https://zapier.com/dashboard/auth/oauth/return/App123CLIAPI/',
    },
  ],
  redirectHint: null,
  internetCaller: 'Zapier',
  describesItself: [],
  registersItself: [],
  recipe: {
    where: 'On the Zapier Platform open your integration, then Authentication, OAuth v2.',
    lines: [
      ...idAndSecret,
      { label: 'Authorization URL', value: 'authorizationEndpoint' },
      { label: 'Scope', value: 'scopes' },
      { label: 'Access Token Request', value: 'tokenEndpoint' },
      { label: 'Refresh Token Request', value: 'tokenEndpoint' },
      { label: 'Test', value: 'meEndpoint' },
      { label: 'Connection Label', value: { text: '{{username}}' } },
    ],
    notes: [
      'Tick “automatically refresh token”. Zapier refreshes when it is answered 401, which this server does.',
      'PKCE is optional there: with the box ticked it works too.',
    ],
  },
};
