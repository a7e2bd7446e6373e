import type { VNode } from 'preact';
import { withDefaults } from '../../../src/application/clients/default-settings.js';
import type { Preset } from '../../../src/application/clients/preset.js';
import type { Connection } from '../../../src/domain/authorization/connection.js';
import type { Client } from '../../../src/domain/clients/client.js';
import type { Session } from '../../../src/domain/people/session.js';
import type { User } from '../../../src/domain/people/user.js';
import type { ResourceServer } from '../../../src/domain/resources/resource-server.js';
import { formOfSettings } from '../../../src/interfaces/web/clients/client-form.js';
import { renderPage } from '../../../src/interfaces/web/render.js';
import { AccountPage } from '../../../src/interfaces/web/views/account/account-page.js';
import { BrowsersCard } from '../../../src/interfaces/web/views/account/browsers-card.js';
import { DeleteAccountCard } from '../../../src/interfaces/web/views/account/delete-account-card.js';
import { DeleteAccountPage } from '../../../src/interfaces/web/views/account/delete-account-page.js';
import { PersonCard } from '../../../src/interfaces/web/views/account/person-card.js';
import { WaysCard } from '../../../src/interfaces/web/views/account/ways-card.js';
import { AskForLinkPage } from '../../../src/interfaces/web/views/accounts/ask-for-link-page.js';
import { ChangePasswordPage } from '../../../src/interfaces/web/views/accounts/change-password-page.js';
import { ChoosePasswordPage } from '../../../src/interfaces/web/views/accounts/choose-password-page.js';
import { ApiPage } from '../../../src/interfaces/web/views/api-page.js';
import { ChooseAccountPage } from '../../../src/interfaces/web/views/choose-account-page.js';
import { ChoosePresetPage } from '../../../src/interfaces/web/views/clients/choose-preset-page.js';
import { ClientFormPage } from '../../../src/interfaces/web/views/clients/client-form-page.js';
import { ClientMadePage } from '../../../src/interfaces/web/views/clients/client-made-page.js';
import { ClientPage } from '../../../src/interfaces/web/views/clients/client-page.js';
import { ClientsPage } from '../../../src/interfaces/web/views/clients/clients-page.js';
import { DeleteClientPage } from '../../../src/interfaces/web/views/clients/delete-client-page.js';
import { EndAccessPage } from '../../../src/interfaces/web/views/clients/end-access-page.js';
import { holderOf } from '../../../src/interfaces/web/views/clients/holder-of.js';
import { RecipePage } from '../../../src/interfaces/web/views/clients/recipe-page.js';
import { ConnectedAppsPage } from '../../../src/interfaces/web/views/connections/connected-apps-page.js';
import { DisconnectPage } from '../../../src/interfaces/web/views/connections/disconnect-page.js';
import { ConsentPage, type ConsentPageProps } from '../../../src/interfaces/web/views/consent-page.js';
import { DevicePage } from '../../../src/interfaces/web/views/device-page.js';
import { Layout } from '../../../src/interfaces/web/views/layout.js';
import { MessagePage } from '../../../src/interfaces/web/views/message-page.js';
import { messages } from '../../../src/interfaces/web/views/messages.js';
import { Badge } from '../../../src/interfaces/web/views/parts/badge.js';
import { ChoiceField } from '../../../src/interfaces/web/views/parts/choice-field.js';
import { Copyable } from '../../../src/interfaces/web/views/parts/copyable.js';
import { DataTable } from '../../../src/interfaces/web/views/parts/data-table.js';
import { EmptyState } from '../../../src/interfaces/web/views/parts/empty-state.js';
import { Field } from '../../../src/interfaces/web/views/parts/field.js';
import { Pager } from '../../../src/interfaces/web/views/parts/pager.js';
import { DeletePersonPage } from '../../../src/interfaces/web/views/people/delete-person-page.js';
import { DisablePersonPage } from '../../../src/interfaces/web/views/people/disable-person-page.js';
import { NewPersonPage } from '../../../src/interfaces/web/views/people/new-person-page.js';
import { PeoplePage } from '../../../src/interfaces/web/views/people/people-page.js';
import { PersonPage } from '../../../src/interfaces/web/views/people/person-page.js';
import { DeleteResourceServerPage } from '../../../src/interfaces/web/views/resources/delete-resource-server-page.js';
import { ResourceServerFormPage } from '../../../src/interfaces/web/views/resources/resource-server-form-page.js';
import { ResourceServerMadePage } from '../../../src/interfaces/web/views/resources/resource-server-made-page.js';
import { ResourceServerPage } from '../../../src/interfaces/web/views/resources/resource-server-page.js';
import { ResourceServersPage } from '../../../src/interfaces/web/views/resources/resource-servers-page.js';
import { NewSecretPage } from '../../../src/interfaces/web/views/secrets/new-secret-page.js';
import { RemoveSecretPage } from '../../../src/interfaces/web/views/secrets/remove-secret-page.js';
import { SignInPage } from '../../../src/interfaces/web/views/sign-in-page.js';
import { StartPage } from '../../../src/interfaces/web/views/start-page.js';

