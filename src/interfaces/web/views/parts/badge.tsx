import type { ComponentChildren } from 'preact';

/** A word about the state of a thing, beside its name. */
export function Badge({ tone = 'neutral', children }: { tone?: 'neutral' | 'success' | 'warning' | 'problem'; children: ComponentChildren }) {
  return <span class={`badge tone-${tone}`}>{children}</span>;
}
