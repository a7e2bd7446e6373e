import { AddSecret } from '../clients/add-secret.js';
import { CreateClient } from '../clients/create-client.js';
import { DeleteClient } from '../clients/delete-client.js';
import { EditClient } from '../clients/edit-client.js';
import { KeepClient } from '../clients/keep-client.js';
import { RemoveSecret } from '../clients/remove-secret.js';
import { RevokeClientTokens } from '../clients/revoke-client-tokens.js';
import { SetClientDisabled } from '../clients/set-client-disabled.js';
import { type Described, described } from './described.js';
import { by } from './subjects.js';

/** How clients are registered, changed and removed. */
export const clientActions: readonly Described[] = [
  described(CreateClient, { action: 'client.create', given: ({ actor }) => by(actor), came: ({ client }) => ({ clientId: client.id, scopes: client.scopes }) }),
  // One that introduces itself, by a document or by registering, when a person allows it.
  described(KeepClient, {
    action: 'client.describe',
    given: ({ client: { id }, by }) => ({ actor: by, clientId: id }),
    // Changed also where this server has come to know another scope that is open to it.
    came: ({ outcome }, { client: { scopes } }) => (outcome === 'added' || outcome === 'changed' ? { scopes, reason: outcome } : null),
  }),
  described(EditClient, {
    action: 'client.edit',
    given: ({ actor }) => by(actor),
    named: ({ clientId }) => ({ clientId }),
    came: ({ scopes }) => ({ scopes }),
  }),
  described(DeleteClient, { action: 'client.delete', given: ({ actor }) => by(actor), named: ({ clientId }) => ({ clientId }) }),
  described(SetClientDisabled, {
    action: 'client.set_disabled',
    given: ({ actor }) => by(actor),
    named: ({ clientId }) => ({ clientId }),
    came: ({ disabledAt }) => ({ reason: disabledAt === null ? 'enabled' : 'disabled' }),
  }),
  described(RevokeClientTokens, {
    action: 'token.revoke',
    given: ({ actor }) => by(actor),
    named: ({ clientId }) => ({ clientId }),
    came: ({ grants }) => ({ ended: grants, reason: 'own_tokens_too' }),
  }),
  described(AddSecret, {
    action: 'client_secret.add',
    given: ({ actor }) => by(actor),
    named: ({ clientId }) => ({ clientId }),
    came: ({ secret }) => ({ secretId: secret.id }),
  }),
  described(RemoveSecret, {
    action: 'client_secret.remove',
    given: ({ actor }) => by(actor),
    named: ({ clientId, secretId }) => ({ clientId, secretId }),
  }),
];
