import type { Storage } from '../application/ports/storage.js';
import { naming } from './naming-calls.js';
import type { StorageHarness } from './storage-harness.js';

/** The harness failed: no rule did, and none that needs it can be run. */
export class HarnessFailure extends Error {}

/** What the harness itself failed with, and how often. */
export type HarnessTrouble = Map<string, number>;

/**
 * The harness as the rules use it: what its functions fail with is kept in `trouble`, and what a verb of a store fails with says which verb it was, and with
 * which key. The functions of the harness are given the stores that it made itself.
 */
export function watchedHarness(harness: StorageHarness, trouble: HarnessTrouble): StorageHarness {
  const made = new WeakMap<Storage, Storage>();
  const own = (storage: Storage): Storage => made.get(storage) ?? storage;
  async function watched<Answer>(name: string, work: () => Promise<Answer>): Promise<Answer> {
    try {
      return await work();
    } catch (cause) {
      const said = `${name} of the harness threw: ${cause instanceof Error ? cause.message : String(cause)}`;
      trouble.set(said, (trouble.get(said) ?? 0) + 1);
      throw new HarnessFailure(said, { cause });
    }
  }
  const opened = (name: string, open: () => Promise<Storage>) =>
    watched(name, async () => {
      const storage = await open();
      if (typeof storage !== 'object' || storage === null) throw new Error(`no store came of it, but ${String(storage)}`);
      const named = naming(storage);
      made.set(named, storage);
      return named;
    });
  const { forgetful, openAgain, failWrite, away } = harness;
  return {
    ...harness,
    create: () => opened('create', () => harness.create()),
    destroy: (storage) => watched('destroy', () => harness.destroy(own(storage))),
    ...(forgetful && { forgetful: { ...forgetful, create: () => opened('forgetful.create', () => forgetful.create()) } }),
    ...(openAgain && { openAgain: (storage: Storage) => opened('openAgain', () => openAgain.call(harness, own(storage))) }),
    ...(failWrite && { failWrite: (storage: Storage, nth: number) => failWrite.call(harness, own(storage), nth) }),
    ...(away && { away: (storage: Storage) => watched('away', () => away.call(harness, own(storage))) }),
  };
}
