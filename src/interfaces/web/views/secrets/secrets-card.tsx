import { Button } from '../parts/button.js';
import { Notice } from '../parts/notice.js';
import type { SecretHolder } from './secret-holder.js';
import { SecretTable } from './secret-table.js';

export interface SecretsCardProps {
  readonly title: string;
  readonly holder: SecretHolder;
  readonly viewerId: string;
  readonly now: Date;
}

/** The secrets of an app or an API, and how one takes the place of another. */
export function SecretsCard({ title, holder, viewerId, now }: SecretsCardProps) {
  return (
    <section class="card" aria-labelledby="secrets">
      <div class="card-head">
        <h2 id="secrets">{title}</h2>
        <Button href={`${holder.href}/secrets/new`}>Add a secret</Button>
      </div>
      <p class="hint">
        To change a secret without a pause, add the new one, put it to use, and remove the old one when “last used” shows that nobody needs it any more.
      </p>
      {holder.secrets.length > 0 ? (
        <SecretTable caption={title} holder={holder} viewerId={viewerId} now={now} />
      ) : (
        <Notice tone="warning">
          <p>There is no secret, so {holder.without}.</p>
        </Notice>
      )}
    </section>
  );
}
