import type { Problem } from '../../../../domain/errors.js';
import { FormPage } from '../form-page.js';
import type { PersonFrame } from '../layout.js';
import { Field } from '../parts/field.js';
import { fieldsOf } from '../parts/fields-of.js';
import { readableName } from '../readable-name.js';
import type { SecretHolder } from './secret-holder.js';

export interface NewSecretPageProps {
  readonly frame: PersonFrame;
  readonly holder: Pick<SecretHolder, 'name' | 'href'>;
  readonly form: { readonly label: string; readonly expiresAt: string };
  readonly problems: readonly Problem[];
  readonly once: string;
}

const labels = { label: 'What it is for', expiresAt: 'Last day' };

export function NewSecretPage({ frame, holder, form, problems, once }: NewSecretPageProps) {
  const { text } = fieldsOf(labels, form, problems);
  return (
    <FormPage
      {...{ frame, labels, problems, once }}
      title="Add a secret"
      lead="The others go on working, so nothing stops while you move to the new one."
      back={{ href: holder.href, text: <bdi>{readableName(holder.name)}</bdi> }}
      action={`${holder.href}/secrets/new`}
      submit="Add the secret"
    >
      <Field {...text('label')} hint="So that you can tell it from the others: “production”, “the new server”." required autocomplete="off" />
      <Field {...text('expiresAt')} type="date" hint="Optional: it stops working when this day ends (UTC). Left empty, it works until you remove it." />
    </FormPage>
  );
}
