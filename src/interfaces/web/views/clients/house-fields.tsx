import { ChoiceField } from '../parts/choice-field.js';
import { type ClientFieldsProps, clientFields } from './client-fields.js';
import { clientWords } from './client-words.js';

export interface HouseFieldsProps extends Pick<ClientFieldsProps, 'form' | 'problems'> {
  /** The client is being made, so that it can still be said whose it is. */
  readonly choosesOwner: boolean;
}

/** What only an administrator decides. */
export function HouseFields({ form, problems, choosesOwner }: HouseFieldsProps) {
  const { choice } = clientFields({ form, problems });
  return (
    <section class="card form" aria-labelledby="house">
      <h2 id="house">What only administrators decide</h2>
      {choosesOwner && (
        <ChoiceField
          {...choice('owner')}
          kind="radio"
          choices={[
            { value: 'me', label: 'Me' },
            { value: 'nobody', label: 'Nobody', hint: 'For the house’s own: administrators look after it.' },
          ]}
        />
      )}
      <ChoiceField
        {...choice('consent')}
        kind="radio"
        choices={[
          { value: 'ask', label: clientWords.consent.ask },
          { value: 'skip', label: clientWords.consent.skip, hint: 'Only for apps of the same house: whoever signs in has allowed everything.' },
        ]}
      />
    </section>
  );
}
