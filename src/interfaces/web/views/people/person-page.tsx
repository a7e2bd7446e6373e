import type { VNode } from 'preact';
import type { User } from '../../../../domain/people/user.js';
import { Layout, type PersonFrame } from '../layout.js';
import { Address } from '../parts/address.js';
import { BackLink } from '../parts/back-link.js';
import { DoneNotice } from '../parts/done-notice.js';
import { FactList } from '../parts/fact-list.js';
import { Day } from '../parts/moment.js';
import { readableText } from '../readable-text.js';

export interface PersonPageProps {
  readonly frame: PersonFrame;
  readonly user: User;
  /** Where they are signed in. */
  readonly browsers: VNode;
  readonly done?: string | undefined;
}

/** One person, for administrators. */
export function PersonPage({ frame, user: { email, username, admin, createdAt, disabledAt }, browsers, done }: PersonPageProps) {
  return (
    <Layout {...frame} title={email} width="wide">
      <div class="page-head">
        <BackLink href="/admin/users">People</BackLink>
        <h1>
          <Address of={email} />
        </h1>
      </div>
      <DoneNotice done={done} />
      <section class="card" aria-labelledby="who">
        <h2 id="who">Who they are</h2>
        <FactList
          roomy
          facts={[
            { term: 'User name', value: <bdi>{readableText(username)}</bdi> },
            { term: 'Here since', value: <Day date={createdAt} /> },
            ...(admin ? [{ term: 'Rights', value: 'Administrator' }] : []),
            ...(disabledAt ? [{ term: 'Disabled since', value: <Day date={disabledAt} /> }] : []),
          ]}
        />
      </section>
      {browsers}
    </Layout>
  );
}
