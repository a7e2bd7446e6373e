import type { ResourceServer } from '../../../../domain/resources/resource-server.js';
import { Layout, type PersonFrame } from '../layout.js';
import { Address } from '../parts/address.js';
import { Button } from '../parts/button.js';
import { type Column, DataTable } from '../parts/data-table.js';
import { DoneNotice } from '../parts/done-notice.js';
import { EmptyState } from '../parts/empty-state.js';
import { Day } from '../parts/moment.js';
import { readableName } from '../readable-name.js';

export interface ResourceServersPageProps {
  readonly frame: PersonFrame;
  readonly servers: readonly ResourceServer[];
  readonly done?: string | undefined;
}

const formats = { opaque: 'Opaque', jwt: 'JWT', by_client: 'Either' } as const;

const columns: [Column<ResourceServer>, ...Column<ResourceServer>[]] = [
  {
    heading: 'API',
    cell: ({ id, name }) => (
      <a href={`/admin/resource-servers/${id}`}>
        <bdi>{readableName(name)}</bdi>
      </a>
    ),
  },
  { heading: 'Identifier', cell: ({ identifier }) => <Address of={identifier} kind="code" /> },
  { heading: 'Tokens', cell: ({ tokenFormat }) => formats[tokenFormat] },
  { heading: 'Registered', cell: ({ createdAt }) => <Day date={createdAt} /> },
];

/** Every registered resource server. They are few: no pages. */
export function ResourceServersPage({ frame, servers, done }: ResourceServersPageProps) {
  const add = (
    <Button kind="primary" href="/admin/resource-servers/new">
      New API
    </Button>
  );
  return (
    <Layout {...frame} title="APIs" width="wide">
      <div class="page-head with-action">
        <div>
          <h1>APIs</h1>
          <p class="lead">Those that take access tokens of this server, and may ask it about them.</p>
        </div>
        {servers.length > 0 && add}
      </div>
      <DoneNotice done={done} />
      {servers.length === 0 ? (
        <EmptyState title="No APIs yet" text="Register one to give it scopes of its own, and credentials with which it checks tokens.">
          {add}
        </EmptyState>
      ) : (
        <div class="card">
          <DataTable caption="APIs" columns={columns} rows={servers} rowKey={({ id }) => id} />
        </div>
      )}
    </Layout>
  );
}
