import type { Problem } from '../../../../domain/errors.js';
import { signingAlgorithms } from '../../../../domain/resources/resource-server.js';
import type { ResourceServerForm } from '../../resources/resource-server-form.js';
import { Layout, type PersonFrame } from '../layout.js';
import { BackLink } from '../parts/back-link.js';
import { Button } from '../parts/button.js';
import { ChoiceField } from '../parts/choice-field.js';
import { ErrorSummary, errorAt } from '../parts/error-summary.js';
import { Field } from '../parts/field.js';
import { PostForm } from '../parts/post-form.js';
import { resourceServerLabels as labels, resourceServerWords as words } from './resource-server-words.js';

export interface ResourceServerFormPageProps {
  readonly frame: PersonFrame;
  readonly title: string;
  readonly action: string;
  readonly submit: string;
  /** For a form that registers: its name. Only then the identifier is asked for. */
  readonly once?: string;
  /** For a form that edits: what it was opened with. */
  readonly version?: number;
  readonly back: { readonly href: string; readonly text: string };
  readonly form: ResourceServerForm;
  readonly problems: readonly Problem[];
}

/** The settings of a resource server, to be chosen for a new one or changed. */
export function ResourceServerFormPage({ frame, title, action, submit, once, version, back, form, problems }: ResourceServerFormPageProps) {
  const { identifier, ...editable } = labels;
  return (
    <Layout {...frame} title={title} width="wide">
      <div class="page-head">
        <BackLink href={back.href}>{back.text}</BackLink>
        <h1>{title}</h1>
      </div>
      <ErrorSummary problems={problems} labels={once === undefined ? editable : labels} />
      <PostForm class="form sections" action={action} csrfToken={frame.csrfToken} once={once} version={version}>
        <section class="card form" aria-labelledby="about">
          <h2 id="about">What it is</h2>
          <Field
            name="name"
            label={labels.name}
            value={form.name}
            hint="What administrators know it by."
            error={errorAt(problems, 'name')}
            required
            autocomplete="off"
          />
          {once !== undefined && (
            <Field
              name="identifier"
              label={identifier}
              value={form.identifier}
              hint="The web address by which apps name it and tokens carry it, such as https://api.example.com. It cannot be changed later."
              error={errorAt(problems, 'identifier')}
              inputMode="url"
              required
              autocomplete="off"
              technical
            />
          )}
          <Field
            name="scopes"
            label={labels.scopes}
            value={form.scopes}
            hint="One in a line: the scope, a space, and the sentence that people read when they are asked. Such as: invoices:read See your invoices"
            error={errorAt(problems, 'scopes')}
            rows={4}
            technical
          />
        </section>
        <section class="card form" aria-labelledby="tokens">
          <h2 id="tokens">Its tokens</h2>
          <ChoiceField
            kind="radio"
            name="tokenFormat"
            legend={labels.tokenFormat}
            choices={[
              { value: 'opaque', label: words.tokenFormat.opaque, hint: 'A revoked token is refused at once.' },
              {
                value: 'jwt',
                label: words.tokenFormat.jwt,
                hint: 'No question for each token. An API that does not follow the feed of revocations takes a revoked one until it expires.',
              },
              { value: 'by_client', label: words.tokenFormat.by_client, hint: 'Each app has a setting for it. The API must be able to take both.' },
            ]}
            chosen={[form.tokenFormat]}
            error={errorAt(problems, 'tokenFormat')}
          />
          <ChoiceField
            kind="radio"
            name="signingAlgorithm"
            legend={`${labels.signingAlgorithm}, where they are JWTs`}
            choices={signingAlgorithms.map((value) => ({
              value,
              label: words.signingAlgorithm[value],
              hint: { ES256: 'Right for almost everybody.', EdDSA: 'For APIs that ask for it.', RS256: 'For older libraries; its tokens are longer.' }[value],
            }))}
            chosen={[form.signingAlgorithm]}
            error={errorAt(problems, 'signingAlgorithm')}
          />
        </section>
        <div class="actions">
          <Button kind="primary">{submit}</Button>
          <Button href={back.href}>Cancel</Button>
        </div>
      </PostForm>
    </Layout>
  );
}
