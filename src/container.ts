import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { type DependencyContainer, instanceCachingFactory, container as root } from 'tsyringe';
import { auditedActions } from './application/audit/audited-actions.js';
import { noClientMetadata } from './application/clients/named-clients.js';
import { provideAccounts } from './container/accounts.js';
import { provideAttempts } from './container/attempts.js';
import { provideAuthorization } from './container/authorization.js';
import { provideClients } from './container/clients.js';
import { provideConnections } from './container/connections.js';
import type { Foundations } from './container/foundations.js';
import { provideIdentities } from './container/identities.js';
import { provideKeys } from './container/keys.js';
import { provideOperations } from './container/operations.js';
import { providePeople } from './container/people.js';
import type { Given, Provide } from './container/provide.js';
import { provideResources } from './container/resources.js';
import { provideRevocations } from './container/revocations.js';
import { provideSessions } from './container/sessions.js';
import { provideStorage } from './container/storage.js';
import { provideTokens } from './container/tokens.js';

/** Hands out what was wired; how is known here only. */
export type Container = Pick<DependencyContainer, 'resolve'>;

/** Wires the whole service: only this file and its folder, which is divided as `application/` is, know which class stands behind which port. */
export function buildContainer(foundations: Foundations): Container {
  const container = root.createChildContainer();
  const given = complete(foundations);
  const provide: Provide = (token, make) => {
    container.register(token, {
      useFactory: instanceCachingFactory((c) =>
        writtenDown(
          token,
          make((dependency) => c.resolve(dependency)),
          given,
        ),
      ),
    });
  };

  provideStorage(provide, given);
  provideAuthorization(provide, given);
  provideTokens(provide, given);
  provideKeys(provide, given);
  provideRevocations(provide, given);
  provideConnections(provide);
  provideClients(provide, given);
  provideResources(provide, given);
  providePeople(provide, given);
  provideAccounts(provide, given);
  provideIdentities(provide, given);
  provideSessions(provide, given);
  provideAttempts(provide, given);
  provideOperations(provide, given);
  return container;
}

/** Of a use case that the audit trail tells, each call is written down, where there is a trail. */
function writtenDown<T>(token: unknown, made: T, { auditTrail, clock }: Given): T {
  if (auditTrail) auditedActions.get(token)?.(made, auditTrail, clock);
  return made;
}

function complete({
  authenticators = [],
  upstreamProviders = [],
  otherIssuers = [],
  clientMetadata = noClientMetadata,
  admittedRedirects = [],
  mailer = null,
  auditTrail = null,
  secretKeys = [randomBytes(32).toString('base64url')],
  ...needed
}: Foundations): Given {
  return { ...needed, authenticators, upstreamProviders, otherIssuers, clientMetadata, admittedRedirects, mailer, auditTrail, secretKeys };
}
