import type { Client } from '../../../../domain/clients/client.js';
import type { ClientSecret } from '../../../../domain/clients/client-secret.js';
import type { SecretAdvice } from '../../../../domain/clients/secret-advice.js';
import { ConfirmPage } from '../confirm-page.js';
import type { PersonFrame } from '../layout.js';
import { Ago } from '../parts/moment.js';
import { readableText } from '../readable-text.js';

export interface RemoveSecretPageProps {
  readonly frame: PersonFrame;
  readonly client: Pick<Client, 'id' | 'name' | 'secrets'>;
  readonly secret: ClientSecret;
  readonly advice: SecretAdvice;
  readonly now: Date;
}

export function RemoveSecretPage({ frame, client, secret, advice, now }: RemoveSecretPageProps) {
  const { lastUsed } = secret;
  const last = client.secrets.length === 1;
  return (
    <ConfirmPage
      frame={frame}
      title="Remove this secret?"
      text={
        <>
          <bdi class="host">{readableText(secret.label)}</bdi>, which ends in <code>{secret.lastFour}</code>, stops working at once and for good.{' '}
          {advice === 'safe_to_remove' && 'Nobody has used it since the next one was made, or it has expired: it is safe to remove.'}
        </>
      }
      warning={
        <>
          {advice === 'in_use' && lastUsed && (
            <>
              <strong>It is in use:</strong> it was used <Ago date={lastUsed.at} now={now} />
              {lastUsed.from !== null && ` from ${lastUsed.from}`}. Whatever still has it stops working.{' '}
            </>
          )}
          {advice === 'unused' && 'It has not been used lately, and no newer secret replaces it. '}
          {last && 'It is the only secret: without one the app cannot get tokens.'}
        </>
      }
      action={`/clients/${client.id}/secrets/${secret.id}/remove`}
      submit="Remove the secret"
      cancelHref={`/clients/${client.id}`}
    />
  );
}
