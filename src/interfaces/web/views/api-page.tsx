import { Layout, type Site } from './layout.js';
import { DataTable } from './parts/data-table.js';
import { Prose } from './parts/prose.js';

/** A field of a body or an answer, or a parameter. */
export interface ApiField {
  readonly name: string;
  readonly type: string;
  readonly needed: boolean;
  readonly description: string;
}

export interface ApiOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly scopes: readonly string[];
  readonly parameters: readonly ApiField[];
  /** What is sent; empty when nothing is. */
  readonly body: readonly ApiField[];
  readonly answer: { readonly status: number; readonly name: string | null };
  /** A command to paste into a shell. */
  readonly example: string;
}

export interface ApiPageProps {
  readonly site: Site;
  readonly address: string;
  readonly documentAddress: string;
  readonly scopes: readonly { readonly name: string; readonly sentence: string }[];
  readonly sections: readonly { readonly name: string; readonly operations: readonly ApiOperation[] }[];
  readonly answers: readonly { readonly name: string; readonly description: string; readonly fields: readonly ApiField[] }[];
  readonly problems: readonly { readonly kind: string; readonly status: number; readonly title: string; readonly remedy: string }[];
}

/** The API to read: every operation with its fields, scopes and an example; every answer and every problem. */
export function ApiPage({ site, address, documentAddress, scopes, sections, answers, problems }: ApiPageProps) {
  return (
    <Layout site={site} title="API" width="wide">
      <div class="page-head">
        <h1>API</h1>
        <p class="lead">What the pages for apps and people do, for programs: JSON in, JSON out.</p>
      </div>
      <Basics address={address} documentAddress={documentAddress} scopes={scopes} />
      <nav class="card" aria-label="Operations">
        <h2>Operations</h2>
        <DataTable
          caption="Every operation"
          columns={[
            { heading: 'Operation', cell: ({ id, summary }) => <a href={`#${id}`}>{summary}</a> },
            { heading: 'Request', cell: ({ method, path }) => <code>{`${method} ${path}`}</code> },
          ]}
          rows={sections.flatMap((section) => section.operations)}
          rowKey={({ id }) => id}
        />
      </nav>
      {sections
        .flatMap((section) => section.operations)
        .map((operation) => (
          <OperationCard operation={operation} key={operation.id} />
        ))}
      {answers.map(({ name, description, fields }) => (
        <section class="card" id={`schema-${name}`} key={name}>
          <h2>{name}</h2>
          {description !== '' && <Prose text={description} />}
          <Fields caption={`Members of ${name}`} fields={fields} />
        </section>
      ))}
      <section class="card" id="problems">
        <h2>Problems</h2>
        <p>
          What fails is answered as <code>application/problem+json</code> (RFC 9457). <code>type</code> is the address of one of these sections;{' '}
          <code>errors</code> names what is wrong, each with a JSON pointer into the body or the name of a parameter.
        </p>
        {problems.map(({ kind, status, title, remedy }) => (
          <div id={`problem-${kind}`} key={kind}>
            <h3>
              {title} <span class="badge">{status}</span> <code>{kind}</code>
            </h3>
            <Prose text={remedy} />
          </div>
        ))}
      </section>
    </Layout>
  );
}

function Basics({ address, documentAddress, scopes }: Pick<ApiPageProps, 'address' | 'documentAddress' | 'scopes'>) {
  return (
    <section class="card" id="basics">
      <h2>Before the first request</h2>
      <p>
        Every address is below <code>{address}</code>. The same in OpenAPI 3.1: <a href={documentAddress}>{documentAddress}</a>.
      </p>
      <p>
        Send an access token of this server in the Authorization header. A token acts for its person, on what is theirs; as an administrator only with the scope{' '}
        <code>admin</code> as well. An app that belongs to nobody and has that scope acts for the house by itself. A token that was asked for with a{' '}
        <code>resource</code> must name <code>{address}</code>.
      </p>
      <DataTable
        caption="Scopes"
        columns={[
          { heading: 'Scope', cell: ({ name }) => <code>{name}</code> },
          { heading: 'What it lets an app do', cell: ({ sentence }) => sentence, selfEvident: true },
        ]}
        rows={scopes}
        rowKey={({ name }) => name}
      />
      <p>
        Lists come in pages: give <code>next_cursor</code> back as <code>cursor</code> until it is <code>null</code>, or follow the <code>Link</code> header.
        Moments are ISO 8601. A POST that makes something may carry an <code>Idempotency-Key</code>: sent again with the same body within 24 hours it gets the
        same answer, and nothing is made twice.
      </p>
    </section>
  );
}

function OperationCard({ operation }: { operation: ApiOperation }) {
  const { id, method, path, summary, description, scopes, parameters, body, answer, example } = operation;
  return (
    <section class="card api-operation" id={id}>
      <h2>{summary}</h2>
      <p>
        <code>{`${method} ${path}`}</code>
      </p>
      {description !== '' && <Prose text={description} />}
      <p>
        Needs{' '}
        {scopes.map((scope, index) => (
          <>
            {index > 0 && ' and '}
            <code>{scope}</code>
          </>
        ))}
        . Answers {answer.status}
        {answer.name === null ? (
          ', without a body.'
        ) : (
          <>
            {' '}
            with <a href={`#schema-${answer.name}`}>{answer.name}</a>.
          </>
        )}
      </p>
      {parameters.length > 0 && <h3>Parameters</h3>}
      {parameters.length > 0 && <Fields caption={`Parameters: ${summary}`} fields={parameters} />}
      {body.length > 0 && <h3>Body</h3>}
      {body.length > 0 && <Fields caption={`Body: ${summary}`} fields={body} />}
      <pre class="example">
        <code>{example}</code>
      </pre>
    </section>
  );
}

function Fields({ caption, fields }: { caption: string; fields: readonly ApiField[] }) {
  return (
    <DataTable
      caption={caption}
      columns={[
        {
          heading: 'Name',
          cell: ({ name, needed }) => (
            <>
              <code>{name}</code>
              {needed && <span class="hint">needed</span>}
            </>
          ),
        },
        { heading: 'Type', cell: ({ type }) => type },
        { heading: 'Meaning', cell: ({ description }) => <Prose text={description} />, selfEvident: true },
      ]}
      rows={fields}
      rowKey={({ name }) => name}
    />
  );
}
