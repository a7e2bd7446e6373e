import { Attempts } from '../application/attempts/attempts.js';
import { KnownDevices } from '../application/attempts/known-devices.js';
import { SignInAttempts } from '../application/attempts/sign-in-attempts.js';
import { ports } from './ports.js';
import type { Given, Provide } from './provide.js';

export function provideAttempts(provide: Provide, { secretKeys }: Given): void {
  provide(Attempts, (get) => new Attempts(get(ports.attempts)));
  provide(KnownDevices, (get) => new KnownDevices(secretKeys, get(ports.clock)));
  provide(SignInAttempts, (get) => new SignInAttempts(get(Attempts), get(KnownDevices)));
}
