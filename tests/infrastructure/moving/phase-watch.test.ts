import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { codeOf, reasonOf, StorageUnavailable } from '../../../src/application/ports/storage-unavailable.js';
import { PhaseWatch } from '../../../src/infrastructure/moving/phase-watch.js';

const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

it.each([
  ['the driver', refused],
  ['a store of a team’s own', new StorageUnavailable(refused)],
])('who waits in vain for where to decide hears why the old store cannot be asked, as %s said it', async (_, error) => {
  const watch = new PhaseWatch(() => Promise.reject(error));
  const asked = watch.store().catch((refusal: unknown) => refusal);
  await setImmediate();
  await watch.close();
  const refusal = await asked;
  if (!(refusal instanceof StorageUnavailable)) throw new Error('it was not refused for the sake of the store');
  expect([codeOf(refusal), reasonOf(refusal)]).toEqual(['ECONNREFUSED', 'connect ECONNREFUSED']);
});
