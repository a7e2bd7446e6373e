import { webAddress } from '../web-address.js';
import { Address } from './address.js';
import { ClientName } from './client-name.js';
import { Icon } from './icon.js';

export interface ScopeQuestion {
  readonly name: string;
  /** What it lets the client do, in words. */
  readonly sentence: string;
  /** The person may leave it out. */
  readonly optional?: boolean;
}

export interface ScopeListProps {
  readonly clientName: string;
  readonly scopes: readonly ScopeQuestion[];
  readonly resources: readonly string[];
}

/** What the client will be able to do, and where; what is optional can be unticked. */
export function ScopeList({ clientName, scopes, resources }: ScopeListProps) {
  const optional = scopes.filter((scope) => scope.optional);
  const required = scopes.filter((scope) => !scope.optional);
  return (
    <div class="scopes">
      <input type="hidden" name="shown" value={scopes.map(({ name }) => name).join(' ')} />
      <h2>
        If you allow it, <ClientName name={clientName} /> can
      </h2>
      {required.length > 0 && (
        <ul>
          {required.map(({ name, sentence }) => (
            <li key={name}>
              <Icon name="check" />
              <span>{sentence}</span>
            </li>
          ))}
        </ul>
      )}
      {optional.length > 0 && (
        <fieldset class="choices">
          <legend>Untick what you would rather leave out</legend>
          {optional.map(({ name }) => (
            <input type="hidden" name="optional" value={name} key={name} />
          ))}
          {optional.map(({ name, sentence }) => (
            <label class="choice" key={name}>
              <input type="checkbox" name="scope" value={name} checked />
              <span>{sentence}</span>
            </label>
          ))}
        </fieldset>
      )}
      {resources.length > 0 && (
        <p>
          For use at{' '}
          {resources.map((resource, index) => (
            <>
              {index > 0 && ' '}
              <Address of={webAddress(resource)?.host ?? resource} kind="strong">
                {index === resources.length - 1 ? '.' : ','}
              </Address>
            </>
          ))}
        </p>
      )}
    </div>
  );
}
