import type { Problem } from '../../../../domain/errors.js';
import { Layout, type PersonFrame } from '../layout.js';
import { BackLink } from '../parts/back-link.js';
import { Button } from '../parts/button.js';
import { ErrorSummary, errorAt } from '../parts/error-summary.js';
import { Field } from '../parts/field.js';
import { PostForm } from '../parts/post-form.js';
import { readableName } from '../readable-name.js';
import type { SecretHolder } from './secret-holder.js';

export interface NewSecretPageProps {
  readonly frame: PersonFrame;
  readonly holder: Pick<SecretHolder, 'name' | 'href'>;
  readonly form: { readonly label: string; readonly expiresAt: string };
  readonly problems: readonly Problem[];
  readonly once: string;
}

export function NewSecretPage({ frame, holder, form, problems, once }: NewSecretPageProps) {
  return (
    <Layout {...frame} title="Add a secret" width="wide">
      <div class="page-head">
        <BackLink href={holder.href}>
          <bdi>{readableName(holder.name)}</bdi>
        </BackLink>
        <h1>Add a secret</h1>
        <p class="lead">The others go on working, so nothing stops while you move to the new one.</p>
      </div>
      <ErrorSummary problems={problems} labels={{ label: 'What it is for', expiresAt: 'Last day' }} />
      <PostForm class="card form" action={`${holder.href}/secrets/new`} csrfToken={frame.csrfToken} once={once}>
        <Field
          name="label"
          label="What it is for"
          value={form.label}
          hint="So that you can tell it from the others: “production”, “the new server”."
          error={errorAt(problems, 'label')}
          required
          autocomplete="off"
        />
        <Field
          name="expiresAt"
          label="Last day"
          type="date"
          value={form.expiresAt}
          hint="Optional: it stops working when this day ends (UTC). Left empty, it works until you remove it."
          error={errorAt(problems, 'expiresAt')}
        />
        <div class="actions">
          <Button kind="primary">Add the secret</Button>
          <Button href={holder.href}>Cancel</Button>
        </div>
      </PostForm>
    </Layout>
  );
}
