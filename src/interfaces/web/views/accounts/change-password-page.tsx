import type { Problem } from '../../../../domain/errors.js';
import { FormPage } from '../form-page.js';
import type { PersonFrame } from '../layout.js';
import { Field } from '../parts/field.js';
import { fieldsOf } from '../parts/fields-of.js';
import { AccountOfPassword } from './account-of-password.js';
import { passwordHint } from './password-hint.js';

export interface ChangePasswordPageProps {
  readonly frame: PersonFrame;
  readonly email: string;
  readonly problems: readonly Problem[];
}

const labels = { current: 'Current password', password: 'New password' };

export function ChangePasswordPage({ frame, email, problems }: ChangePasswordPageProps) {
  const { text } = fieldsOf(labels, {}, problems);
  return (
    <FormPage
      {...{ frame, labels, problems }}
      title="Change your password"
      lead="You stay signed in here, and are signed out everywhere else."
      back={{ href: '/account', text: 'Your account' }}
      action="/account/password"
      submit="Change the password"
    >
      <AccountOfPassword email={email} />
      <Field {...text('current')} type="password" autocomplete="current-password" required />
      <Field {...text('password')} type="password" hint={passwordHint} autocomplete="new-password" required />
    </FormPage>
  );
}
