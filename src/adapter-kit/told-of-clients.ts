import type { Storage } from '../application/ports/storage.js';
import { eventually } from './eventually.js';

/** The ids of clients of whose change a store gives notice, from when it hears on; `end` ends that. */
export async function toldOfClients(storage: Storage): Promise<{ readonly told: readonly string[]; end(): void }> {
  const told: string[] = [];
  let hearing = false;
  const end = storage.notices.subscribe('clients', {
    changed: (key) => told.push(key),
    lost: () => undefined,
    resumed: () => {
      hearing = true;
    },
  });
  await eventually('the subscriber hears', () => hearing);
  return { told, end };
}
