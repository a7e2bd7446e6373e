import { AddResourceServerSecret } from '../resources/add-resource-server-secret.js';
import { EditResourceServer } from '../resources/edit-resource-server.js';
import { RegisterResourceServer } from '../resources/register-resource-server.js';
import { RemoveResourceServer } from '../resources/remove-resource-server.js';
import { RemoveResourceServerSecret } from '../resources/remove-resource-server-secret.js';
import { type Described, described } from './described.js';
import { by } from './subjects.js';

/** How resource servers are registered, changed and removed. */
export const resourceServerActions: readonly Described[] = [
  described(RegisterResourceServer, {
    action: 'resource_server.create',
    given: ({ actor }) => by(actor),
    came: ({ server }) => ({ resourceServerId: server.id }),
  }),
  described(EditResourceServer, { action: 'resource_server.edit', given: ({ actor }) => by(actor), named: ({ id }) => ({ resourceServerId: id }) }),
  described(RemoveResourceServer, { action: 'resource_server.delete', given: ({ actor }) => by(actor), named: ({ id }) => ({ resourceServerId: id }) }),
  described(AddResourceServerSecret, {
    action: 'resource_server_secret.add',
    given: ({ actor }) => by(actor),
    named: ({ id }) => ({ resourceServerId: id }),
    came: ({ secret }) => ({ secretId: secret.id }),
  }),
  described(RemoveResourceServerSecret, {
    action: 'resource_server_secret.remove',
    given: ({ actor }) => by(actor),
    named: ({ id, secretId }) => ({ resourceServerId: id, secretId }),
  }),
];
