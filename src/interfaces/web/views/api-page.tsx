import { Layout, type Site } from './layout.js';
import { Address } from './parts/address.js';
import { Button } from './parts/button.js';
import { DataTable } from './parts/data-table.js';
import { Entry } from './parts/entry.js';
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
  /** Everything stands open: to be printed, or searched by a browser that does not look into what is closed. */
  readonly open: boolean;
}

/** The API to read: every operation with its fields, scopes and an example; every answer and every problem. */
export function ApiPage({ site, address, documentAddress, scopes, sections, answers, problems, open }: ApiPageProps) {
  return (
    <Layout site={site} title="API" width="wide">
      <div class="page-head">
        <h1>API</h1>
        <p class="lead">What the pages for apps and people do, for programs: JSON in, JSON out.</p>
        <p>Each operation and each answer is a line that opens.</p>
        <Button href={open ? '/api' : '/api?open=all'}>{open ? 'Close all' : 'Open all'}</Button>
      </div>
      <Basics address={address} documentAddress={documentAddress} scopes={scopes} />
      {sections.map(({ name, operations }) => (
        <section class="card entries" key={name}>
          <h2>{name}</h2>
          {operations.map((operation) => (
            <Operation operation={operation} open={open} key={operation.id} />
          ))}
        </section>
      ))}
      <section class="card entries">
        <h2>Answers</h2>
        {answers.map(({ name, description, fields }) => (
          <Entry id={`schema-${name}`} open={open} head={<h3>{name}</h3>} key={name}>
            {description !== '' && <Prose text={description} />}
            <Fields caption={`Members of ${name}`} fields={fields} />
          </Entry>
        ))}
      </section>
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
        Every address is below{' '}
        <Address of={address} kind="code">
          .
        </Address>{' '}
        The same in OpenAPI 3.1:{' '}
        <a href={documentAddress}>
          <Address of={documentAddress} />
        </a>
      </p>
      <p>
        Send an access token of this server in the Authorization header. A token acts for its person, on what is theirs; as an administrator only with the scope{' '}
        <code>admin</code> as well. An app that belongs to nobody and has that scope acts for the house by itself. A token that was asked for with a{' '}
        <code>resource</code> must name{' '}
        <Address of={address} kind="code">
          .
        </Address>
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

function Operation({ operation, open }: { operation: ApiOperation; open: boolean }) {
  const { id, method, path, summary, description, scopes, parameters, body, answer, example } = operation;
  const head = (
    <>
      <h3>{summary}</h3>{' '}
      <code>
        {method} <Address of={path} />
      </code>
    </>
  );
  return (
    <Entry {...{ id, open, head }}>
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
      {parameters.length > 0 && <h4>Parameters</h4>}
      {parameters.length > 0 && <Fields caption={`Parameters: ${summary}`} fields={parameters} />}
      {body.length > 0 && <h4>Body</h4>}
      {body.length > 0 && <Fields caption={`Body: ${summary}`} fields={body} />}
      <pre class="example">
        <code>{example}</code>
      </pre>
      <p class="way-on">
        <a href={`#${id}`}>Link to this operation</a>
      </p>
    </Entry>
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
