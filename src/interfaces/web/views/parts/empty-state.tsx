import type { ComponentChildren } from 'preact';

/** What stands where a list would be: what would be listed here, and how to get the first one. */
export function EmptyState({ title, text, children }: { title: string; text: string; children?: ComponentChildren }) {
  return (
    <div class="empty-state">
      <p class="empty-title">{title}</p>
      <p>{text}</p>
      {children}
    </div>
  );
}
