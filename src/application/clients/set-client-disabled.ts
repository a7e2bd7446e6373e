import type { Client } from '../../domain/clients/client.js';
import { NotFound } from '../../domain/errors.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { Clock } from '../ports/clock.js';
import type { Actor } from './actor.js';
import { clientWithinReach } from './client-within-reach.js';

export interface ClientSwitch {
  readonly actor: Actor;
  readonly clientId: string;
  readonly disabled: boolean;
}

/** Switches a client off, or on again. Nothing is ended: what people gave it works again when it is enabled. */
export class SetClientDisabled {
  constructor(
    private readonly clients: ClientRepository,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, clientId, disabled }: ClientSwitch): Promise<Client> {
    const client = await clientWithinReach(this.clients, actor, clientId);
    const switched: Client = { ...client, disabledAt: disabled ? (client.disabledAt ?? this.clock.now()) : null };
    if (!(await this.clients.update(switched))) throw new NotFound('client');
    return switched;
  }
}
