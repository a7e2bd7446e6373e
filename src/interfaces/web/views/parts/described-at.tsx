import { Address } from './address.js';

/** Whose word it is what a client says of itself: the one thing about it that it cannot choose. */
export function DescribedAt({ host }: { host: string }) {
  return (
    <span class="hint">
      describes itself at <Address of={host} kind="strong" />
    </span>
  );
}
