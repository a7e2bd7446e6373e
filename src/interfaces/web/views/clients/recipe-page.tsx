import type { Preset } from '../../../../application/clients/preset.js';
import type { FilledLine } from '../../../../application/clients/recipe-for-client.js';
import type { UnreachableIssuer } from '../../../../application/clients/unreachable-issuer.js';
import type { Client } from '../../../../domain/clients/client.js';
import { clientPath } from '../../../client-path.js';
import { Layout, type PersonFrame } from '../layout.js';
import { BackLink } from '../parts/back-link.js';
import { readableName } from '../readable-name.js';
import { RecipeCard } from './recipe-card.js';

export interface RecipePageProps {
  readonly frame: PersonFrame;
  readonly client: Pick<Client, 'id' | 'name'>;
  readonly preset: Preset;
  readonly lines: readonly FilledLine[];
  readonly unreachable: UnreachableIssuer | null;
  readonly others: readonly Preset[];
}

/** The values of a client, under the names that the product on the other side has for them. */
export function RecipePage({ frame, client, preset, lines, unreachable, others }: RecipePageProps) {
  return (
    <Layout {...frame} title={`Values for ${preset.title}`} width="wide" copying>
      <div class="page-head">
        <BackLink href={clientPath(client.id)}>
          <bdi>{readableName(client.name)}</bdi>
        </BackLink>
        <h1>Values for {preset.title}</h1>
      </div>
      <RecipeCard recipe={preset.recipe} lines={lines} unreachable={unreachable} />
      {others.length > 0 && (
        <nav class="others" aria-label="The same values for another product">
          <p>For another product:</p>
          <ul>
            {others.map(({ id, title }) => (
              <li key={id}>
                <a href={`${clientPath(client.id)}/recipe?for=${id}`}>{title}</a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </Layout>
  );
}
