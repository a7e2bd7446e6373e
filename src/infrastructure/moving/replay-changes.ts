import type { ArrivingStore, LeavingStore, MovedBatch } from '../../application/ports/moved-store.js';

/** How often what was overtaken by a change is tried again, from reading on. */
const attempts = 20;

/** Copies again what was changed since, as it is now; answers how many changes there were, at most `limit`. What is noted meanwhile waits for the next call. */
export async function replayChanges(from: LeavingStore, to: ArrivingStore, limit = 1000): Promise<number> {
  const changes = await from.changes(limit);
  if (changes.length === 0) return 0;
  const touched = from.kinds
    .map((kind) => ({ kind, keys: [...new Set(changes.filter((change) => change.kind === kind).map(({ key }) => key))] }))
    .filter(({ keys }) => keys.length > 0);
  for (let attempt = 1; ; attempt += 1) {
    const batches: MovedBatch[] = [];
    for (const { kind, keys } of touched) {
      const put = await from.read(kind, keys);
      const there = new Set(put.map(({ key }) => key));
      batches.push({ kind, put, remove: keys.filter((key) => !there.has(key)) });
    }
    if ((await to.apply(batches)) === 'applied') break;
    if (attempt === attempts) throw new Error(`changes of ${touched.map(({ kind }) => kind).join(', ')} refer to something that is not there`);
  }
  // Only now: were the process to end before, they would be copied once more.
  await from.forget(changes);
  return changes.length;
}
