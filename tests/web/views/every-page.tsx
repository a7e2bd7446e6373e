import type { VNode } from 'preact';
import { renderPage } from '../../../src/interfaces/web/render.js';
import { ConsentPage, type ConsentPageProps } from '../../../src/interfaces/web/views/consent-page.js';
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
import { SignInPage } from '../../../src/interfaces/web/views/sign-in-page.js';
import { StartPage } from '../../../src/interfaces/web/views/start-page.js';

/** A text that tries to leave wherever it is put. */
export const hostile = '</title></textarea>"\'><script>alert(1)</script><img src=x onerror=alert(1)> style=x &lt;b&gt;';

export const site = { host: 'auth.example.com', assetVersion: 'v1' };

export function consentProps(changes: Partial<ConsentPageProps> = {}): ConsentPageProps {
  return {
    site,
    client: { name: 'Zapier', homepageUri: 'https://zapier.com' },
    redirectTarget: 'zapier.com',
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
const client = { name: hostile, homepageUri: `https://example.com/?${hostile}`, logoUri: `https://example.com/${hostile}`, description: hostile };
const shown = {
  untrustedRequest: messages.untrustedRequest({ code: hostile, description: hostile }),
  alreadyAnswered: messages.alreadyAnswered(client),
  requestExpired: messages.requestExpired(client),
  formTooOld: messages.formTooOld(hostile),
  signedOut: messages.signedOut('/sign-in'),
  badRequest: messages.badRequest(hostile),
  notFound: messages.notFound(),
  methodNotAllowed: messages.methodNotAllowed(),
  tooManyAttempts: messages.tooManyAttempts('/sign-in', 5),
  somethingBroke: messages.somethingBroke(hostile),
  storageAway: messages.storageAway(),
} satisfies Record<keyof typeof messages, unknown>;

const pages: Record<string, VNode> = {
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
  'sign in': <SignInPage site={site} action="/sign-in" csrfToken="csrf" />,
  'sign in, after a mistake': <SignInPage site={site} action={hostile} csrfToken={hostile} clientName={hostile} email={hostile} error={hostile} />,
  consent: <ConsentPage {...consentProps()} />,
  'consent, everything hostile': (
    <ConsentPage
      {...consentProps({ client, redirectTarget: hostile, resources: [hostile], person: { email: hostile }, csrfToken: hostile, action: hostile })}
      scopes={[
        { name: hostile, sentence: hostile },
        { name: `optional ${hostile}`, sentence: hostile, optional: true },
      ]}
      switchAccountAction={hostile}
      connectedAppsHref={hostile}
      warning={hostile}
    />
  ),
  'the parts of forms and lists': (
    <Layout site={site} title={hostile} width="wide">
      <h1>{hostile}</h1>
      <Field name="name" label={hostile} value={hostile} hint={hostile} error={hostile} />
      <Field name="uris" label={hostile} value={hostile} rows={3} technical />
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
