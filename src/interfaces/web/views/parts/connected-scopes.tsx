import { asShown, type ScopeCatalogue } from '../../../../domain/scope.js';
import { Badge } from './badge.js';
import { Icon } from './icon.js';

export interface ConnectedScopesProps {
  readonly scopes: readonly string[];
  readonly used: readonly string[];
  readonly catalogue: ScopeCatalogue;
}

/** What a connected app may do, in words, and which of it it has done. */
export function ConnectedScopes({ scopes, used, catalogue }: ConnectedScopesProps) {
  return (
    <ul class="scope-use">
      {asShown(scopes, catalogue).map(({ name, sentence }) => (
        <li key={name}>
          <Icon name="check" />
          <span>
            {sentence} {used.includes(name) ? <Badge tone="success">Used</Badge> : <Badge>Not used yet</Badge>}
          </span>
        </li>
      ))}
    </ul>
  );
}
