import { Address } from './address.js';

/** At whose host a client describes itself: the one thing about it that it cannot choose. */
export function DescribedAt({ host }: { host: string }) {
  return (
    <span class="hint">
      an app of <Address of={host} kind="strong" />
    </span>
  );
}
