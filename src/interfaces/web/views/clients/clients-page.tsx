import type { Client } from '../../../../domain/clients/client.js';
import { introducesItself } from '../../../../domain/clients/introduction.js';
import { isMetadataUri } from '../../../../domain/clients/metadata-uri.js';
import { clientPath } from '../../../client-path.js';
import { Layout, type PersonFrame } from '../layout.js';
import { Address } from '../parts/address.js';
import { Badge } from '../parts/badge.js';
import { Button } from '../parts/button.js';
import { ClientMark } from '../parts/client-mark.js';
import { type Column, DataTable } from '../parts/data-table.js';
import { DoneNotice } from '../parts/done-notice.js';
import { EmptyState } from '../parts/empty-state.js';
import { Introduction } from '../parts/introduction.js';
import { Day } from '../parts/moment.js';
import { Pager } from '../parts/pager.js';
import { readableName } from '../readable-name.js';
import { clientWords } from './client-words.js';

export interface ClientsPageProps {
  readonly frame: PersonFrame;
  readonly clients: readonly Client[];
  readonly firstHref: string | null;
  readonly nextHref: string | null;
  readonly done?: string | undefined;
  /** Everybody's, for an administrator: by each owner's id, how to call them. */
  readonly owners?: ReadonlyMap<string, string> | undefined;
}

/** The clients that a person made, or all of them. */
export function ClientsPage({ frame, clients, firstHref, nextHref, done, owners }: ClientsPageProps) {
  const title = owners ? 'All apps' : 'Your apps';
  return (
    <Layout {...frame} title={title} width="wide">
      <div class="page-head with-action">
        <div>
          <h1>{title}</h1>
          <p class="lead">
            {owners
              ? 'Every app that is registered here, whoever made it, and every one that introduced itself and was allowed by somebody.'
              : 'Apps that you registered here, so that people can allow them to act for them.'}
          </p>
        </div>
        {clients.length > 0 && (
          <Button kind="primary" href="/clients/new">
            New app
          </Button>
        )}
      </div>
      <DoneNotice done={done} />
      {clients.length === 0 ? <None first={firstHref === null} /> : <Table clients={clients} caption={title} owners={owners} />}
      <Pager firstHref={firstHref} nextHref={nextHref} />
    </Layout>
  );
}

function None({ first }: { first: boolean }) {
  if (!first) return <EmptyState title="There are no more" text="The list ends before this page." />;
  return (
    <EmptyState title="No apps yet" text="Register one to get a client id for Zapier, ChatGPT, Claude, or an app of your own.">
      <Button kind="primary" href="/clients/new">
        New app
      </Button>
    </EmptyState>
  );
}

function Table({ clients, caption, owners }: Pick<ClientsPageProps, 'clients' | 'owners'> & { caption: string }) {
  const columns: [Column<Client>, ...Column<Client>[]] = [
    { heading: 'App', cell: (client) => <Name client={client} /> },
    { heading: 'Client id', cell: ({ id }) => <ClientId id={id} /> },
    ...(owners
      ? [
          {
            heading: 'Belongs to',
            cell: ({ ownerId }: Client) => <Address of={ownerId === null ? 'nobody' : (owners.get(ownerId) ?? 'a person who is gone')} />,
          },
        ]
      : []),
    { heading: 'Created', cell: ({ createdAt }) => <Day date={createdAt} /> },
  ];
  return (
    <div class="card">
      <DataTable caption={caption} columns={columns} rows={clients} rowKey={({ id }) => id} />
    </div>
  );
}

function ClientId({ id }: { id: string }) {
  return isMetadataUri(id) ? <Address of={id} kind="code" /> : <code class="client-id">{id}</code>;
}

function Name({ client: { id, name, logoUri, type, disabledAt } }: { client: Client }) {
  return (
    <span class="row-name">
      <ClientMark name={name} logoUri={logoUri} />
      <span>
        <a href={clientPath(id)}>
          <bdi>{readableName(name)}</bdi>
        </a>{' '}
        {disabledAt ? <Badge tone="warning">Disabled</Badge> : !introducesItself(id) && type === 'public' && <Badge>{clientWords.type.public}</Badge>}
        <Introduction id={id} />
      </span>
    </span>
  );
}
