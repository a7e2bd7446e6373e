import { expect, it } from 'vitest';
import { type Doing, verbs } from '../../../src/application/ports/verbs.js';
import { type MovePhase, PhaseWatch } from '../../../src/infrastructure/moving/phase-watch.js';
import { routed } from '../../../src/infrastructure/moving/routed.js';

type Port = { reach(): Promise<void> };

/** Which of two stores is asked, where the old one leaves while it is. */
async function askedWhileItLeaves(port: Readonly<Record<string, Doing>>): Promise<readonly string[]> {
  let phase: MovePhase = 'old';
  const asked: string[] = [];
  const watch = new PhaseWatch(async () => phase);
  const old: Port = {
    async reach() {
      asked.push('old');
      phase = 'new';
      await expect.poll(() => watch.decided()).toBe('new');
    },
  };
  const next: Port = { reach: async () => void asked.push('new') };
  try {
    await routed(old, next, port, watch).reach();
    return asked;
  } finally {
    await watch.close();
  }
}

it.each([
  { rule: 'asks the new store again for what was only read', port: verbs.connections, stores: ['old', 'new'] },
  { rule: 'leaves what was written as it is, under the same name in another port', port: verbs.revocations, stores: ['old'] },
  { rule: 'takes a verb that no port has for one that writes', port: {}, stores: ['old'] },
])('$rule, where the old one leaves meanwhile', async ({ port, stores }) => {
  expect(await askedWhileItLeaves(port)).toEqual(stores);
});
