import type { ResourceServer } from '../../../../domain/resources/resource-server.js';
import { Copyable } from '../parts/copyable.js';

export interface ResourceServerValuesProps {
  readonly server: Pick<ResourceServer, 'id' | 'identifier'>;
  readonly issuer: string;
  /** In full, in the moment it was made. */
  readonly secret?: string | undefined;
}

/** What the API needs to check tokens, under the names that `keywright/verify` and every introspection client have for it. */
export function ResourceServerValues({ server, issuer, secret }: ResourceServerValuesProps) {
  return (
    <section class="card" aria-labelledby="values">
      <h2 id="values">What the API needs to check tokens</h2>
      <Copyable name="issuer" label="Issuer" value={issuer} />
      <Copyable name="identifier" label="Identifier (audience)" value={server.identifier} hint="Apps name it as “resource”; tokens carry it as “aud”." />
      <Copyable name="server-id" label="Id" value={server.id} hint="With the secret, its credentials for introspection and for the feed of revocations." />
      {secret !== undefined && <Copyable name="server-secret" label="Secret" value={secret} />}
    </section>
  );
}
