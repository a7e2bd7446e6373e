import type { Problem } from '../../../../domain/errors.js';
import { Layout, type Site } from '../layout.js';
import { Address } from '../parts/address.js';
import { Button } from '../parts/button.js';
import { errorAt } from '../parts/error-summary.js';
import { Field } from '../parts/field.js';
import { PostForm } from '../parts/post-form.js';
import { AccountOfPassword } from './account-of-password.js';
import { passwordHint } from './password-hint.js';

export interface ChoosePasswordPageProps {
  readonly site: Site;
  readonly csrfToken: string;
  readonly email: string;
  /** The account is made by this. */
  readonly isNew: boolean;
  readonly problems: readonly Problem[];
}

/** Where a mailed link leads. */
export function ChoosePasswordPage({ site, csrfToken, email, isNew, problems }: ChoosePasswordPageProps) {
  const title = isNew ? 'Choose your password' : 'Choose a new password';
  return (
    <Layout site={site} title={title} width="narrow">
      <div class="card">
        <h1>{title}</h1>
        <p class="lead">
          for <Address of={email}>{!isNew && '.'}</Address>
          {!isNew && ' You will be signed out wherever you are signed in.'}
        </p>
        <PostForm class="form" action="/choose-password" csrfToken={csrfToken}>
          <AccountOfPassword email={email} />
          <Field
            name="password"
            label="Password"
            type="password"
            hint={passwordHint}
            autocomplete="new-password"
            required
            autoFocus
            error={errorAt(problems, 'password')}
          />
          <Button kind="primary">{isNew ? 'Create the account' : 'Set the password'}</Button>
        </PostForm>
      </div>
    </Layout>
  );
}
