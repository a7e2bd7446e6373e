import { FirstRun } from '../application/operations/first-run.js';
import { Idempotently } from '../application/operations/idempotently.js';
import { PurgeExpired } from '../application/operations/purge-expired.js';
import { UsageJournal } from '../application/operations/usage-journal.js';
import { CreateUser } from '../application/people/create-user.js';
import { ports } from './ports.js';
import type { Given, Provide } from './provide.js';

export function provideOperations(provide: Provide, { config: { catalogue }, storage, secretKeys }: Given): void {
  provide(UsageJournal, (get) => new UsageJournal(get(ports.usage)));
  provide(Idempotently, (get) => new Idempotently(get(ports.idempotencyKeys), secretKeys, get(ports.clock)));
  provide(FirstRun, (get) => new FirstRun(get(ports.users), get(ports.clients), get(CreateUser), catalogue, get(ports.clock)));
  provide(PurgeExpired, (get) => new PurgeExpired(storage.expirables, get(ports.clock)));
}
