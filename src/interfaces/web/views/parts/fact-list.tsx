import type { ComponentChildren } from 'preact';

export interface Fact {
  readonly term: string;
  readonly value: ComponentChildren;
}

/** Terms and their values, side by side. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl class="fact-list">
      {facts.map(({ term, value }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
