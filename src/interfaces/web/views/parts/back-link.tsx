import type { ComponentChildren } from 'preact';
import { Icon } from './icon.js';

/** The way up, above a page's heading. */
export function BackLink({ href, children }: { href: string; children: ComponentChildren }) {
  return (
    <p class="back-link">
      <a href={href}>
        <Icon name="back" />
        {children}
      </a>
    </p>
  );
}
