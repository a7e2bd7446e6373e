import type { Preset } from '../../../../application/clients/preset.js';
import type { FilledLine } from '../../../../application/clients/recipe-for-client.js';
import type { UnreachableIssuer } from '../../../../application/clients/unreachable-issuer.js';
import type { Client } from '../../../../domain/clients/client.js';
import { clientPath } from '../../../client-path.js';
import type { PersonFrame } from '../layout.js';
import { MadePage } from '../made-page.js';
import { Copyable } from '../parts/copyable.js';
import { readableName } from '../readable-name.js';
import { RecipeCard } from './recipe-card.js';

export interface ClientMadePageProps {
  readonly frame: PersonFrame;
  readonly title: string;
  readonly client: Pick<Client, 'id' | 'name'>;
  /** In full. */
  readonly secret: string | null;
  readonly preset: Preset | null;
  readonly lines: readonly FilledLine[];
  readonly unreachable: UnreachableIssuer | null;
}

/** The answer to the form that made a client, or a secret for it. */
export function ClientMadePage({ frame, title, client, secret, preset, lines, unreachable }: ClientMadePageProps) {
  const lead = (
    <>
      <bdi>{readableName(client.name)}</bdi> {unreachable ? 'is registered.' : 'can now be connected.'}
    </>
  );
  return (
    <MadePage {...{ frame, title, lead }} secret={secret !== null} onward={{ href: clientPath(client.id), text: 'Go to the app' }}>
      {preset ? <RecipeCard recipe={preset.recipe} lines={lines} unreachable={unreachable} /> : <Credentials id={client.id} secret={secret} />}
    </MadePage>
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
