import type { Preset } from '../../../../application/clients/preset.js';
import { isApiScope } from '../../../../domain/api-scope.js';
import { grantTypes } from '../../../../domain/clients/client.js';
import type { Problem } from '../../../../domain/errors.js';
import type { ScopeCatalogue } from '../../../../domain/scope.js';
import type { ClientForm } from '../../clients/client-form.js';
import { ChoiceField, type ChoiceFieldProps } from '../parts/choice-field.js';
import { errorAt } from '../parts/error-summary.js';
import { Field } from '../parts/field.js';
import { fieldsOf } from '../parts/fields-of.js';
import { clientLabels, clientWords } from './client-words.js';

export interface ClientFieldsProps {
  readonly form: ClientForm;
  readonly problems: readonly Problem[];
  readonly catalogue: ScopeCatalogue;
  /** What the client is made from, if anything. */
  readonly preset?: Preset | null | undefined;
}

/** The fields of a client's form, by name. */
export const clientFields = ({ form, problems }: Pick<ClientFieldsProps, 'form' | 'problems'>) => fieldsOf(clientLabels, form, problems);

/** What people see of the client. */
export function NamingFields(props: ClientFieldsProps) {
  const { text } = clientFields(props);
  return (
    <section class="card form" aria-labelledby="naming">
      <h2 id="naming">What people see</h2>
      <Field {...text('name')} hint="People read it when they are asked to allow the app. Your product’s own name is best." required autocomplete="off" />
      <Field {...text('description')} hint="A sentence or two. Optional." rows={2} />
      <Field {...text('homepageUri')} hint="Optional." inputMode="url" technical />
      <Field
        {...text('logoUri')}
        hint="A square picture on this server’s own address. From elsewhere it is not shown: its host would learn who looks. The first letter of the name stands in."
        inputMode="url"
        technical
      />
    </section>
  );
}

/** Where people are sent back to. */
export function RedirectFields({ form, problems, preset }: ClientFieldsProps) {
  const { text } = clientFields({ form, problems });
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
        {...text('redirectUris')}
        {...(blanks.length > 0 && { label: 'More redirect URIs' })}
        hint={[preset?.redirectHint, 'One in a line, in full and exactly as the app will ask for them.', optional && 'Optional.'].filter(Boolean).join(' ')}
        rows={3}
        technical
      />
    </section>
  );
}

/** What the client may ask for. */
export function ScopeFields({ form, problems, catalogue }: ClientFieldsProps) {
  const { choice } = clientFields({ form, problems });
  const scopes = scopeChoices(catalogue);
  return (
    <section class="card form" aria-labelledby="access">
      <h2 id="access">What it may do</h2>
      <ChoiceField
        {...choice('grantTypes')}
        kind="checkbox"
        choices={grantTypes.map((type) => ({ value: type, label: clientWords.grantTypes[type], hint: <code>{type}</code> }))}
        columns
      />
      <ChoiceField {...choice('scopes')} {...scopes} kind="checkbox" columns />
      <details class="more" open={form.optionalScopes.length > 0}>
        <summary>{clientLabels.optionalScopes}</summary>
        <ChoiceField
          {...choice('optionalScopes')}
          {...scopes}
          kind="checkbox"
          legend="When people are asked, they can untick these and allow the rest"
          columns
        />
      </details>
    </section>
  );
}

/** Every scope in the catalogue's order; those of this server's own API, which no client has unless somebody asked for them by name, are folded. */
function scopeChoices(catalogue: ScopeCatalogue): Pick<ChoiceFieldProps, 'choices' | 'folded'> {
  const choices = catalogue.map(({ name, sentence }) => ({ value: name, label: sentence, hint: <code>{name}</code> }));
  return {
    choices: choices.filter(({ value }) => !isApiScope(value)),
    folded: {
      summary: 'Scopes of this server’s own API',
      hint: 'To look after apps, connected apps and sign-ins. Few apps need them.',
      choices: choices.filter(({ value }) => isApiScope(value)),
    },
  };
}
