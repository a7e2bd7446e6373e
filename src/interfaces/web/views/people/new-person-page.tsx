import type { Problem } from '../../../../domain/errors.js';
import { FormPage } from '../form-page.js';
import type { PersonFrame } from '../layout.js';
import { ChoiceField } from '../parts/choice-field.js';
import { Field } from '../parts/field.js';
import { fieldsOf } from '../parts/fields-of.js';

export interface NewPersonPageProps {
  readonly frame: PersonFrame;
  readonly form: { readonly email: string; readonly username: string; readonly admin: boolean };
  readonly problems: readonly Problem[];
}

const labels = { email: 'E-mail address', username: 'User name', password: 'First password', admin: 'Rights' };

export function NewPersonPage({ frame, form, problems }: NewPersonPageProps) {
  const { text, choice } = fieldsOf(labels, { ...form, admin: form.admin ? 'yes' : undefined }, problems);
  return (
    <FormPage
      {...{ frame, labels, problems }}
      title="Add a person"
      back={{ href: '/admin/users', text: 'People' }}
      action="/admin/users/new"
      submit="Add the person"
    >
      <Field {...text('email')} inputMode="email" required autocomplete="off" />
      <Field {...text('username')} hint="What to call them. Left empty: the part of the e-mail address before the @." autocomplete="off" />
      <Field
        {...text('password')}
        type="password"
        hint="At least 8 characters. Hand it over in a way that nobody else can read."
        required
        autocomplete="new-password"
      />
      <ChoiceField
        {...choice('admin')}
        kind="checkbox"
        choices={[{ value: 'yes', label: 'Administrator', hint: 'Sees and changes every app and every person.' }]}
      />
    </FormPage>
  );
}
