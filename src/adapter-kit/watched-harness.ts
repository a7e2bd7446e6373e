import { missingVerbs } from '../application/ports/missing-verbs.js';
import type { Storage } from '../application/ports/storage.js';
import { naming } from './naming-calls.js';
import type { StorageHarness } from './storage-harness.js';

/** The harness failed: no rule did, and none that needs it can be run. */
export class HarnessFailure extends Error {}

/** What the harness itself failed with, or what the stores lack that it made, and how often. */
export type HarnessTrouble = Map<string, number>;

/**
 * The harness as the rules use it: what its functions fail with is kept in `trouble`, and what a verb of a store fails with says which verb it was, and with
 * which key. The functions of the harness are given the stores that it made itself.
 */
export function watchedHarness(harness: StorageHarness, trouble: HarnessTrouble): StorageHarness {
  const made = new WeakMap<Storage, Storage>();
  const own = (storage: Storage): Storage => made.get(storage) ?? storage;
  const say = (said: string) => void trouble.set(said, (trouble.get(said) ?? 0) + 1);
  async function watched<Answer>(name: string, work: () => Promise<Answer>): Promise<Answer> {
    try {
      return await work();
    } catch (cause) {
      const said = `${name} of the harness threw: ${cause instanceof Error ? cause.message : String(cause)}`;
      say(said);
      throw new HarnessFailure(said, { cause });
    }
  }
  const opened = (name: string, open: () => Promise<Storage>) =>
    watched(name, async () => {
      const storage = await open();
      if (typeof storage !== 'object' || storage === null) throw new Error(`no store came of it, but ${String(storage)}`);
      const missing = missingVerbs(storage);
      if (missing.length > 0) say(`what ${name} of the harness made lacks ${byPort(storage, missing).join(', ')}`);
      const named = naming(storage, new Set(missing));
      made.set(named, storage);
      return named;
    });
  const { forgetful, openAgain, reopen, failWrite, away } = harness;
  return {
    ...harness,
    create: () => opened('create', () => harness.create()),
    destroy: (storage) => watched('destroy', () => harness.destroy(own(storage))),
    ...(forgetful && { forgetful: { ...forgetful, create: () => opened('forgetful.create', () => forgetful.create()) } }),
    ...(openAgain && { openAgain: (storage: Storage) => opened('openAgain', () => openAgain.call(harness, own(storage))) }),
    ...(reopen && { reopen: (storage: Storage) => opened('reopen', () => reopen.call(harness, own(storage))) }),
    ...(failWrite && { failWrite: (storage: Storage, nth: number) => failWrite.call(harness, own(storage), nth) }),
    ...(away && { away: (storage: Storage) => watched('away', () => away.call(harness, own(storage))) }),
  };
}

/** A port that is not there at all is named once. */
function byPort(storage: Storage, missing: readonly string[]): string[] {
  const named = missing.map((verb) => {
    const [port = ''] = verb.split('.');
    return Reflect.get(storage, port) === undefined ? port : verb;
  });
  return [...new Set(named)];
}
