import { asShown, type ScopeCatalogue } from '../../../../domain/scope.js';
import { useIsSeen } from '../../../../domain/seen-scope.js';
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
            {sentence} {used !== null && <Use of={name} used={used.includes(name)} />}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Use({ of, used }: { of: string; used: boolean }) {
  if (used) return <Badge tone="success">Used</Badge>;
  return useIsSeen(of) ? <Badge>Not used yet</Badge> : null;
}
