import type { ResourceServer } from '../../../../domain/resources/resource-server.js';
import { ConfirmPage } from '../confirm-page.js';
import type { PersonFrame } from '../layout.js';
import { ClientName } from '../parts/client-name.js';

export interface DeleteResourceServerPageProps {
  readonly frame: PersonFrame;
  readonly server: Pick<ResourceServer, 'id' | 'name' | 'tokenFormat' | 'scopes' | 'secrets'>;
}

export function DeleteResourceServerPage({ frame, server }: DeleteResourceServerPageProps) {
  const { id, name, tokenFormat, scopes, secrets } = server;
  return (
    <ConfirmPage
      frame={frame}
      title="Remove this API?"
      text={
        <>
          <ClientName name={name} /> is removed with {secrets.length === 1 ? 'its secret' : 'all its secrets'}: it can ask about tokens no more, and is told of
          no more revocations. This cannot be undone.
        </>
      }
      warning={
        <>
          {scopes.length > 0 && (
            <>
              Apps can no longer be given{' '}
              {scopes.map(({ name: scope }, index) => (
                <>
                  {index > 0 && ', '}
                  <code>{scope}</code>
                </>
              ))}
              .{' '}
            </>
          )}
          Tokens that were made for it are not ended: they stay good until they expire{tokenFormat !== 'opaque' && ', and it can go on checking JWTs by itself'}
          . To end them, disable or delete the apps that hold them.
        </>
      }
      action={`/admin/resource-servers/${id}/delete`}
      submit="Remove the API"
      cancelHref={`/admin/resource-servers/${id}`}
    />
  );
}
