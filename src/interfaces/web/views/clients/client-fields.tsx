import type { Preset } from '../../../../application/clients/preset.js';
import { grantTypes } from '../../../../domain/clients/client.js';
import type { Problem } from '../../../../domain/errors.js';
import type { ScopeCatalogue } from '../../../../domain/scope.js';
import type { ClientForm } from '../../clients/client-form.js';
import { ChoiceField } from '../parts/choice-field.js';
import { errorAt } from '../parts/error-summary.js';
import { Field } from '../parts/field.js';
import { clientLabels, clientWords } from './client-words.js';

export interface ClientFieldsProps {
  readonly form: ClientForm;
  readonly problems: readonly Problem[];
  readonly catalogue: ScopeCatalogue;
  /** What the client is made from, if anything. */
  readonly preset?: Preset | null | undefined;
}

/** What people see of the client. */
export function NamingFields({ form, problems }: ClientFieldsProps) {
  return (
    <section class="card form" aria-labelledby="naming">
      <h2 id="naming">What people see</h2>
      <Field
        name="name"
        label={clientLabels.name}
        value={form.name}
        hint="People read it when they are asked to allow the app. Your product’s own name is best."
        error={errorAt(problems, 'name')}
        required
        autocomplete="off"
      />
      <Field
        name="description"
        label={clientLabels.description}
        value={form.description}
        hint="A sentence or two. Optional."
        rows={2}
        error={errorAt(problems, 'description')}
      />
      <Field
        name="homepageUri"
        label={clientLabels.homepageUri}
        value={form.homepageUri}
        hint="Optional."
        inputMode="url"
        error={errorAt(problems, 'homepageUri')}
        technical
      />
      <Field
        name="logoUri"
        label={clientLabels.logoUri}
        value={form.logoUri}
        hint="A square picture on this server’s own address. From elsewhere it is not shown: its host would learn who looks. The first letter of the name stands in."
        inputMode="url"
        error={errorAt(problems, 'logoUri')}
        technical
      />
    </section>
  );
}

/** Where people are sent back to. */
export function RedirectFields({ form, problems, preset }: ClientFieldsProps) {
  const blanks = preset?.blanks ?? [];
  const optional = blanks.length > 0 || !form.grantTypes.includes('authorization_code');
  return (
    <section class="card form" aria-labelledby="redirects">
      <h2 id="redirects">Where people come back to</h2>
      {blanks.map(({ name, label, hint, example }) => (
        <Field
          key={name}
          name={name}
          label={label}
          value={form.blanks[name]}
          hint={`${hint} Such as ${example}`}
          error={errorAt(problems, name)}
          required
          autocomplete="off"
          technical
        />
      ))}
      <Field
        name="redirectUris"
        label={blanks.length > 0 ? 'More redirect URIs' : clientLabels.redirectUris}
        value={form.redirectUris}
        hint={[preset?.redirectHint, 'One in a line, in full and exactly as the app will ask for them.', optional && 'Optional.'].filter(Boolean).join(' ')}
        error={errorAt(problems, 'redirectUris')}
        rows={3}
        technical
      />
    </section>
  );
}

/** What the client may ask for. */
export function ScopeFields({ form, problems, catalogue }: ClientFieldsProps) {
  const choices = catalogue.map(({ name, sentence }) => ({ value: name, label: sentence, hint: <code>{name}</code> }));
  return (
    <section class="card form" aria-labelledby="access">
      <h2 id="access">What it may do</h2>
      <ChoiceField
        kind="checkbox"
        name="grantTypes"
        legend={clientLabels.grantTypes}
        choices={grantTypes.map((type) => ({ value: type, label: clientWords.grantTypes[type], hint: <code>{type}</code> }))}
        chosen={form.grantTypes}
        columns
        error={errorAt(problems, 'grantTypes')}
      />
      <ChoiceField
        kind="checkbox"
        name="scopes"
        legend={clientLabels.scopes}
        choices={choices}
        chosen={form.scopes}
        error={errorAt(problems, 'scopes')}
        columns
      />
      <details class="more" open={form.optionalScopes.length > 0}>
        <summary>{clientLabels.optionalScopes}</summary>
        <ChoiceField
          kind="checkbox"
          name="optionalScopes"
          legend="When people are asked, they can untick these and allow the rest"
          choices={choices}
          chosen={form.optionalScopes}
          error={errorAt(problems, 'optionalScopes')}
          columns
        />
      </details>
    </section>
  );
}
