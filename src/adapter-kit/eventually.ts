import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds for what an adapter promises soon, on a machine that does much else besides. */
const patience = 5000;

/** Resolves as soon as `happened`; throws when it has not for five seconds. */
export async function eventually(what: string, happened: () => boolean): Promise<void> {
  const started = performance.now();
  while (!happened()) {
    if (performance.now() - started > patience) throw new Error(`did not happen within ${patience} ms: ${what}`);
    await pause(5);
  }
}
