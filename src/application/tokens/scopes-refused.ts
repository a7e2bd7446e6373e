import { InvalidScope } from '../../domain/errors.js';
import { briefly } from './briefly.js';

/**
 * What a client is told that asks for scopes it may not have (RFC 6749 §4.1.2.1, §5.2). Many ask for `openid` only because their library does so unless it is
 * told otherwise, which its message does not let them guess (ADR 0043).
 */
export function scopesRefused(beyond: readonly string[]): InvalidScope {
  const remedy = beyond.includes('openid') ? ': this server issues no ID tokens, so leave openid out of the scopes' : '';
  return new InvalidScope(`this client may not ask for ${briefly(beyond)}${remedy}`);
}
