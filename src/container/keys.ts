import { CheckKeys } from '../application/keys/check-keys.js';
import { KeyRing } from '../application/keys/key-ring.js';
import { ListKeys } from '../application/keys/list-keys.js';
import { RotateKeys } from '../application/keys/rotate-keys.js';
import { TendKeys } from '../application/keys/tend-keys.js';
import { WithdrawKey } from '../application/keys/withdraw-key.js';
import { ports } from './ports.js';
import type { Given, Provide } from './provide.js';

export function provideKeys(provide: Provide, { config: { keys }, secretKeys }: Given): void {
  provide(KeyRing, (get) => new KeyRing(get(ports.signingKeys), secretKeys, keys, get(ports.clock)));
  provide(TendKeys, (get) => new TendKeys(get(ports.signingKeys), get(KeyRing), get(ports.clock)));
  provide(RotateKeys, (get) => new RotateKeys(get(KeyRing)));
  provide(WithdrawKey, (get) => new WithdrawKey(get(ports.signingKeys), get(KeyRing)));
  provide(CheckKeys, (get) => new CheckKeys(get(ports.signingKeys), secretKeys, get(ports.clock)));
  provide(ListKeys, (get) => new ListKeys(get(ports.signingKeys), get(ports.clock)));
}
