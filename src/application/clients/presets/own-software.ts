import { deviceCodeGrant } from '../../../domain/clients/client.js';
import type { Preset, Recipe } from '../preset.js';
import { idAndSecret } from './confidential.js';

/** RFC 9700 §2.1.1 and §2.2.2: what a client without a secret must do. */
const publicApp = { type: 'public', grantTypes: ['authorization_code', 'refresh_token'], pkce: 'required', refresh: 'rotate' } as const;

/** What the OAuth library of one's own app wants to know. */
const forYourLibrary: Pick<Recipe, 'lines' | 'notes'> = {
  lines: [
    { label: 'Issuer', value: 'issuer' },
    { label: 'Client ID', value: 'clientId' },
    { label: 'Redirect URI', value: 'redirectUri' },
    { label: 'Scope', value: 'scopes' },
  ],
  notes: ['Each refresh hands out a new refresh token: keep the new one and forget the old.'],
};

export const loopbackTool: Preset = {
  id: 'loopback-tool',
  title: 'Claude Code and other local tools',
  summary: 'A tool on the person’s own machine that listens on a port of its choice: Claude Code, Codex, a command line of yours.',
  settings: { ...publicApp, name: 'Local tool', redirectUris: ['http://127.0.0.1/callback', 'http://localhost/callback'] },
  redirectTemplates: [],
  blanks: [],
  redirectHint: 'These match on every port (RFC 8252 §7.3). Add another path, or a scheme such as cursor://…, if your tool uses one.',
  internetCaller: null,
  describesItself: [
    { program: 'Claude Code', at: 'https://claude.ai/oauth/' },
    { program: 'Codex', at: 'https://chatgpt.com/oauth/' },
    { program: 'Visual Studio Code', at: 'https://vscode.dev/oauth/' },
    { program: 'opencode', at: 'https://opencode.ai/oauth/' },
  ],
  registersItself: [
    { program: 'MCP Inspector', redirectUri: 'http://localhost/' },
    { program: 'Cursor', redirectUri: 'cursor:' },
    { program: 'Visual Studio Code', redirectUri: 'https://vscode.dev/redirect' },
    { program: 'Visual Studio Code', redirectUri: 'https://insiders.vscode.dev/redirect' },
  ],
  recipe: {
    where: 'In the tool’s own settings.',
    lines: [
      { label: 'Client ID', value: 'clientId' },
      { label: 'Authorization server', value: 'issuer' },
      { label: 'Scopes', value: 'scopes' },
    ],
    notes: [
      'There is no secret: what lies on everybody’s machine is none. PKCE with S256 takes its place.',
      'A tool that speaks MCP asks for the scopes that your MCP server names: they must be among those of this app.',
    ],
  },
};

export const singlePageApp: Preset = {
  id: 'single-page-app',
  title: 'Single-page app',
  summary: 'Your own app that runs in the browser, with no server behind it.',
  settings: { ...publicApp, redirectUris: [] },
  redirectTemplates: [],
  blanks: [],
  redirectHint: 'The page that finishes the sign-in, such as https://app.example.com/callback; for development also http://localhost/callback, on any port.',
  internetCaller: null,
  describesItself: [],
  registersItself: [],
  recipe: {
    where: 'Give these to the OAuth library of your app.',
    ...forYourLibrary,
  },
};

export const nativeApp: Preset = {
  id: 'native-app',
  title: 'Mobile or desktop app',
  summary: 'Your own app on a phone, a tablet or a computer.',
  settings: { ...publicApp, redirectUris: [] },
  redirectTemplates: [],
  blanks: [],
  redirectHint:
    'An https link that opens your app, a scheme of your own such as com.example.app:/callback, or http://127.0.0.1/callback, which matches on any port.',
  internetCaller: null,
  describesItself: [],
  registersItself: [],
  recipe: {
    where: 'Give these to the OAuth library of your app, and let it open the system’s browser, not a view of its own.',
    ...forYourLibrary,
  },
};

export const device: Preset = {
  id: 'device',
  title: 'Device or command line without a browser',
  summary: 'A television, a printer, or a command line on a distant machine: it shows a code, and the person types it on their phone or computer.',
  settings: { ...publicApp, grantTypes: ['refresh_token', deviceCodeGrant], redirectUris: [] },
  redirectTemplates: [],
  blanks: [],
  redirectHint: null,
  internetCaller: null,
  describesItself: [],
  registersItself: [],
  recipe: {
    where: 'Give these to the OAuth library of your device.',
    lines: [
      { label: 'Issuer', value: 'issuer' },
      { label: 'Client ID', value: 'clientId' },
      { label: 'Device authorization endpoint', value: 'deviceAuthorizationEndpoint' },
      { label: 'Token endpoint', value: 'tokenEndpoint' },
      { label: 'Grant type', value: { text: deviceCodeGrant } },
      { label: 'Scope', value: 'scopes' },
    ],
    notes: [
      'Show the code and the address in full, and the address with the code in it as a QR code.',
      'Wait as many seconds between two questions as the answer says, and five more after each slow_down.',
      'Each refresh hands out a new refresh token: keep the new one and forget the old.',
    ],
  },
};

export const machine: Preset = {
  id: 'machine',
  title: 'Machine',
  summary: 'A service or a script that acts for itself; nobody signs in.',
  settings: { type: 'confidential', redirectUris: [], grantTypes: ['client_credentials'] },
  redirectTemplates: [],
  blanks: [],
  redirectHint: null,
  internetCaller: null,
  describesItself: [],
  registersItself: [],
  recipe: {
    where: 'In the configuration of the service.',
    lines: [
      { label: 'Token endpoint', value: 'tokenEndpoint' },
      { label: 'Grant type', value: { text: 'client_credentials' } },
      ...idAndSecret,
      { label: 'Scope', value: 'scopes' },
    ],
    notes: ['Keep an access token until it expires, and only then ask for the next: there is no refresh token to store.'],
  },
};
