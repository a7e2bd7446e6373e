import type { ResourceServer } from '../../../../domain/resources/resource-server.js';
import type { PersonFrame } from '../layout.js';
import { MadePage } from '../made-page.js';
import { readableName } from '../readable-name.js';
import { ResourceServerValues } from './resource-server-values.js';

export interface ResourceServerMadePageProps {
  readonly frame: PersonFrame;
  readonly title: string;
  readonly server: Pick<ResourceServer, 'id' | 'identifier' | 'name'>;
  readonly issuer: string;
  /** In full. */
  readonly secret: string;
}

/** The answer to the form that registered a resource server, or made a secret for it. */
export function ResourceServerMadePage({ frame, title, server, issuer, secret }: ResourceServerMadePageProps) {
  const lead = (
    <>
      <bdi>{readableName(server.name)}</bdi> can now check tokens.
    </>
  );
  return (
    <MadePage {...{ frame, title, lead }} secret onward={{ href: `/admin/resource-servers/${server.id}`, text: 'Go to the API' }}>
      <ResourceServerValues server={server} issuer={issuer} secret={secret} />
    </MadePage>
  );
}
