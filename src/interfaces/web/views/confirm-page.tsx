import type { ComponentChildren } from 'preact';
import { Layout, type PersonFrame } from './layout.js';
import { Button } from './parts/button.js';
import { Notice } from './parts/notice.js';
import { PostForm } from './parts/post-form.js';

export interface ConfirmPageProps {
  readonly frame: PersonFrame;
  readonly title: string;
  /** What happens then. */
  readonly text: ComponentChildren;
  /** What to think of before. */
  readonly warning?: ComponentChildren;
  readonly action: string;
  readonly submit: string;
  /** What the button looks like: `primary` where nothing is lost. */
  readonly kind?: 'danger' | 'primary';
  /** What the button sends along, where what comes of it depends on which one was pressed. */
  readonly sends?: { readonly name: string; readonly value: string };
  readonly cancelHref: string;
}

/** Asks before something that is not done by a click alone, mostly because it cannot be undone. */
export function ConfirmPage({ frame, title, text, warning, action, submit, kind = 'danger', sends, cancelHref }: ConfirmPageProps) {
  return (
    <Layout {...frame} title={title} width="wide">
      <div class="card confirm">
        <h1>{title}</h1>
        <p>{text}</p>
        {warning && (
          <Notice tone="warning">
            <p>{warning}</p>
          </Notice>
        )}
        <PostForm class="actions" action={action} csrfToken={frame.csrfToken}>
          <Button kind={kind} {...sends}>
            {submit}
          </Button>
          <Button href={cancelHref}>Cancel</Button>
        </PostForm>
      </div>
    </Layout>
  );
}
