import { Icon } from './icon.js';

export interface PageLink {
  readonly href: string;
  readonly title: string;
  /** What the person finds there. */
  readonly text: string;
}

/** Places to go from here, each with a word on what is there. */
export function LinkList({ links }: { links: readonly PageLink[] }) {
  return (
    <ul class="link-list">
      {links.map(({ href, title, text }) => (
        <li key={href}>
          <a href={href}>
            <span>
              <strong>{title}</strong>
              <span class="hint">{text}</span>
            </span>
            <Icon name="arrow" />
          </a>
        </li>
      ))}
    </ul>
  );
}
