import type { Preset, Recipe, RecipeLine } from './preset.js';

/** For confidential clients: their refresh tokens are worth nothing without a secret, and an answer that was lost on the way signs nobody out. */
const keeps = { grantTypes: ['authorization_code', 'refresh_token'], refresh: 'keep' } as const;
/** RFC 9700 §2.1.1 and §2.2.2: what a client without a secret must do. */
const publicApp = { type: 'public', grantTypes: ['authorization_code', 'refresh_token'], pkce: 'required', refresh: 'rotate' } as const;

const idAndSecret: readonly RecipeLine[] = [
  { label: 'Client ID', value: 'clientId' },
  { label: 'Client Secret', value: 'clientSecret' },
];

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

/** Everything this server knows about the products that people connect with it, as they really behave; the first is the one most asked for. */
export const presets: readonly Preset[] = [
  {
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
  },
  {
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
    recipe: {
      where: 'In ChatGPT open Settings, Connectors, Create; choose OAuth and enter the client yourself.',
      lines: [...idAndSecret, { label: 'Authorization server', value: 'issuer' }, { label: 'Scopes', value: 'scopes' }],
      notes: ['ChatGPT reads the endpoints from the metadata. Your MCP server must name this issuer as its authorization server.'],
    },
  },
  {
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
  },
  {
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
    recipe: {
      where: 'In Claude open Customize, Connectors (in older versions Settings, Connectors), Add custom connector, then Advanced settings.',
      lines: [
        { label: 'OAuth Client ID', value: 'clientId' },
        { label: 'OAuth Client Secret', value: 'clientSecret' },
      ],
      notes: ['Claude asks your MCP server where to sign in; it must name this issuer as its authorization server.'],
    },
  },
  {
    id: 'loopback-tool',
    title: 'Claude Code and other local tools',
    summary: 'A tool on the person’s own machine that listens on a port of its choice: Claude Code, Codex, a command line of yours.',
    settings: { ...publicApp, name: 'Local tool', redirectUris: ['http://127.0.0.1/callback', 'http://localhost/callback'] },
    redirectTemplates: [],
    blanks: [],
    redirectHint: 'These match on every port (RFC 8252 §7.3). Add another path, or a scheme such as cursor://…, if your tool uses one.',
    recipe: {
      where: 'In the tool’s own settings.',
      lines: [
        { label: 'Client ID', value: 'clientId' },
        { label: 'Authorization server', value: 'issuer' },
        { label: 'Scopes', value: 'scopes' },
      ],
      notes: ['There is no secret: what lies on everybody’s machine is none. PKCE with S256 takes its place.'],
    },
  },
  {
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
  },
  {
    id: 'n8n',
    title: 'n8n',
    summary: 'Workflows in n8n, its cloud or your own.',
    settings: { ...keeps, name: 'n8n', homepageUri: 'https://n8n.io', type: 'confidential', redirectUris: [], pkce: 'optional' },
    redirectTemplates: ['https://{host}/rest/oauth2-credential/callback'],
    blanks: [
      { name: 'host', label: 'Host of your n8n', hint: 'As it stands in the address bar, with the port if there is one.', example: 'example.app.n8n.cloud' },
    ],
    redirectHint: null,
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
  },
  {
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
  },
  {
    id: 'single-page-app',
    title: 'Single-page app',
    summary: 'Your own app that runs in the browser, with no server behind it.',
    settings: { ...publicApp, redirectUris: [] },
    redirectTemplates: [],
    blanks: [],
    redirectHint: 'The page that finishes the sign-in, such as https://app.example.com/callback; for development also http://localhost/callback, on any port.',
    recipe: {
      where: 'Give these to the OAuth library of your app.',
      ...forYourLibrary,
    },
  },
  {
    id: 'native-app',
    title: 'Mobile or desktop app',
    summary: 'Your own app on a phone, a tablet or a computer.',
    settings: { ...publicApp, redirectUris: [] },
    redirectTemplates: [],
    blanks: [],
    redirectHint:
      'An https link that opens your app, a scheme of your own such as com.example.app:/callback, or http://127.0.0.1/callback, which matches on any port.',
    recipe: {
      where: 'Give these to the OAuth library of your app, and let it open the system’s browser, not a view of its own.',
      ...forYourLibrary,
    },
  },
  {
    id: 'machine',
    title: 'Machine',
    summary: 'A service or a script that acts for itself; nobody signs in.',
    settings: { type: 'confidential', redirectUris: [], grantTypes: ['client_credentials'] },
    redirectTemplates: [],
    blanks: [],
    redirectHint: null,
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
  },
];
