import { offlineAccess } from '../../../../domain/person-scope.js';
import { asShown, type ScopeCatalogue } from '../../../../domain/scope.js';
import { Badge } from './badge.js';
import { Icon } from './icon.js';

export interface ConnectedScopesProps {
  readonly scopes: readonly string[];
  /** `null`: nothing is said of use. */
  readonly used: readonly string[] | null;
  readonly catalogue: ScopeCatalogue;
}

/** What a person agreed to for an app, in words, and which of it the app has done. */
export function ConnectedScopes({ scopes, used, catalogue }: ConnectedScopesProps) {
  return (
    <ul class="scope-use">
      {asShown(scopes, catalogue).map(({ name, sentence }) => (
        <li key={name}>
          <Icon name="check" />
          <span>
            {sentence} {used !== null && name !== offlineAccess && <Use seen={used.includes(name)} />}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Use({ seen }: { seen: boolean }) {
  return seen ? <Badge tone="success">Used</Badge> : <Badge>Not used yet</Badge>;
}
