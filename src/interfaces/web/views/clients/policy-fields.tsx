import { ChoiceField } from '../parts/choice-field.js';
import { errorAt } from '../parts/error-summary.js';
import { Field } from '../parts/field.js';
import type { ClientFieldsProps } from './client-fields.js';
import { clientLabels, clientWords } from './client-words.js';

/** The server's own lifetimes, in words: what holds where a client names none. */
export interface UsualLifetimes {
  readonly accessToken: string;
  readonly refreshTokenIdle: string;
  readonly refreshTokenAbsolute: string;
}

export interface PolicyFieldsProps extends ClientFieldsProps {
  readonly usual: UsualLifetimes;
}

const policyFields = ['type', 'pkce', 'refresh', 'accessTokenFormat', 'accessTokenLifetime', 'refreshTokenIdleLifetime', 'refreshTokenAbsoluteLifetime'];

/** How the client proves itself, and how long its tokens live. */
export function PolicyFields({ form, problems, usual, preset }: PolicyFieldsProps) {
  return (
    <details class="card form" open={!preset || problems.some(({ field }) => policyFields.includes(field))}>
      <summary>
        <h2>How it proves itself, and how long tokens live</h2>
        {preset && <span class="hint">Chosen already, as it is right for this kind of app.</span>}
      </summary>
      <ChoiceField
        kind="radio"
        name="type"
        legend={clientLabels.type}
        choices={[
          { value: 'confidential', label: clientWords.type.confidential, hint: 'It runs on a server and gets a client secret.' },
          {
            value: 'public',
            label: clientWords.type.public,
            hint: 'It runs in a browser, on a phone or a desktop, where everybody could read a secret: it gets none.',
          },
        ]}
        chosen={[form.type]}
        error={errorAt(problems, 'type')}
      />
      <ChoiceField
        kind="radio"
        name="pkce"
        legend={clientLabels.pkce}
        choices={[
          { value: 'required', label: clientWords.pkce.required, hint: 'A stolen code is worth nothing. Right for everything that can do it.' },
          { value: 'optional', label: clientWords.pkce.optional, hint: 'For a confidential app that cannot do PKCE.' },
        ]}
        chosen={[form.pkce]}
        error={errorAt(problems, 'pkce')}
      />
      <ChoiceField
        kind="radio"
        name="refresh"
        legend={clientLabels.refresh}
        choices={[
          {
            value: 'rotate',
            label: clientWords.refresh.rotate,
            hint: 'Theft is noticed: an old one that comes back ends the access. Always so for public apps.',
          },
          { value: 'keep', label: clientWords.refresh.keep, hint: 'For confidential apps that refresh from several places at once.' },
        ]}
        chosen={[form.refresh]}
        error={errorAt(problems, 'refresh')}
      />
      <ChoiceField
        kind="radio"
        name="accessTokenFormat"
        legend={clientLabels.accessTokenFormat}
        hint="An API that is registered here usually decides that itself."
        choices={[
          { value: 'opaque', label: clientWords.accessTokenFormat.opaque, hint: 'Only this server can tell what they say.' },
          {
            value: 'jwt',
            label: clientWords.accessTokenFormat.jwt,
            hint: 'Also for one API that is not registered here, when the app names it as “resource”: that one can check them by itself.',
          },
        ]}
        chosen={[form.accessTokenFormat]}
        error={errorAt(problems, 'accessTokenFormat')}
      />
      <Lifetime name="accessTokenLifetime" {...{ form, problems }} usual={usual.accessToken} />
      <Lifetime name="refreshTokenIdleLifetime" {...{ form, problems }} usual={usual.refreshTokenIdle} />
      <Lifetime name="refreshTokenAbsoluteLifetime" {...{ form, problems }} usual={usual.refreshTokenAbsolute} />
    </details>
  );
}

interface LifetimeProps extends Pick<ClientFieldsProps, 'form' | 'problems'> {
  readonly name: 'accessTokenLifetime' | 'refreshTokenIdleLifetime' | 'refreshTokenAbsoluteLifetime';
  readonly usual: string;
}

function Lifetime({ name, form, problems, usual }: LifetimeProps) {
  const hint = `Such as 30 minutes, 12 hours or 90 days. Left empty: ${usual}, as everywhere on this server.`;
  return <Field name={name} label={clientLabels[name]} value={form[name]} hint={hint} error={errorAt(problems, name)} autocomplete="off" />;
}
