import { describedAt } from '../../../../domain/clients/metadata-uri.js';
import { Address } from './address.js';
import { ClientName } from './client-name.js';

/** Which client sent a person here, by its id and name. */
export interface AskingClientProps {
  readonly id: string;
  readonly name: string;
}

/** The client that waits for a person, in our own sentence: its name, and where it describes itself the host whose word that name is. */
export function AskingClient({ id, name }: AskingClientProps) {
  const host = describedAt(id);
  return (
    <>
      <ClientName name={name} />
      {host !== null && (
        <>
          , an app of <Address of={host} kind="strong" />
        </>
      )}
    </>
  );
}
