import { keywright } from './keywright.js';
import { peer, peerNames } from './peer.js';
import { yardstick } from './yardstick.js';

/** The servers that are compared unless somebody chooses. */
export const usualNames = ['keywright', 'hello', 'limit-pg1', ...peerNames];

/** Every server there is, by name; variants of Keywright are compared when they are asked for, the one with `tokens` in its tables by that option. */
export function allTargets({ nodeOptions = [], tokens = 0 }) {
  const full = tokens === 0 ? [] : [keywright({ name: `keywright, ${tokens.toLocaleString('en')} tokens`, tokens })];
  const variants = [...full, keywright({ name: 'keywright-one-by-one', coalescing: false })];
  return [keywright({ nodeOptions }), ...variants, yardstick('hello'), yardstick('limit-pg1'), ...peerNames.map(peer)];
}
