import type { Client } from '../../domain/clients/client.js';
import { InvalidInput } from '../../domain/errors.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { Clock } from '../ports/clock.js';
import type { UserRepository } from '../ports/user-repository.js';
import { type Actor, actsForAll } from './actor.js';
import { clientWithinReach } from './client-within-reach.js';
import { unlessOwnerDisabled } from './disabled-owner.js';

export interface ClientSwitch {
  readonly actor: Actor;
  readonly clientId: string;
  readonly disabled: boolean;
}

/**
 * Switches a client off, or on again. Nothing is ended: what people gave it works again when it is enabled. Throws `InvalidInput` when its owner would enable
 * what the house disabled.
 */
export class SetClientDisabled {
  constructor(
    private readonly clients: ClientRepository,
    private readonly users: UserRepository,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, clientId, disabled }: ClientSwitch): Promise<Client> {
    const client = await clientWithinReach(this.clients, actor, clientId);
    const by: 'owner' | 'house' = actsForAll(actor) ? 'house' : 'owner';
    const state = disabled ? { at: client.disabledAt ?? this.clock.now(), by } : null;
    const done = await this.clients.setDisabled(clientId, state, by === 'owner' ? 'house' : undefined);
    const now = { ...client, disabledAt: state?.at ?? null, disabledBy: state?.by ?? null };
    // The house may enable an app of somebody who is shut out: others may need it.
    if (done) return by === 'owner' && !disabled ? unlessOwnerDisabled(this.users, this.clients, now) : now;

    const left = await clientWithinReach(this.clients, actor, clientId);
    if (!disabled) throw new InvalidInput([{ field: 'disabled', message: 'an administrator disabled this app; ask them' }]);
    return left;
  }
}
