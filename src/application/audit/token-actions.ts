import { deviceCodeGrant } from '../../domain/clients/client.js';
import { AuthorizationPending, InvalidClient, SlowDown, UnknownClient } from '../../domain/errors.js';
import { parseToken } from '../../domain/tokens/opaque-token.js';
import type { AuditSubjects } from '../ports/audit-trail.js';
import { AuthenticateResourceServer } from '../resources/authenticate-resource-server.js';
import { AuthenticateClient } from '../tokens/authenticate-client.js';
import { ExchangeCode } from '../tokens/exchange-code.js';
import { ExchangeDeviceCode } from '../tokens/exchange-device-code.js';
import { GrantClientCredentials } from '../tokens/grant-client-credentials.js';
import { RefreshToken } from '../tokens/refresh-token.js';
import { type OperatorRevocation, RevokeByOperator } from '../tokens/revoke-by-operator.js';
import { RevokeToken } from '../tokens/revoke-token.js';
import type { TokenAnswer } from '../tokens/token-answer.js';
import { type Described, described } from './described.js';
import { operator, person } from './subjects.js';

const issued = ({ tokenId, refreshTokenId, userId, grantId, scopes }: TokenAnswer): AuditSubjects => ({
  tokenId,
  refreshTokenId,
  userId,
  grantId,
  scopes,
});

/** The public part of what was presented. */
const presented = (text: string): AuditSubjects => {
  const token = parseToken(text);
  if (token === null) return {};
  return token.kind === 'rt' ? { refreshTokenId: token.id } : { tokenId: token.id };
};

/** Whose grants were to end. */
const ofAll = ({ user, clientId }: Exclude<OperatorRevocation, { token: string }>): AuditSubjects => ({
  ...person(user),
  ...(clientId !== undefined && { clientId }),
});

/** What stands in place of an id, and is none, may be a secret. */
const isOfKnown = (error: unknown) => error instanceof InvalidClient && !(error instanceof UnknownClient);

const action = 'token.issue';

/** What clients do at the endpoints for tokens. Who is told of a token, by introspection, is not written down. */
export const tokenActions: readonly Described[] = [
  described(GrantClientCredentials, { action, given: ({ client }) => ({ clientId: client.id, grantType: 'client_credentials' }), came: issued }),
  described(ExchangeCode, {
    action,
    given: ({ client }) => ({ clientId: client.id, grantType: 'authorization_code' }),
    refused: (_, { code }) => presented(code),
    came: issued,
  }),
  described(ExchangeDeviceCode, {
    action,
    given: ({ client }) => ({ clientId: client.id, grantType: deviceCodeGrant }),
    refused: (error, { deviceCode }) => (error instanceof AuthorizationPending || error instanceof SlowDown ? null : presented(deviceCode)),
    came: issued,
  }),
  described(RefreshToken, {
    action,
    given: ({ client }) => ({ clientId: client.id, grantType: 'refresh_token' }),
    refused: (_, { refreshToken }) => presented(refreshToken),
    came: issued,
  }),
  described(AuthenticateClient, {
    action: 'client.authenticate',
    given: ({ from }) => ({ from }),
    refused: (error, { clientId }) => (isOfKnown(error) ? { clientId } : {}),
    // A right secret shows in what the client then does.
    came: () => null,
  }),
  described(AuthenticateResourceServer, {
    action: 'resource_server.authenticate',
    given: ({ from }) => ({ from }),
    refused: (error, { id }) => (isOfKnown(error) ? { resourceServerId: id } : {}),
    came: () => null,
  }),
  described(RevokeToken, {
    action: 'token.revoke',
    given: ({ client, token }) => ({ clientId: client.id, ...presented(token) }),
    came: (ended) => ended,
  }),
  described(RevokeByOperator, {
    action: 'token.revoke',
    given: () => operator,
    named: (revocation) => ('token' in revocation ? presented(revocation.token) : ofAll(revocation)),
    came: (revoked) => {
      if (revoked.ended === 'grants') return { ended: revoked.count, userId: revoked.userId };
      return revoked.already ? null : { grantId: revoked.grantId };
    },
  }),
];
