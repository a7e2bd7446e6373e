import type { User } from '../../../../domain/people/user.js';
import { Address } from '../parts/address.js';
import { FactList } from '../parts/fact-list.js';
import { Day } from '../parts/moment.js';
import { readableText } from '../readable-text.js';

/** Who a person is here. */
export function PersonCard({ person: { email, username, admin, createdAt } }: { person: User }) {
  return (
    <section class="card" aria-labelledby="who">
      <h2 id="who">Who you are</h2>
      <FactList
        roomy
        facts={[
          { term: 'E-mail address', value: <Address of={email} /> },
          { term: 'User name', value: <bdi>{readableText(username)}</bdi> },
          { term: 'Here since', value: <Day date={createdAt} /> },
          ...(admin ? [{ term: 'Rights', value: 'Administrator: you see and change every app and every person' }] : []),
        ]}
      />
    </section>
  );
}
