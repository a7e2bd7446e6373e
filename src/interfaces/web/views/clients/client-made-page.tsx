import type { Preset } from '../../../../application/clients/preset.js';
import type { FilledLine } from '../../../../application/clients/recipe-for-client.js';
import type { Client } from '../../../../domain/clients/client.js';
import { Layout, type PersonFrame } from '../layout.js';
import { Button } from '../parts/button.js';
import { Copyable } from '../parts/copyable.js';
import { Notice } from '../parts/notice.js';
import { readableName } from '../readable-name.js';
import { RecipeCard } from './recipe-card.js';

export interface ClientMadePageProps {
  readonly frame: PersonFrame;
  readonly title: string;
  readonly client: Pick<Client, 'id' | 'name'>;
  /** In full, this once. */
  readonly secret: string | null;
  readonly preset: Preset | null;
  readonly lines: readonly FilledLine[];
}

/** The answer to the form that made a client or a secret: the only page that ever shows a secret. */
export function ClientMadePage({ frame, title, client, secret, preset, lines }: ClientMadePageProps) {
  return (
    <Layout {...frame} title={title} width="wide" copying>
      <div class="page-head">
        <h1>{title}</h1>
        <p class="lead">
          <bdi>{readableName(client.name)}</bdi> can now be connected.
        </p>
      </div>
      {secret !== null && (
        <Notice tone="warning">
          <p>
            <strong>Copy the secret now.</strong> It is shown this once and cannot be read again.
          </p>
        </Notice>
      )}
      {preset ? <RecipeCard recipe={preset.recipe} lines={lines} /> : <Credentials id={client.id} secret={secret} />}
      <div class="actions">
        <Button kind={secret === null ? 'primary' : 'secondary'} href={`/clients/${client.id}`}>
          {secret === null ? 'Go to the app' : 'I have kept the secret'}
        </Button>
      </div>
    </Layout>
  );
}

function Credentials({ id, secret }: { id: string; secret: string | null }) {
  return (
    <section class="card" aria-labelledby="credentials">
      <h2 id="credentials">Its credentials</h2>
      <Copyable name="client-id" label="Client id" value={id} />
      {secret !== null && <Copyable name="client-secret" label="Client secret" value={secret} />}
    </section>
  );
}
