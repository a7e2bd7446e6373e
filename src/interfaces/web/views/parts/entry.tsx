import type { ComponentChildren } from 'preact';

export interface EntryProps {
  /** What links lead to. */
  readonly id: string;
  readonly open: boolean;
  /** The line that is always there. */
  readonly head: ComponentChildren;
  readonly children: ComponentChildren;
}

/**
 * A line that opens. The id is that of what it hides: browsers open it for a link into it, and for words that are looked for on the page, but not for a
 * link to the line itself (HTML Standard, the details element, “ancestor details revealing algorithm”).
 */
export function Entry({ id, open, head, children }: EntryProps) {
  return (
    <details class="entry" open={open}>
      <summary>{head}</summary>
      <div class="entry-rest" id={id}>
        {children}
      </div>
    </details>
  );
}
