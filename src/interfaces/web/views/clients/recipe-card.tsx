import type { Recipe } from '../../../../application/clients/preset.js';
import type { FilledLine } from '../../../../application/clients/recipe-for-client.js';
import type { UnreachableIssuer } from '../../../../application/clients/unreachable-issuer.js';
import { Copyable } from '../parts/copyable.js';
import { FactList } from '../parts/fact-list.js';
import { UnreachableNotice } from './unreachable-notice.js';

export interface RecipeCardProps {
  readonly recipe: Recipe;
  readonly lines: readonly FilledLine[];
  readonly unreachable: UnreachableIssuer | null;
}

/** What to paste where on the other side. */
export function RecipeCard({ recipe, lines, unreachable }: RecipeCardProps) {
  return (
    <section class="card" aria-labelledby="recipe">
      <h2 id="recipe">What goes where</h2>
      <UnreachableNotice unreachable={unreachable} />
      <p>{recipe.where}</p>
      {lines.map((line, index) => (
        <Line key={line.label} line={line} name={`${index}`} />
      ))}
      {recipe.notes.length > 0 && (
        <ul class="notes">
          {recipe.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Line({ line: { label, value, kind }, name }: { line: FilledLine; name: string }) {
  if (kind === 'text') return <FactList facts={[{ term: label, value: value ?? '' }]} roomy />;
  if (value === null) return <FactList facts={[{ term: label, value: 'The secret you kept. It cannot be shown again; if it is lost, add another.' }]} roomy />;
  return <Copyable name={`recipe-${name}`} label={label} value={value} />;
}
