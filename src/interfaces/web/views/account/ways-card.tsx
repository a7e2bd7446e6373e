import type { ComponentChildren } from 'preact';
import type { LinkedWay, Ways } from '../../../../application/identities/list-ways.js';
import { Address } from '../parts/address.js';
import { Button } from '../parts/button.js';
import { type Column, DataTable } from '../parts/data-table.js';
import { Day } from '../parts/moment.js';
import { PostForm } from '../parts/post-form.js';
import { readableText } from '../readable-text.js';

export interface WaysCardProps extends Ways {
  /** Providers that are not linked yet. */
  readonly linkable: readonly { readonly id: string; readonly name: string }[];
  readonly csrfToken: string;
}

interface Row {
  readonly key: string;
  readonly way: ComponentChildren;
  readonly since: ComponentChildren;
  readonly unlink: ComponentChildren;
}

/** How a person can sign in, and the way to add one or take one away. */
export function WaysCard({ password, linked, linkable, csrfToken }: WaysCardProps) {
  const working = linked.filter(({ name }) => name !== null).length + (password ? 1 : 0);
  const rows: Row[] = [
    ...(password ? [{ key: 'password', way: 'E-mail address and password', since: 'kept here', unlink: '' }] : []),
    ...linked.map((way) => ({
      key: JSON.stringify([way.issuer, way.subject]),
      way: <Way way={way} />,
      since: <Day date={way.linkedAt} />,
      // What works no more can go whenever another way does.
      unlink: working > (way.name === null ? 0 : 1) && <Unlink way={way} csrfToken={csrfToken} />,
    })),
  ];
  const columns: [Column<Row>, ...Column<Row>[]] = [
    { heading: 'Way', cell: ({ way }) => way },
    { heading: 'Linked', cell: ({ since }) => since },
    { heading: 'What to do', selfEvident: true, cell: ({ unlink }) => unlink },
  ];
  return (
    <section class="card" aria-labelledby="ways">
      <h2 id="ways">Ways to sign in</h2>
      {linkable.length > 0 && <p>Link another one, and sign in with whichever is at hand. You come to this account with each.</p>}
      {rows.length > 0 && <DataTable caption="Ways to sign in" columns={columns} rows={rows} rowKey={({ key }) => key} />}
      {working === 1 && <p class="hint">This is the only way you can sign in, so it cannot be taken away.</p>}
      {linkable.length > 0 && (
        <div class="actions">
          {linkable.map(({ id, name }) => (
            <PostForm key={id} action={`/account/ways/link/${id}`} csrfToken={csrfToken}>
              <Button>
                <span>
                  Link <bdi>{name}</bdi>
                </span>
              </Button>
            </PostForm>
          ))}
        </div>
      )}
    </section>
  );
}

function Way({ way: { name, issuer, email } }: { way: LinkedWay }) {
  return (
    <>
      <bdi>{readableText(name ?? issuer)}</bdi>
      {name === null && <span class="hint">not in use here any more</span>}
      {email !== null && (
        <span class="hint">
          <Address of={readableText(email)} />
        </span>
      )}
    </>
  );
}

function Unlink({ way: { issuer, subject, name }, csrfToken }: { way: LinkedWay; csrfToken: string }) {
  return (
    <PostForm action="/account/ways/unlink" csrfToken={csrfToken}>
      <input type="hidden" name="issuer" value={issuer} />
      <input type="hidden" name="subject" value={subject} />
      <Button>
        Unlink<span class="visually-hidden"> {readableText(name ?? issuer)}</span>
      </Button>
    </PostForm>
  );
}
