import { Layout, type PersonFrame } from '../layout.js';
import { BackLink } from '../parts/back-link.js';
import { Button } from '../parts/button.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { PostForm } from '../parts/post-form.js';
import { NamingFields, RedirectFields, ScopeFields } from './client-fields.js';
import { clientLabels } from './client-words.js';
import { HouseFields } from './house-fields.js';
import { PolicyFields, type PolicyFieldsProps } from './policy-fields.js';

export interface ClientFormPageProps extends PolicyFieldsProps {
  readonly frame: PersonFrame;
  readonly title: string;
  readonly lead?: string | undefined;
  readonly action: string;
  readonly submit: string;
  /** For a form that creates: its name. */
  readonly once?: string;
  /** For a form that edits: what it was opened with. */
  readonly version?: number;
  readonly back: { readonly href: string; readonly text: string };
  /** What an administrator sees besides. */
  readonly house: 'none' | 'edit' | 'create';
}

/** The settings of a client, to be chosen for a new one or changed. */
export function ClientFormPage({ frame, title, lead, action, submit, once, version, back, house, ...fields }: ClientFormPageProps) {
  const blanks = Object.fromEntries((fields.preset?.blanks ?? []).map(({ name, label }) => [name, label]));
  // An app that acts for itself has nobody to send back.
  const machine = fields.form.grantTypes.join() === 'client_credentials';
  return (
    <Layout {...frame} title={title} width="wide">
      <div class="page-head">
        <BackLink href={back.href}>{back.text}</BackLink>
        <h1>{title}</h1>
        {lead && <p class="lead">{lead}</p>}
      </div>
      <ErrorSummary problems={fields.problems} labels={{ ...blanks, ...labelsFor(house) }} />
      <PostForm class="form sections" action={action} csrfToken={frame.csrfToken} once={once} version={version}>
        <NamingFields {...fields} />
        {!machine && <RedirectFields {...fields} />}
        <ScopeFields {...fields} />
        <PolicyFields {...fields} />
        {machine && <RedirectFields {...fields} />}
        {house !== 'none' && <HouseFields {...fields} choosesOwner={house === 'create'} />}
        <div class="actions">
          <Button kind="primary">{submit}</Button>
          <Button href={back.href}>Cancel</Button>
        </div>
      </PostForm>
    </Layout>
  );
}

/** The fields on the page; what is wrong with another one is said in full. */
function labelsFor(house: ClientFormPageProps['house']): Readonly<Record<string, string>> {
  const { owner, consent, ...common } = clientLabels;
  if (house === 'none') return common;
  return house === 'edit' ? { ...common, consent } : { ...common, owner, consent };
}