/** A text that tries to leave wherever it is put. */
export const hostile = '</title></textarea>"\'><script>alert(1)</script><img src=x onerror=alert(1)> style=x &lt;b&gt;';

export const site = { host: 'auth.example.com', assetVersion: 'v1' };

export function consentProps(changes: Partial<ConsentPageProps> = {}): ConsentPageProps {
  return {
    site,
    client: { id: 'c1', name: 'Zapier', homepageUri: 'https://zapier.com' },
    answered: { at: 'zapier.com' },
    scopes: [
      { name: 'profile', sentence: 'See your name' },
      { name: 'email', sentence: 'See your e-mail address' },
    ],
    resources: [],
    person: { email: 'ada@example.com' },
    csrfToken: 'csrf',
    action: '/consent/1',
    ...changes,
  };
}

const viewer = { email: hostile, signOutAction: '/sign-out', csrfToken: hostile };
/** Of a client that describes itself. */
const metadataUri = 'https://oauth.subdomain.example-company-for-everybody.com:8443/clients/0f1e2d3c4b5a69788796a5b4c3d2e1f0/metadata.json?tenant=emea&v=%2F1';
const client = { id: 'c1', name: hostile, homepageUri: `https://example.com/?${hostile}`, logoUri: `https://example.com/${hostile}`, description: hostile };
const shown = {
  untrustedRequest: messages.untrustedRequest({ code: hostile, description: hostile }),
  deviceAllowed: messages.deviceAllowed(),
  deviceDenied: messages.deviceDenied(),
  deviceTaken: messages.deviceTaken(),
  alreadyAnswered: messages.alreadyAnswered(client),
  requestExpired: messages.requestExpired(client),
  formTooOld: messages.formTooOld(hostile),
  accountDeleted: messages.accountDeleted(),
  signedOut: messages.signedOut('/sign-in'),
  badRequest: messages.badRequest(hostile),
  notFound: messages.notFound(),
  introducesItself: messages.introducesItself(hostile, hostile),
  methodNotAllowed: messages.methodNotAllowed(),
  lookIntoYourMail: messages.lookIntoYourMail(hostile),
  passwordChosen: messages.passwordChosen(hostile),
  linkSpent: messages.linkSpent(),
  providerCancelled: messages.providerCancelled(hostile, '/sign-in'),
  clientNotLetIn: messages.clientNotLetIn(hostile),
  clientOutOfReach: messages.clientOutOfReach(hostile),
  providerUnreachable: messages.providerUnreachable(hostile, '/sign-in', true),
  providerRefused: messages.providerRefused(hostile, '/sign-in'),
  upstreamUnexpected: messages.upstreamUnexpected(),
  sessionTokenRefused: messages.sessionTokenRefused('/sign-in'),
  notAdmitted: messages.notAdmitted('email_in_use', hostile, '/sign-in', true),
  identityOfAnother: messages.identityOfAnother(hostile),
  notLinked: messages.notLinked(hostile),
  lastWay: messages.lastWay(),
  tooManyAttempts: messages.tooManyAttempts('/sign-in', 5),
  somethingBroke: messages.somethingBroke(hostile),
  stillBeingMade: messages.stillBeingMade(),
  storageAway: messages.storageAway(),
} satisfies Record<keyof typeof messages, unknown>;

