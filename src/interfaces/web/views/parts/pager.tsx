import { Button } from './button.js';

/** The way through a list that is read by cursor: onward, and back to its beginning. */
export function Pager({ firstHref, nextHref }: { firstHref: string | null; nextHref: string | null }) {
  if (firstHref === null && nextHref === null) return null;
  return (
    <nav class="pager" aria-label="Pages of this list">
      {firstHref !== null && <Button href={firstHref}>Back to the start</Button>}
      {nextHref !== null && <Button href={nextHref}>Next page</Button>}
    </nav>
  );
}
