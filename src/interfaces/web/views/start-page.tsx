import { type Endpoint, endpoints } from './endpoints.js';
import { Layout, type NavLink, type Site, type Viewer } from './layout.js';
import { Address } from './parts/address.js';
import { Button } from './parts/button.js';
import { Copyable } from './parts/copyable.js';
import { type Column, DataTable } from './parts/data-table.js';
import { LinkList, type PageLink } from './parts/link-list.js';

export interface StartPageProps {
  readonly site: Site;
  readonly issuer: string;
  readonly signInHref: string;
  readonly viewer?: Viewer | undefined;
  readonly nav?: readonly NavLink[] | undefined;
  /** Where a signed-in person can go; none yet shows none. */
  readonly links?: readonly PageLink[] | undefined;
}

const columns: [Column<Endpoint>, ...Column<Endpoint>[]] = [
  { heading: 'Endpoint', cell: ({ method, path }) => <Place method={method} path={path} /> },
  { heading: 'What it does', cell: ({ purpose }) => purpose, selfEvident: true },
  { heading: 'Standard', cell: ({ specification }) => <span class="muted nowrap">{specification}</span>, selfEvident: true },
];

/** `/`: what runs here, what a person can do, and where a developer starts. */
export function StartPage({ site, issuer, signInHref, viewer, nav, links = [] }: StartPageProps) {
  return (
    <Layout site={site} title={site.host} width="wide" viewer={viewer} nav={nav} copying>
      <div class="page-head">
        <h1>
          You decide which apps act for you at <Address of={site.host} />
        </h1>
        <p class="lead">
          This is an OAuth 2.1 authorization server. An app that wants to act for you sends you here: you sign in, read what it asks for, and allow or deny it.
          The app never sees your password.
        </p>
        {!viewer && (
          <Button kind="primary" href={signInHref}>
            Sign in
          </Button>
        )}
      </div>
      {viewer && (
        <section class="card" aria-labelledby="you">
          <h2 id="you">
            Signed in as <Address of={viewer.email} />
          </h2>
          {links.length > 0 ? <LinkList links={links} /> : <p>There is nothing to do here right now: start from the app you want to connect.</p>}
        </section>
      )}
      <section class="card" aria-labelledby="developers">
        <h2 id="developers">For developers</h2>
        <p>
          Most client libraries need only the issuer: they read everything else from the <a href="/.well-known/oauth-authorization-server">server’s metadata</a>
          . What people do on these pages, programs do through the <a href="/api">API</a>.
        </p>
        <Copyable name="issuer" label="Issuer" value={issuer} />
        <DataTable caption="Endpoints of this server" columns={columns} rows={endpoints} rowKey={({ path }) => path} />
      </section>
    </Layout>
  );
}

function Place({ method, path }: { method: string; path: string }) {
  return (
    <code class="address">
      <span class="muted">{method}</span> <Address of={path} />
    </code>
  );
}
