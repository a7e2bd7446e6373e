import type { Preset } from '../preset.js';
import { idAndSecret, keeps } from './confidential.js';

export const chatgptConnector: Preset = {
  id: 'chatgpt-connector',
  title: 'ChatGPT connector',
  summary: 'An MCP server of yours as a connector in ChatGPT.',
  settings: {
    ...keeps,
    name: 'ChatGPT',
    homepageUri: 'https://chatgpt.com',
    type: 'confidential',
    redirectUris: ['https://chatgpt.com/connector_platform_oauth_redirect'],
    pkce: 'required',
  },
  redirectTemplates: [],
  blanks: [],
  redirectHint: 'This one serves every connector, because this server names its issuer in each answer (RFC 9207). If ChatGPT shows you another, add it.',
  internetCaller: 'ChatGPT',
  describesItself: [{ program: 'ChatGPT', at: 'https://chatgpt.com/oauth/' }],
  registersItself: [
    { program: 'ChatGPT', redirectUri: 'https://chatgpt.com/connector_platform_oauth_redirect' },
    { program: 'ChatGPT', redirectUri: 'https://chatgpt.com/connector/oauth/' },
  ],
  recipe: {
    where: 'In ChatGPT open Settings, Connectors, Create; choose OAuth and enter the client yourself.',
    lines: [...idAndSecret, { label: 'Authorization server', value: 'issuer' }, { label: 'Scopes', value: 'scopes' }],
    notes: [
      'ChatGPT reads the endpoints from the metadata. Your MCP server must name this issuer as its authorization server.',
      'It asks for the scopes that your MCP server names: they must be among those of this app.',
    ],
  },
};

export const gptAction: Preset = {
  id: 'gpt-action',
  title: 'GPT Action',
  summary: 'An action of a GPT that calls your API.',
  settings: { ...keeps, name: 'GPT', homepageUri: 'https://chatgpt.com', type: 'confidential', redirectUris: [], pkce: 'optional' },
  redirectTemplates: ['https://chat.openai.com/aip/{gptId}/oauth/callback', 'https://chatgpt.com/aip/{gptId}/oauth/callback'],
  blanks: [
    {
      name: 'gptId',
      label: 'GPT id',
      hint: 'Save the GPT first. The id stands in the callback URL that its editor then shows: the part that begins with g-.',
      example: 'g-0123456789abcdef',
    },
  ],
  redirectHint: null,
  internetCaller: 'ChatGPT',
  describesItself: [],
  registersItself: [],
  recipe: {
    where: 'In the editor of your GPT open Configure, Actions, Authentication, OAuth.',
    lines: [
      ...idAndSecret,
      { label: 'Authorization URL', value: 'authorizationEndpoint' },
      { label: 'Token URL', value: 'tokenEndpoint' },
      { label: 'Scope', value: 'scopes' },
      { label: 'Token Exchange Method', value: { text: 'Default (POST request)' } },
    ],
    notes: [
      'Do not leave the scope empty.',
      'GPT Actions do without PKCE, so the secret is all that protects the code: keep it out of the schema of your action.',
    ],
  },
};
