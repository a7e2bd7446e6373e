import type { ComponentChildren } from 'preact';

export interface Fact {
  readonly term: string;
  readonly value: ComponentChildren;
}

/** Terms and their values, side by side: identifiers in a small fixed-width face, or, `roomy`, words to read. */
export function FactList({ facts, roomy = false }: { facts: readonly Fact[]; roomy?: boolean }) {
  return (
    <dl class={roomy ? 'fact-list roomy' : 'fact-list'}>
      {facts.map(({ term, value }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
