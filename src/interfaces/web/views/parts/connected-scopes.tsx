import type { ScopeCatalogue } from '../../../../domain/scope.js';
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
      {scopes.map((name) => (
        <li key={name}>
          <Icon name="check" />
          <span>
            {catalogue.find((scope) => scope.name === name)?.sentence ?? name}{' '}
            {used.includes(name) ? <Badge tone="success">Used</Badge> : <Badge>Not used yet</Badge>}
          </span>
        </li>
      ))}
    </ul>
  );
}
