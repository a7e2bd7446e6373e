import type { Problem } from '../../../../domain/errors.js';
import { Layout, type PersonFrame } from '../layout.js';
import { BackLink } from '../parts/back-link.js';
import { Button } from '../parts/button.js';
import { ChoiceField } from '../parts/choice-field.js';
import { ErrorSummary, errorAt } from '../parts/error-summary.js';
import { Field } from '../parts/field.js';
import { PostForm } from '../parts/post-form.js';

export interface NewPersonPageProps {
  readonly frame: PersonFrame;
  readonly form: { readonly email: string; readonly username: string; readonly admin: boolean };
  readonly problems: readonly Problem[];
}

const labels = { email: 'E-mail address', username: 'User name', password: 'First password', admin: 'Rights' };

export function NewPersonPage({ frame, form, problems }: NewPersonPageProps) {
  return (
    <Layout {...frame} title="Add a person" width="wide">
      <div class="page-head">
        <BackLink href="/admin/users">People</BackLink>
        <h1>Add a person</h1>
      </div>
      <ErrorSummary problems={problems} labels={labels} />
      <PostForm class="card form" action="/admin/users/new" csrfToken={frame.csrfToken}>
        <Field name="email" label={labels.email} value={form.email} inputMode="email" error={errorAt(problems, 'email')} required autocomplete="off" />
        <Field
          name="username"
          label={labels.username}
          value={form.username}
          hint="What to call them. Left empty: the part of the e-mail address before the @."
          error={errorAt(problems, 'username')}
          autocomplete="off"
        />
        <Field
          name="password"
          label={labels.password}
          type="password"
          hint="At least 8 characters. Hand it over in a way that nobody else can read."
          error={errorAt(problems, 'password')}
          required
          autocomplete="new-password"
        />
        <ChoiceField
          kind="checkbox"
          name="admin"
          legend={labels.admin}
          choices={[{ value: 'yes', label: 'Administrator', hint: 'Sees and changes every app and every person.' }]}
          chosen={form.admin ? ['yes'] : []}
          error={errorAt(problems, 'admin')}
        />
        <div class="actions">
          <Button kind="primary">Add the person</Button>
          <Button href="/admin/users">Cancel</Button>
        </div>
      </PostForm>
    </Layout>
  );
}