const now = new Date('2030-01-01');
const frame = { site, viewer, nav: [{ href: hostile, text: hostile }], csrfToken: hostile };
const problems = ['name', 'redirectUris', 'scopes', 'blank', 'label', 'email', hostile].map((field) => ({ field, message: hostile }));
const catalogue = [{ name: hostile, sentence: hostile }];
const usual = { accessToken: hostile, refreshTokenIdle: hostile, refreshTokenAbsolute: hostile };
const back = { href: hostile, text: hostile };
const secret = {
  id: 's1',
  clientId: 'c1',
  label: hostile,
  digest: new Uint8Array(),
  lastFour: '"><&',
  createdAt: now,
  createdBy: null,
  expiresAt: now,
  lastUsed: { at: now, from: hostile },
};
const settings = withDefaults(
  { name: hostile, description: hostile, homepageUri: hostile, logoUri: hostile, redirectUris: [hostile], optionalScopes: [hostile] },
  catalogue,
);
const stored: Client = {
  ...settings,
  id: 'c1',
  scopes: [hostile],
  ownerId: 'u1',
  createdAt: now,
  disabledAt: now,
  disabledBy: 'house',
  ownTokensRevokedAt: now,
  version: 3,
  secrets: [secret],
};
const described: Client = {
  ...stored,
  id: metadataUri,
  type: 'public',
  ownerId: null,
  logoUri: null,
  disabledAt: null,
  disabledBy: null,
  secrets: [],
};
const server: ResourceServer = {
  id: 'rs_1',
  identifier: hostile,
  name: hostile,
  scopes: catalogue,
  tokenFormat: 'jwt',
  signingAlgorithm: 'ES256',
  createdAt: now,
  version: 3,
  secrets: [{ ...secret, resourceServerId: 'rs_1' }],
};
const serverForm = { name: hostile, identifier: hostile, scopes: hostile, tokenFormat: hostile, signingAlgorithm: hostile };
const form = { ...formOfSettings(settings), blanks: { blank: hostile }, type: hostile, accessTokenLifetime: hostile };
const preset: Preset = {
  id: 'p1',
  title: hostile,
  summary: hostile,
  settings: {},
  redirectTemplates: [],
  blanks: [{ name: 'blank', label: hostile, hint: hostile, example: hostile }],
  redirectHint: hostile,
  internetCaller: hostile,
  describesItself: [],
  registersItself: [],
  recipe: { where: hostile, lines: [], notes: [hostile] },
};
const lines = [
  { label: hostile, value: hostile, kind: 'clientId' },
  { label: `no secret ${hostile}`, value: null, kind: 'clientSecret' },
  { label: `text ${hostile}`, value: hostile, kind: 'text' },
] as const;
const unreachable = { caller: hostile, issuer: hostile };
const connection: Connection = { client: stored, live: true, scopes: [hostile], usedScopes: [hostile], since: now, lastUsedAt: now, expiresAt: now };
const user: User = { id: 'u1', email: hostile, username: hostile, passwordHash: null, admin: true, createdAt: now, disabledAt: now };
const session: Session = {
  id: 's1',
  digest: new Uint8Array(),
  userId: 'u1',
  method: hostile,
  from: hostile,
  browser: hostile,
  createdAt: now,
  authenticatedAt: now,
  lastSeenAt: now,
  expiresAt: now,
};
const identity = { issuer: hostile, subject: hostile, email: hostile, name: hostile, userId: 'u1', linkedAt: now };
const paging = { firstHref: hostile, nextHref: hostile, done: hostile };

