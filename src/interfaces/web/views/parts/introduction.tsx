import { introductionOf } from '../../../../domain/clients/introduction.js';
import { Address } from './address.js';

/** Of a client that nobody registered here, below its name, whose word that name is: of a host, the one thing about it that it cannot choose, or of nobody who is known. */
export function Introduction({ id }: { id: string }) {
  const introduction = introductionOf(id);
  if (introduction === null) return null;
  return (
    <span class="hint">
      {introduction.by === 'registration' ? (
        'registered itself; nobody here has checked it'
      ) : (
        <>
          an app of <Address of={introduction.host} kind="strong" />
        </>
      )}
    </span>
  );
}
