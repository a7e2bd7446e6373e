import { introductionOf } from '../../../../domain/clients/introduction.js';
import { Address } from './address.js';
import { ClientName } from './client-name.js';

/** Which client sent a person here, by its id and name. */
export interface AskingClientProps {
  readonly id: string;
  readonly name: string;
}

/** The client that waits for a person, in our own sentence: its name, and whose word that name is where nobody registered it here. */
export function AskingClient({ id, name }: AskingClientProps) {
  const introduction = introductionOf(id);
  return (
    <>
      <ClientName name={name} />
      {introduction === 'self_registered' && ', as it calls itself'}
      {introduction !== null && introduction !== 'self_registered' && (
        <>
          , an app of <Address of={introduction.describedAt} kind="strong" />
        </>
      )}
    </>
  );
}