const pagesForPeople: Record<string, VNode> = {
  apps: <ClientsPage frame={frame} clients={[stored, described]} owners={new Map([['u1', hostile]])} {...paging} />,
  'apps, none yet': <ClientsPage frame={frame} clients={[]} firstHref={null} nextHref={null} />,
  'apps, beyond the end': <ClientsPage frame={frame} clients={[]} firstHref="/clients" nextHref={null} />,
  'choose a preset': <ChoosePresetPage frame={frame} presets={[preset]} />,
  'app form': (
    <ClientFormPage
      title={hostile}
      lead={hostile}
      action={hostile}
      submit={hostile}
      house="create"
      {...{ frame, back, form, problems, catalogue, usual, preset, unreachable }}
    />
  ),
  'app form of a machine': (
    <ClientFormPage
      title="Edit"
      action="/x"
      submit="Save"
      house="edit"
      {...{ frame, back, catalogue, usual }}
      form={{ ...form, grantTypes: ['client_credentials'] }}
      problems={[]}
    />
  ),
  'app, made from a preset': <ClientMadePage title={hostile} client={stored} secret={hostile} {...{ frame, preset, lines, unreachable }} />,
  'app, made by hand': <ClientMadePage frame={frame} title={hostile} client={stored} secret={hostile} preset={null} lines={[]} unreachable={null} />,
  app: <ClientPage done={hostile} viewerId="u1" {...{ frame, now, preset, back, catalogue, usual }} client={stored} />,
  'app, public': (
    <ClientPage
      viewerId="u1"
      {...{ frame, now, back, catalogue, usual }}
      preset={null}
      client={{ ...stored, type: 'public', disabledAt: null, disabledBy: null, secrets: [] }}
    />
  ),
  'app that describes itself': <ClientPage viewerId="u1" {...{ frame, now, back, catalogue, usual }} preset={null} client={described} />,
  'app that describes itself, disabled': (
    <ClientPage viewerId="u1" {...{ frame, now, back, catalogue, usual }} preset={null} client={{ ...described, disabledAt: now, disabledBy: 'house' }} />
  ),
  'app, disabled by the house': <ClientPage viewerId="u1" heldByHouse {...{ frame, now, preset, back, catalogue, usual }} client={stored} />,
  recipe: <RecipePage client={stored} {...{ frame, preset, lines, unreachable }} others={[preset]} />,
  'new secret': <NewSecretPage frame={frame} holder={holderOf(stored)} form={{ label: hostile, expiresAt: hostile }} problems={problems} once={hostile} />,
  'remove a secret in use': <RemoveSecretPage frame={frame} holder={holderOf(stored)} secret={secret} advice="in_use" now={now} />,
  'remove an unused secret': <RemoveSecretPage frame={frame} holder={holderOf(stored)} secret={secret} advice="unused" now={now} />,
  'end all access of an app': <EndAccessPage frame={frame} client={stored} reach={{ people: 2, grants: 3, more: false }} byOwner />,
  'delete an app': <DeleteClientPage frame={frame} client={stored} reach={{ people: 2, grants: 3, more: false }} />,
  APIs: <ResourceServersPage frame={frame} servers={[server, { ...server, id: 'rs_2', tokenFormat: 'opaque' }]} done={hostile} />,
  'APIs, none yet': <ResourceServersPage frame={frame} servers={[]} />,
  API: <ResourceServerPage frame={frame} server={server} issuer={hostile} viewerId="u1" now={now} done={hostile} />,
  'API with the least': (
    <ResourceServerPage frame={frame} server={{ ...server, scopes: [], secrets: [], tokenFormat: 'opaque' }} issuer={hostile} viewerId="u1" now={now} />
  ),
  'API form': (
    <ResourceServerFormPage title={hostile} action={hostile} submit={hostile} once={hostile} {...{ frame, back }} form={serverForm} problems={problems} />
  ),
  'API form, to edit': <ResourceServerFormPage title="Edit" action="/x" submit="Save" version={3} {...{ frame, back }} form={serverForm} problems={[]} />,
  'API, made': <ResourceServerMadePage frame={frame} title={hostile} server={server} issuer={hostile} secret={hostile} />,
  'remove an API': <DeleteResourceServerPage frame={frame} server={server} />,
  'connected apps': <ConnectedAppsPage frame={frame} connections={[connection]} catalogue={catalogue} now={now} {...paging} />,
  'connected apps, none': <ConnectedAppsPage frame={frame} connections={[]} catalogue={[]} now={now} firstHref={null} nextHref={null} />,
  'connected apps, remembered': (
    <ConnectedAppsPage
      frame={frame}
      connections={[connection, { ...connection, client: { ...stored, id: `${stored.id}2` }, live: false }]}
      catalogue={catalogue}
      now={now}
      {...paging}
    />
  ),
  'disconnect, remembered': <DisconnectPage frame={frame} connection={{ ...connection, live: false }} />,
  'connected apps that describe themselves': (
    <ConnectedAppsPage
      frame={frame}
      connections={[
        { ...connection, client: described },
        { ...connection, client: { ...described, id: `${metadataUri}2` }, live: false },
      ]}
      catalogue={catalogue}
      now={now}
      {...paging}
    />
  ),
  disconnect: <DisconnectPage frame={frame} connection={connection} />,
  account: (
    <AccountPage
      frame={frame}
      done={hostile}
      cards={[
        <PersonCard key="person" person={user} />,
        <WaysCard
          key="ways"
          password
          linked={[identity, { ...identity, subject: 'other', name: null }]}
          linkable={[{ id: 'p', name: hostile }]}
          csrfToken={hostile}
        />,
        <BrowsersCard
          key="browsers"
          sessions={[session, { ...session, id: 's2', method: `provider:${hostile}`, from: null, browser: null }]}
          own
          path="/account/sessions"
          current="s1"
          now={now}
          csrfToken={hostile}
          firstHref={hostile}
          nextHref={hostile}
        />,
        <DeleteAccountCard key="delete" />,
      ]}
    />
  ),
  people: <PeoplePage frame={frame} people={[user, { ...user, id: 'u2', disabledAt: null }]} addHref="/admin/users/new" self="u3" {...paging} />,
  'a person': (
    <PersonPage
      frame={frame}
      user={user}
      done={hostile}
      browsers={
        <BrowsersCard
          sessions={[{ ...session, method: `token:${hostile}` }]}
          own={false}
          path={hostile}
          current="s9"
          now={now}
          csrfToken={hostile}
          firstHref={hostile}
          nextHref={hostile}
        />
      }
    />
  ),
  'change password': <ChangePasswordPage frame={frame} email={hostile} problems={[...problems, { field: 'current', message: hostile }]} />,
  'new person': <NewPersonPage frame={frame} form={{ email: hostile, username: hostile, admin: true }} problems={problems} />,
  'delete a person': <DeletePersonPage frame={frame} user={user} clients={[stored, { ...stored, id: 'c2' }]} more />,
  'delete a person without apps': <DeletePersonPage frame={frame} user={user} clients={[]} more={false} />,
  'delete your account': <DeleteAccountPage frame={frame} person={{ ...user, admin: false }} clients={[stored]} more={false} />,
  'delete your account, as an administrator': <DeleteAccountPage frame={frame} person={user} clients={[]} more={false} />,
  'disable a person': <DisablePersonPage frame={frame} user={user} />,
};

