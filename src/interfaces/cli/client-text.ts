import { actsForPeople, type Client, mayUse } from '../../domain/clients/client.js';
import { type Introduction, introductionInWords, introductionOf } from '../../domain/clients/introduction.js';
import { fields, moment } from './terminal.js';

export const shownOnce = 'Keep the secret now: it is shown this once, and cannot be read again.';

/** A client for people to read, with the secret when one was just made. */
export function clientToText(client: Client, secret: string | null = null): string {
  const text = fields([
    ['client id', client.id],
    ['introduced itself', introduced(introductionOf(client.id))],
    ['client secret', secret],
    ['name', client.name],
    ['description', client.description],
    ['homepage', client.homepageUri],
    ['logo', client.logoUri],
    ['type', client.type],
    ['redirect URIs', client.redirectUris],
    ['grant types', client.grantTypes.join(' ')],
    ['scopes', client.scopes.join(' ')],
    ['optional scopes', client.optionalScopes.length === 0 ? null : client.optionalScopes.join(' ')],
    ['PKCE', mayUse(client, 'authorization_code') ? client.pkce : null],
    ['refresh', mayUse(client, 'refresh_token') ? client.refresh : null],
    ['consent', actsForPeople(client) ? client.consent : null],
    ['access tokens', client.accessTokenFormat],
    ['access token lives', lifetime(client.accessTokenLifetime)],
    ['refresh token may idle', lifetime(client.refreshTokenIdleLifetime)],
    ['refresh tokens end after', lifetime(client.refreshTokenAbsoluteLifetime)],
    ['owner', client.ownerId ?? 'nobody'],
    ['secrets', client.secrets.map(({ id, label, lastFour }) => `${id}  ${label} (…${lastFour})`)],
    ['created', moment(client.createdAt)],
    ['disabled', client.disabledAt && `${moment(client.disabledAt)} ${client.disabledBy === 'with_owner' ? 'with its owner' : `by the ${client.disabledBy}`}`],
    ['all access last ended', client.ownTokensRevokedAt && moment(client.ownTokensRevokedAt)],
  ]);
  return secret === null ? text : `${text}\n${shownOnce}\n`;
}

function introduced(introduction: Introduction | null): string | null {
  return introduction && `it ${introductionInWords(introduction)}`;
}

function lifetime(seconds: number | null): string | null {
  return seconds === null ? null : `${seconds} seconds`;
}
