import type { ComponentChildren } from 'preact';
import { Address } from './parts/address.js';
import { Button } from './parts/button.js';
import { PostForm } from './parts/post-form.js';
import { Wordmark } from './parts/wordmark.js';

/** What every page knows about the server it comes from. */
export interface Site {
  /** The issuer's host, as people see it in the address bar. */
  readonly host: string;
  /** Changes whenever a file under /assets/ does, so that browsers may keep them for good. */
  readonly assetVersion: string;
}

/** The signed-in person, and what the sign-out button needs. */
export interface Viewer {
  readonly email: string;
  readonly signOutAction: string;
  readonly csrfToken: string;
}

export interface NavLink {
  readonly href: string;
  readonly text: string;
  readonly current?: boolean;
}

/** What surrounds a page. */
export interface Frame {
  readonly site: Site;
  readonly viewer?: Viewer | undefined;
  readonly nav?: readonly NavLink[] | undefined;
}

/** What surrounds a page for a signed-in person; the token goes into its forms. */
export interface PersonFrame extends Frame {
  readonly csrfToken: string;
}

export interface LayoutProps extends Frame {
  readonly title: string;
  /** `narrow`: one card with one question; `wide`: a page to read and work on. */
  readonly width: 'narrow' | 'wide';
  /** There are values to copy on the page: bring the script of their buttons. */
  readonly copying?: boolean;
  readonly children: ComponentChildren;
}

/** The document around every page. */
export function Layout({ site, title, width, viewer, nav, copying = false, children }: LayoutProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{`${title} · Keywright`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <link rel="stylesheet" href={`/assets/keywright.css?v=${site.assetVersion}`} />
        {copying && <script src={`/assets/copy.js?v=${site.assetVersion}`} defer />}
        <link rel="icon" type="image/svg+xml" href={`/assets/keywright.svg?v=${site.assetVersion}`} />
      </head>
      <body class={`page-${width}`}>
        <a class="skip-link" href="#main">
          Skip to the content
        </a>
        <header class="site-header">
          <div class="site-header-bar">
            <Wordmark href="/" />
            {viewer && <SignedIn viewer={viewer} />}
          </div>
          {nav && <SectionNav links={nav} />}
        </header>
        <main id="main" tabIndex={-1}>
          {children}
        </main>
        <footer class="site-footer">
          <p>
            <Address of={site.host} /> runs Keywright, an OAuth 2.1 authorization server.
          </p>
        </footer>
      </body>
    </html>
  );
}

function SignedIn({ viewer }: { viewer: Viewer }) {
  return (
    <PostForm class="signed-in" action={viewer.signOutAction} csrfToken={viewer.csrfToken}>
      <span class="signed-in-email">
        <Address of={viewer.email} />
      </span>
      <Button kind="quiet">Sign out</Button>
    </PostForm>
  );
}

function SectionNav({ links }: { links: readonly NavLink[] }) {
  return (
    <nav class="section-nav" aria-label="Sections">
      <ul>
        {links.map(({ href, text, current }) => (
          <li key={href}>
            <a href={href} aria-current={current ? 'page' : undefined}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
