import type { Secret } from '../../../../domain/secret.js';
import type { SecretAdvice } from '../../../../domain/secret-advice.js';
import { ConfirmPage } from '../confirm-page.js';
import type { PersonFrame } from '../layout.js';
import { Ago } from '../parts/moment.js';
import { readableText } from '../readable-text.js';
import type { SecretHolder } from './secret-holder.js';

export interface RemoveSecretPageProps {
  readonly frame: PersonFrame;
  readonly holder: Pick<SecretHolder, 'href' | 'secrets' | 'without' | 'goesOn'>;
  readonly secret: Secret;
  readonly advice: SecretAdvice;
  readonly now: Date;
}

export function RemoveSecretPage({ frame, holder, secret, advice, now }: RemoveSecretPageProps) {
  return (
    <ConfirmPage
      frame={frame}
      title="Remove this secret?"
      text={
        <>
          <bdi class="host">{readableText(secret.label)}</bdi>, which ends in <code>{secret.lastFour}</code>, stops working at once and for good.
          {advice === 'safe_to_remove' && ' It is safe to remove: it has expired, or the one made after it is used in its place.'}
          {holder.goesOn !== null && ` ${holder.goesOn}`}
        </>
      }
      warning={warningFor({ holder, secret, advice, now })}
      action={`${holder.href}/secrets/${secret.id}/remove`}
      submit="Remove the secret"
      cancelHref={holder.href}
    />
  );
}

function warningFor({ holder, secret: { lastUsed }, advice, now }: Omit<RemoveSecretPageProps, 'frame'>) {
  const last = holder.secrets.length === 1 && ` It is the only secret: without one ${holder.without}.`;
  if (advice === 'in_use' && lastUsed) {
    return (
      <>
        <strong>It is in use:</strong> last used <Ago date={lastUsed.at} now={now} />
        {lastUsed.from !== null && ` from ${lastUsed.from}`}. Whatever still has it stops working.
        {last}
      </>
    );
  }
  return advice === 'unused' ? <>It has not been used lately, but no newer secret replaces it.{last}</> : last || undefined;
}
