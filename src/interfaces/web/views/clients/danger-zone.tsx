import type { Client } from '../../../../domain/clients/client.js';
import { introducesItself } from '../../../../domain/clients/introduction.js';
import { clientPath } from '../../../client-path.js';
import { Button } from '../parts/button.js';
import { PostForm } from '../parts/post-form.js';

export interface DangerZoneProps {
  readonly client: Pick<Client, 'id' | 'disabledAt'>;
  readonly csrfToken: string;
  /** An administrator disabled it, and who looks is none. */
  readonly heldByHouse?: boolean | undefined;
}

/** How a client is stopped for a while, or ended. */
export function DangerZone({ client: { id, disabledAt }, csrfToken, heldByHouse }: DangerZoneProps) {
  const byItself = introducesItself(id);
  const path = clientPath(id);
  const [first, verb] = disabledAt ? (['Enable', 'enable'] as const) : (['Disable', 'disable'] as const);
  return (
    <section class="card danger-zone" aria-labelledby="danger">
      <h2 id="danger">{byItself ? `${first}, or end its access` : `${first}, end or delete`}</h2>
      <p>
        {heldByHouse && 'An administrator disabled this app; ask them to enable it.'}
        {!heldByHouse && (disabledAt ? 'Enabling lets it work again.' : 'Disabling stops it at once and can be undone.')} Ending all access takes back
        everything that it was given until now; the app stays.{' '}
        {byItself ? 'It cannot be deleted: it would be back with the next person who allows it.' : 'Deleting ends everything for good.'}
      </p>
      <div class="actions">
        {!heldByHouse && (
          <PostForm action={`${path}/${verb}`} csrfToken={csrfToken}>
            <Button>{first}</Button>
          </PostForm>
        )}
        <Button kind="danger" href={`${path}/end-access`}>
          End all access …
        </Button>
        {!byItself && (
          <Button kind="danger" href={`${path}/delete`}>
            Delete …
          </Button>
        )}
      </div>
    </section>
  );
}
