import type { Client } from '../../../../domain/clients/client.js';
import { readableName } from '../readable-name.js';

/** Which apps go with the person who registered them. */
export function LostClients({ clients, more, whose }: { clients: readonly Client[]; more: boolean; whose: 'your' | 'their' }) {
  return (
    <>
      Deleted with it for everybody, because nobody would answer for them any more, are {whose} apps{' '}
      {clients.map(({ id, name }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <bdi>{readableName(name)}</bdi>
        </span>
      ))}
      {more && ' and others'}.
    </>
  );
}
