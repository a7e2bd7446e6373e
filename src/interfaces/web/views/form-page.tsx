import type { ComponentChildren } from 'preact';
import { Layout, type PersonFrame } from './layout.js';
import { BackLink } from './parts/back-link.js';
import { Button } from './parts/button.js';
import { ErrorSummary, type ErrorSummaryProps } from './parts/error-summary.js';
import { PostForm, type PostFormProps } from './parts/post-form.js';

export interface FormPageProps extends ErrorSummaryProps, Pick<PostFormProps, 'action' | 'once' | 'version' | 'children'> {
  readonly frame: PersonFrame;
  readonly title: string;
  readonly lead?: string | undefined;
  /** Where the form was opened from; leads there without saving, too. */
  readonly back: { readonly href: string; readonly text: ComponentChildren };
  readonly submit: string;
  /** The fields are in cards of their own. */
  readonly sections?: boolean;
}

/** A page on which a signed-in person fills in one form. */
export function FormPage({ frame, title, lead, back, problems, labels, submit, sections = false, children, ...form }: FormPageProps) {
  return (
    <Layout {...frame} title={title} width="wide">
      <div class="page-head">
        <BackLink href={back.href}>{back.text}</BackLink>
        <h1>{title}</h1>
        {lead && <p class="lead">{lead}</p>}
      </div>
      <ErrorSummary problems={problems} labels={labels} />
      <PostForm class={sections ? 'form sections' : 'card form'} csrfToken={frame.csrfToken} {...form}>
        {children}
        <div class="actions">
          <Button kind="primary">{submit}</Button>
          <Button href={back.href}>Cancel</Button>
        </div>
      </PostForm>
    </Layout>
  );
}
