import { signingAlgorithms } from '../../../../domain/resources/resource-server.js';
import type { ResourceServerForm } from '../../resources/resource-server-form.js';
import { FormPage, type FormPageProps } from '../form-page.js';
import { ChoiceField } from '../parts/choice-field.js';
import { Field } from '../parts/field.js';
import { fieldsOf } from '../parts/fields-of.js';
import { resourceServerLabels as labels, resourceServerWords as words } from './resource-server-words.js';

export interface ResourceServerFormPageProps extends Pick<FormPageProps, 'frame' | 'title' | 'action' | 'submit' | 'once' | 'version' | 'back' | 'problems'> {
  readonly form: ResourceServerForm;
}

/** The settings of a resource server, to be chosen for a new one or changed. Only the form that registers one, which has a name, asks for the identifier. */
export function ResourceServerFormPage({ form, ...page }: ResourceServerFormPageProps) {
  const { identifier, ...editable } = labels;
  const registers = page.once !== undefined;
  const { text, choice } = fieldsOf(labels, form, page.problems);
  return (
    <FormPage {...page} labels={registers ? labels : editable} sections>
      <section class="card form" aria-labelledby="about">
        <h2 id="about">What it is</h2>
        <Field {...text('name')} hint="What administrators know it by." required autocomplete="off" />
        {registers && (
          <Field
            {...text('identifier')}
            hint="The web address by which apps name it and tokens carry it, such as https://api.example.com. It cannot be changed later."
            inputMode="url"
            required
            autocomplete="off"
            technical
          />
        )}
        <Field
          {...text('scopes')}
          hint="One in a line: the scope, a space, and the sentence that people read when they are asked. Such as: invoices:read See your invoices"
          rows={4}
          technical
        />
      </section>
      <section class="card form" aria-labelledby="tokens">
        <h2 id="tokens">Its tokens</h2>
        <ChoiceField
          {...choice('tokenFormat')}
          kind="radio"
          choices={[
            { value: 'opaque', label: words.tokenFormat.opaque, hint: 'A revoked token is refused at once.' },
            {
              value: 'jwt',
              label: words.tokenFormat.jwt,
              hint: 'No question for each token. An API that does not follow the feed of revocations takes a revoked one until it expires.',
            },
            { value: 'by_client', label: words.tokenFormat.by_client, hint: 'Each app has a setting for it. The API must be able to take both.' },
          ]}
        />
        <ChoiceField
          {...choice('signingAlgorithm')}
          kind="radio"
          legend={`${labels.signingAlgorithm}, where they are JWTs`}
          choices={signingAlgorithms.map((value) => ({
            value,
            label: words.signingAlgorithm[value],
            hint: { ES256: 'Right for almost everybody.', EdDSA: 'For APIs that ask for it.', RS256: 'For older libraries; its tokens are longer.' }[value],
          }))}
        />
      </section>
    </FormPage>
  );
}
