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
      {introduction?.by === 'registration' && ', as it calls itself'}
      {introduction?.by === 'document' && (
        <>
          , an app of <Address of={introduction.host} kind="strong" />
        </>
      )}
    </>
  );
}
