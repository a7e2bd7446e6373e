import type { User } from '../../../../domain/people/user.js';
import { Layout, type PersonFrame } from '../layout.js';
import { Address } from '../parts/address.js';
import { Badge } from '../parts/badge.js';
import { Button } from '../parts/button.js';
import { type Column, DataTable } from '../parts/data-table.js';
import { DoneNotice } from '../parts/done-notice.js';
import { EmptyState } from '../parts/empty-state.js';
import { Day } from '../parts/moment.js';
import { Pager } from '../parts/pager.js';
import { PostForm } from '../parts/post-form.js';
import { readableText } from '../readable-text.js';

export interface PeoplePageProps {
  readonly frame: PersonFrame;
  readonly people: readonly User[];
  /** The id of the administrator who looks. */
  readonly self: string;
  /** Where to add somebody; `null` where people sign in elsewhere only. */
  readonly addHref: string | null;
  readonly firstHref: string | null;
  readonly nextHref: string | null;
  readonly done?: string | undefined;
}

/** Who can sign in, for administrators. */
export function PeoplePage({ frame, people, self, addHref, firstHref, nextHref, done }: PeoplePageProps) {
  const columns: [Column<User>, ...Column<User>[]] = [
    { heading: 'Person', cell: (user) => <Person user={user} /> },
    { heading: 'User name', cell: ({ username }) => <bdi>{readableText(username)}</bdi> },
    { heading: 'Added', cell: ({ createdAt }) => <Day date={createdAt} /> },
    {
      heading: 'What to do',
      selfEvident: true,
      cell: (user) => (user.id === self ? <span class="muted">You</span> : <Switch user={user} csrfToken={frame.csrfToken} />),
    },
  ];
  return (
    <Layout {...frame} title="People" width="wide">
      <div class="page-head with-action">
        <div>
          <h1>People</h1>
          <p class="lead">Everybody who can sign in here.</p>
        </div>
        {addHref !== null && (
          <Button kind="primary" href={addHref}>
            Add a person
          </Button>
        )}
      </div>
      <DoneNotice done={done} />
      {people.length === 0 ? (
        <EmptyState title="There are no more" text="The list ends before this page." />
      ) : (
        <div class="card">
          <DataTable caption="People" columns={columns} rows={people} rowKey={({ id }) => id} />
        </div>
      )}
      <Pager firstHref={firstHref} nextHref={nextHref} />
    </Layout>
  );
}

function Person({ user: { id, email, admin, disabledAt } }: { user: User }) {
  return (
    <>
      <a href={`/admin/users/${id}`}>
        <Address of={email} />
      </a>{' '}
      {admin && <Badge tone="success">Administrator</Badge>} {disabledAt && <Badge tone="warning">Disabled</Badge>}
    </>
  );
}

function Switch({ user: { id, email, disabledAt }, csrfToken }: { user: User; csrfToken: string }) {
  const who = <span class="visually-hidden"> {email}</span>;
  return (
    <div class="actions">
      {disabledAt ? (
        <PostForm action={`/admin/users/${id}/enable`} csrfToken={csrfToken}>
          <Button>Enable{who}</Button>
        </PostForm>
      ) : (
        <Button href={`/admin/users/${id}/disable`}>Disable{who}</Button>
      )}
      <Button href={`/admin/users/${id}/delete`}>Delete{who}</Button>
    </div>
  );
}
