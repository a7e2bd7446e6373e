import type { ComponentChildren } from 'preact';
import { Layout, type PersonFrame } from './layout.js';
import { Button } from './parts/button.js';
import { Notice } from './parts/notice.js';

export interface MadePageProps {
  readonly frame: PersonFrame;
  readonly title: string;
  readonly lead: ComponentChildren;
  /** There is a secret among the values. */
  readonly secret: boolean;
  /** Where it is found from now on, and what that is called. */
  readonly onward: { readonly href: string; readonly text: string };
  /** The values to copy. */
  readonly children: ComponentChildren;
}

/** The answer to a form that made something with a secret: the only page that ever shows one. It does so again when it is reloaded (see `onlyOnce`). */
export function MadePage({ frame, title, lead, secret, onward, children }: MadePageProps) {
  return (
    <Layout {...frame} title={title} width="wide" copying>
      <div class="page-head">
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
      </div>
      {secret && (
        <Notice tone="warning">
          <p>
            <strong>Copy the secret before you leave this page.</strong> No other page shows it; if it is lost, add another.
          </p>
        </Notice>
      )}
      {children}
      <div class="actions">
        <Button kind={secret ? 'secondary' : 'primary'} href={onward.href}>
          {secret ? 'I have kept the secret' : onward.text}
        </Button>
      </div>
    </Layout>
  );
}
