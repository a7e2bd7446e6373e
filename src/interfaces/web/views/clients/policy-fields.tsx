import type { UsualLifetimes } from '../../clients/lifetime-text.js';
import { ChoiceField } from '../parts/choice-field.js';
import { Field } from '../parts/field.js';
import { type ClientFieldsProps, clientFields } from './client-fields.js';
import { clientWords } from './client-words.js';

export interface PolicyFieldsProps extends ClientFieldsProps {
  readonly usual: UsualLifetimes;
}

const lifetimes = [
  { name: 'accessTokenLifetime', length: 'accessToken' },
  { name: 'refreshTokenIdleLifetime', length: 'refreshTokenIdle' },
  { name: 'refreshTokenAbsoluteLifetime', length: 'refreshTokenAbsolute' },
] as const;

const policyFields: readonly string[] = ['type', 'pkce', 'refresh', 'accessTokenFormat', ...lifetimes.map(({ name }) => name)];

/** How the client proves itself, and how long its tokens live. */
export function PolicyFields({ form, problems, usual, preset }: PolicyFieldsProps) {
  const { text, choice } = clientFields({ form, problems });
  return (
    <details class="card form" open={!preset || problems.some(({ field }) => policyFields.includes(field))}>
      <summary>
        <h2>How it proves itself, and how long tokens live</h2>
        {preset && <span class="hint">Chosen already, as it is right for this kind of app.</span>}
      </summary>
      <ChoiceField
        {...choice('type')}
        kind="radio"
        choices={[
          { value: 'confidential', label: clientWords.type.confidential, hint: 'It runs on a server and gets a client secret.' },
          {
            value: 'public',
            label: clientWords.type.public,
            hint: 'It runs in a browser, on a phone or a desktop, where everybody could read a secret: it gets none.',
          },
        ]}
      />
      <ChoiceField
        {...choice('pkce')}
        kind="radio"
        choices={[
          { value: 'required', label: clientWords.pkce.required, hint: 'A stolen code is worth nothing. Right for everything that can do it.' },
          { value: 'optional', label: clientWords.pkce.optional, hint: 'For a confidential app that cannot do PKCE.' },
        ]}
      />
      <ChoiceField
        {...choice('refresh')}
        kind="radio"
        choices={[
          {
            value: 'rotate',
            label: clientWords.refresh.rotate,
            hint: 'Theft is noticed: an old one that comes back ends the access. Always so for public apps.',
          },
          { value: 'keep', label: clientWords.refresh.keep, hint: 'For confidential apps that refresh from several places at once.' },
        ]}
      />
      <ChoiceField
        {...choice('accessTokenFormat')}
        kind="radio"
        hint="An API that is registered here usually decides that itself."
        choices={[
          { value: 'opaque', label: clientWords.accessTokenFormat.opaque, hint: 'Only this server can tell what they say.' },
          {
            value: 'jwt',
            label: clientWords.accessTokenFormat.jwt,
            hint: 'Also for one API that is not registered here, when the app names it as “resource”: that one can check them by itself.',
          },
        ]}
      />
      {lifetimes.map(({ name, length }) => (
        <Field
          key={name}
          {...text(name)}
          hint={`Such as 30 minutes, 12 hours or 90 days. Left empty: ${usual[length]}, as everywhere on this server.`}
          autocomplete="off"
        />
      ))}
    </details>
  );
}
