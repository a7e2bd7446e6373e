import type { Problem } from '../../../../domain/errors.js';
import { Layout, type PersonFrame } from '../layout.js';
import { BackLink } from '../parts/back-link.js';
import { Button } from '../parts/button.js';
import { ErrorSummary, errorAt } from '../parts/error-summary.js';
import { Field } from '../parts/field.js';
import { PostForm } from '../parts/post-form.js';
import { passwordHint } from './password-hint.js';

export interface ChangePasswordPageProps {
  readonly frame: PersonFrame;
  readonly email: string;
  readonly problems: readonly Problem[];
}

const labels = { current: 'Current password', password: 'New password' };

export function ChangePasswordPage({ frame, email, problems }: ChangePasswordPageProps) {
  return (
    <Layout {...frame} title="Change your password" width="wide">
      <div class="page-head">
        <BackLink href="/account">Your account</BackLink>
        <h1>Change your password</h1>
        <p class="lead">You stay signed in here, and are signed out everywhere else.</p>
      </div>
      <ErrorSummary problems={problems} labels={labels} />
      <PostForm class="card form" action="/account/password" csrfToken={frame.csrfToken}>
        <input type="hidden" name="username" value={email} autocomplete="username" />
        <Field name="current" label={labels.current} type="password" autocomplete="current-password" required error={errorAt(problems, 'current')} />
        <Field
          name="password"
          label={labels.password}
          type="password"
          hint={passwordHint}
          autocomplete="new-password"
          required
          error={errorAt(problems, 'password')}
        />
        <div class="actions">
          <Button kind="primary">Change the password</Button>
          <Button href="/account">Cancel</Button>
        </div>
      </PostForm>
    </Layout>
  );
}
