import { addressBlock } from '../../domain/address-block.js';
import { normaliseEmail, type User } from '../../domain/people/user.js';
import type { Attempts, Charge } from './attempts.js';
import { budgets } from './budgets.js';
import type { DeviceToken, KnownDevices } from './known-devices.js';

/** Who is trying to sign in, as far as the browser tells. */
export interface Caller {
  /** The network address, where it is known. */
  readonly from: string | null;
  /** What `KnownDevices` gave this browser earlier, if it still has it. */
  readonly device: string | null;
}

/**
 * Slows down failed sign-ins. Strangers share the budgets of the account and of their address; a browser that was signed in to the account before has a
 * budget of its own, so that no attack from elsewhere keeps the rightful person out. An address that nobody has is counted like one that somebody has.
 */
export class SignInAttempts {
  constructor(
    private readonly attempts: Attempts,
    private readonly devices: KnownDevices,
  ) {}

  /** What `attempt` answers, told whether the browser is known here; `null` counts as a failure. Throws `TooManyAttempts` instead of trying. */
  async try<T>(email: string, { from, device }: Caller, attempt: (known: boolean) => Promise<T | null>): Promise<{ result: T; device: DeviceToken } | null> {
    const account = accountNamed(email);
    const known = this.devices.recognise(device, account);
    const result = await this.attempts.countFailures(known === null ? stranger(account, from) : acquaintance(known), () => attempt(known !== null));
    return result === null ? null : { result, device: this.devices.remember(known, account) };
  }

  /**
   * A token for the browser of somebody who came another way than by their password; `null` for those who have none: nobody can guess it, and the token of
   * somebody else who uses this browser would be lost.
   */
  rememberWithPassword({ email, passwordHash }: User): DeviceToken | null {
    return passwordHash === null ? null : this.remember(email);
  }

  /** A token for a browser whose person was proved to be one with the account in another way. */
  remember(email: string): DeviceToken {
    return this.devices.remember(null, accountNamed(email));
  }
}

/** The account meant, whether it exists or not. */
function accountNamed(email: string): string {
  return normaliseEmail(email) ?? email;
}

function stranger(account: string, from: string | null): Charge[] {
  return [
    { budget: budgets.account, subject: account },
    { budget: budgets.accountInADay, subject: account },
    ...(from === null ? [] : [{ budget: budgets.address, subject: addressBlock(from) }]),
  ];
}

function acquaintance(device: string): Charge[] {
  return [{ budget: budgets.device, subject: device }];
}
