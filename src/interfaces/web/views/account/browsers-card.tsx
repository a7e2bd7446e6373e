import type { Session } from '../../../../domain/people/session.js';
import { Badge } from '../parts/badge.js';
import { Button } from '../parts/button.js';
import { type Column, DataTable } from '../parts/data-table.js';
import { Ago, Day } from '../parts/moment.js';
import { Pager } from '../parts/pager.js';
import { PostForm } from '../parts/post-form.js';
import { readableText } from '../readable-text.js';
import { methodWords } from './method-words.js';

export interface BrowsersCardProps {
  readonly sessions: readonly Session[];
  /** Whether it is their own that the person looks at, or that of somebody else whom they look after. */
  readonly own: boolean;
  /** Below it the sessions are ended. */
  readonly path: string;
  /** The id of the session in which the person looks. */
  readonly current: string;
  readonly now: Date;
  readonly csrfToken: string;
  readonly firstHref: string | null;
  readonly nextHref: string | null;
}

/** Where a person is signed in, and the way to sign them out there. */
export function BrowsersCard({ sessions, own, path, current, now, csrfToken, firstHref, nextHref }: BrowsersCardProps) {
  const columns: [Column<Session>, ...Column<Session>[]] = [
    { heading: 'Browser', cell: (session) => <Browser session={session} current={session.id === current} /> },
    { heading: 'Last here', cell: ({ id, lastSeenAt }) => (id === current ? 'now' : <Ago date={lastSeenAt} now={now} />) },
    { heading: 'Signed in', cell: (session) => <SignedIn session={session} own={own} /> },
    {
      heading: 'What to do',
      selfEvident: true,
      cell: (session) => session.id !== current && <End session={session} path={path} csrfToken={csrfToken} />,
    },
  ];
  const heading = own ? 'Where you are signed in' : 'Where they are signed in';
  const others = sessions.some(({ id }) => id !== current) || firstHref !== null || nextHref !== null;
  return (
    <section class="card" aria-labelledby="browsers">
      <div class="card-head">
        <h2 id="browsers">{heading}</h2>
        {others && (
          <PostForm action={`${path}/end-others`} csrfToken={csrfToken}>
            <Button>{own ? 'Sign out everywhere else' : 'Sign them out everywhere'}</Button>
          </PostForm>
        )}
      </div>
      {own && others && <p class="hint">If you do not know one of them, sign it out and change your password.</p>}
      {sessions.length === 0 ? <p>Nowhere at the moment.</p> : <DataTable caption={heading} columns={columns} rows={sessions} rowKey={({ id }) => id} />}
      <Pager firstHref={firstHref} nextHref={nextHref} />
    </section>
  );
}

function Browser({ session: { browser, from }, current }: { session: Session; current: boolean }) {
  return (
    <>
      {nameOf(browser)} {current && <Badge tone="success">This browser</Badge>}
      {from && (
        <span class="hint">
          from <bdi>{readableText(from)}</bdi>
        </span>
      )}
    </>
  );
}

function SignedIn({ session: { createdAt, method }, own }: { session: Session; own: boolean }) {
  return (
    <>
      <Day date={createdAt} />
      <span class="hint">{methodWords(method, own)}</span>
    </>
  );
}

function End({ session: { id, browser }, path, csrfToken }: { session: Session; path: string; csrfToken: string }) {
  return (
    <PostForm action={`${path}/${id}/end`} csrfToken={csrfToken}>
      <Button>
        Sign out<span class="visually-hidden"> {nameOf(browser)}</span>
      </Button>
    </PostForm>
  );
}

function nameOf(browser: string | null): string {
  return browser === null ? 'An unknown browser' : readableText(browser);
}
