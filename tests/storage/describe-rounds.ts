import { describeStorage } from '../../src/adapter-kit/storage-contract.js';
import type { StorageHarness } from '../../src/adapter-kit/storage-harness.js';

/** How often in a row the kit is run: a race that is lost once in a thousand times shows itself only then. */
const rounds = Number(process.env.KIT_ROUNDS ?? 1);

/** Runs the kit, KIT_ROUNDS times. */
export function describeRounds(name: string, harness: StorageHarness): void {
  for (let round = 1; round <= rounds; round += 1) describeStorage(rounds === 1 ? name : `${name}, round ${round}`, harness);
}