const field = { name: 'client_name', type: hostile, needed: true, description: hostile };
const operation = {
  id: 'createClient',
  method: 'POST',
  path: hostile,
  summary: hostile,
  description: hostile,
  scopes: [hostile],
  parameters: [field],
  body: [field],
  answer: { status: 201, name: 'Client' },
  example: hostile,
};
const reference = {
  address: hostile,
  documentAddress: hostile,
  scopes: catalogue,
  sections: [{ name: hostile, operations: [operation, { ...operation, id: 'deleteClient', body: [], answer: { status: 204, name: null } }] }],
  answers: [{ name: 'Client', description: hostile, fields: [field] }],
  problems: [{ kind: 'invalid-input', status: 422, title: hostile, remedy: hostile }],
};

const pages: Record<string, VNode> = {
  ...pagesForPeople,
  'start, signed out': <StartPage site={site} issuer="https://auth.example.com" signInHref="/sign-in" />,
  'start, signed in': (
    <StartPage
      site={{ ...site, host: hostile }}
      issuer={hostile}
      signInHref="/sign-in"
      viewer={viewer}
      nav={[{ href: hostile, text: hostile, current: true }]}
      links={[{ href: hostile, title: hostile, text: hostile }]}
    />
  ),
  'the API to read': <ApiPage site={site} {...reference} open={false} />,
  'the API to read, all of it open': <ApiPage site={site} {...reference} open />,
  'forgot password': <AskForLinkPage site={site} csrfToken={hostile} action={hostile} reason="reset" email={hostile} problems={problems} />,
  register: <AskForLinkPage site={site} csrfToken="csrf" action="/register" reason="register" email="" problems={[]} />,
  'choose a password': (
    <ChoosePasswordPage site={site} csrfToken={hostile} email={hostile} isNew={false} problems={[{ field: 'password', message: hostile }]} />
  ),
  'choose the first password': <ChoosePasswordPage site={site} csrfToken="csrf" email={hostile} isNew problems={[]} />,
  'sign in, with ways to an account': <SignInPage site={site} action="/sign-in" csrfToken="csrf" forgotHref={hostile} registerHref={hostile} />,
  'sign in': <SignInPage site={site} action="/sign-in" csrfToken="csrf" />,
  'sign in, in several ways': (
    <SignInPage
      site={site}
      action="/sign-in"
      csrfToken="csrf"
      providers={[{ name: hostile, action: hostile }]}
      elsewhere={[{ name: hostile, href: hostile }]}
    />
  ),
  'sign in, in one way only': <SignInPage site={site} action="/sign-in" csrfToken="csrf" passwords={false} providers={[{ name: hostile, action: hostile }]} />,
  'sign in, handed over': (
    <SignInPage site={site} action="/sign-in" csrfToken="csrf" passwords={false} handedOverBy={[hostile, hostile]} continueHref={hostile} />
  ),
  'sign in, once more': <SignInPage site={site} action="/sign-in?again=yes" csrfToken="csrf" again email={hostile} />,
  'sign in, after a mistake': <SignInPage site={site} action={hostile} csrfToken={hostile} client={client} email={hostile} error={hostile} />,
  'choose an account': (
    <ChooseAccountPage
      site={site}
      client={client}
      person={{ email: hostile }}
      expected={null}
      csrfToken={hostile}
      continueAction={hostile}
      switchAccountAction={hostile}
    />
  ),
  'choose an account, another is expected': (
    <ChooseAccountPage
      site={site}
      client={client}
      person={{ email: hostile }}
      expected={hostile}
      csrfToken={hostile}
      continueAction={hostile}
      switchAccountAction={hostile}
    />
  ),
  consent: <ConsentPage {...consentProps()} />,
  'consent for one that describes itself': <ConsentPage {...consentProps({ client: { ...client, id: metadataUri } })} />,
  'sign in, for one that describes itself': <SignInPage site={site} action="/sign-in" csrfToken="csrf" client={{ ...client, id: metadataUri }} />,
  'consent, everything hostile': (
    <ConsentPage
      {...consentProps({
        client,
        answered: { at: hostile, warning: hostile },
        resources: [hostile],
        person: { email: hostile },
        csrfToken: hostile,
        action: hostile,
      })}
      scopes={[
        { name: hostile, sentence: hostile },
        { name: `optional ${hostile}`, sentence: hostile, optional: true },
      ]}
      switchAccountAction={hostile}
      connectedAppsHref={hostile}
    />
  ),
  'consent for a device': <ConsentPage {...consentProps({ answered: { onDevice: 'BCDF-GHJK' } })} />,
  'the code of a device': <DevicePage site={site} action={hostile} csrfToken={hostile} userCode="" complete={false} />,
  'the code of a device, as its link brought it': <DevicePage site={site} action="/device" csrfToken="csrf" userCode="BCDF-GHJK" complete />,
  'the code of a device, mistyped': <DevicePage site={site} action="/device" csrfToken="csrf" userCode={hostile} complete={false} error={hostile} />,
  'the parts of forms and lists': (
    <Layout site={site} title={hostile} width="wide">
      <h1>{hostile}</h1>
      <Field name="name" label={hostile} value={hostile} hint={hostile} error={hostile} />
      <Field name="uris" label={hostile} value={hostile} rows={3} technical />
      <ChoiceField
        kind="checkbox"
        name="scopes"
        legend={hostile}
        choices={[]}
        folded={{ summary: hostile, hint: hostile, choices: [{ value: hostile, label: hostile, hint: hostile }] }}
        chosen={[hostile]}
      />
      <ChoiceField kind="radio" name="type" legend={hostile} choices={[{ value: hostile, label: hostile, hint: hostile }]} chosen={[hostile]} error={hostile} />
      <Copyable name="id" label={hostile} value={hostile} hint={hostile} />
      <DataTable
        caption={hostile}
        columns={[
          { heading: hostile, cell: (row) => row },
          { heading: 'State', cell: (row) => <Badge>{row}</Badge> },
        ]}
        rows={[hostile]}
        rowKey={(row) => row}
      />
      <EmptyState title={hostile} text={hostile} />
      <Pager firstHref={hostile} nextHref={hostile} />
    </Layout>
  ),
  ...Object.fromEntries(Object.entries(shown).map(([name, message]) => [`message ${name}`, <MessagePage key={name} site={site} message={message} />])),
};

/** Every view, as a name and its HTML; wherever a text can come from outside, it is hostile in one of them. */
export const everyPage: readonly (readonly [string, string])[] = Object.entries(pages).map(([name, view]) => [name, renderPage(view)] as const);
