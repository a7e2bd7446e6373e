import type { ComponentChildren } from 'preact';
import { Layout, type PersonFrame } from '../layout.js';
import { DoneNotice } from '../parts/done-notice.js';

export interface AccountPageProps {
  readonly frame: PersonFrame;
  /** One for each side of the account. */
  readonly cards: ComponentChildren;
  readonly done?: string | undefined;
}

/** A person's own account. */
export function AccountPage({ frame, cards, done }: AccountPageProps) {
  return (
    <Layout {...frame} title="Your account" width="wide">
      <div class="page-head">
        <h1>Your account</h1>
        <p class="lead">Who you are here, and where you are signed in.</p>
      </div>
      <DoneNotice done={done} />
      {cards}
    </Layout>
  );
}
