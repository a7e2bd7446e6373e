import type { UnreachableIssuer } from '../../../../application/clients/unreachable-issuer.js';
import { FormPage, type FormPageProps } from '../form-page.js';
import { Notice } from '../parts/notice.js';
import { NamingFields, RedirectFields, ScopeFields } from './client-fields.js';
import { clientLabels } from './client-words.js';
import { HouseFields } from './house-fields.js';
import { PolicyFields, type PolicyFieldsProps } from './policy-fields.js';
import { UnreachableNotice } from './unreachable-notice.js';

export interface ClientFormPageProps
  extends PolicyFieldsProps,
    Pick<FormPageProps, 'frame' | 'title' | 'lead' | 'action' | 'submit' | 'once' | 'version' | 'back'> {
  /** What an administrator sees besides. */
  readonly house: 'none' | 'edit' | 'create';
  readonly unreachable?: UnreachableIssuer | null;
  /** That nothing has to be registered. */
  readonly byItself?: string | null;
}

/** The settings of a client, to be chosen for a new one or changed. */
export function ClientFormPage({ form, problems, catalogue, preset, usual, house, unreachable = null, byItself = null, ...page }: ClientFormPageProps) {
  const fields = { form, problems, catalogue, preset, usual };
  const blanks = Object.fromEntries((preset?.blanks ?? []).map(({ name, label }) => [name, label]));
  // An app that acts for itself has nobody to send back.
  const redirects = form.grantTypes.length === 0 || form.grantTypes.includes('authorization_code');
  return (
    <FormPage {...page} problems={problems} labels={{ ...blanks, ...labelsFor(house) }} sections>
      <UnreachableNotice unreachable={unreachable} />
      {byItself !== null && (
        <Notice tone="info">
          <p>{byItself}</p>
        </Notice>
      )}
      <NamingFields {...fields} />
      {redirects && <RedirectFields {...fields} />}
      <ScopeFields {...fields} />
      <PolicyFields {...fields} />
      {!redirects && <RedirectFields {...fields} />}
      {house !== 'none' && <HouseFields {...fields} choosesOwner={house === 'create'} />}
    </FormPage>
  );
}

/** The fields on the page; what is wrong with another one is said in full. */
function labelsFor(house: ClientFormPageProps['house']): Readonly<Record<string, string>> {
  const { owner, consent, ...common } = clientLabels;
  if (house === 'none') return common;
  return house === 'edit' ? { ...common, consent } : { ...common, owner, consent };
}
