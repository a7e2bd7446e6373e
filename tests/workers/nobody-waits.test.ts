import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { nobodyWaits } from '../../src/workers/nobody-waits.js';

/** A worker that is handed so many connections while it is asked for the first time, for the second … */
function worker(...handed: number[]) {
  return {
    handedOver: 5,
    asked: 0,
    async letIn() {
      await nextTurn();
      this.handedOver += handed[this.asked] ?? 0;
      this.asked += 1;
      return true;
    },
  };
}

/** One that is handed another whenever it is asked. */
function busy() {
  return {
    handedOver: 5,
    async letIn() {
      await nextTurn();
      this.handedOver += 1;
      return true;
    },
  };
}

it('nobody waits when one of the workers was handed nobody while it was asked, and not before', async () => {
  const [idle, other] = [worker(3, 1, 0), busy()];
  await nobodyWaits([other, idle]);
  expect(idle.asked).toBe(3);
});

it('one that has ended cannot tell: the others do, and where there are none, it is over', async () => {
  const ended = { handedOver: 0, letIn: async () => false };
  const other = worker(3, 0);
  await nobodyWaits([ended, other]);
  expect(other.asked).toBe(2);
  await nobodyWaits([ended]);
});

it.each([
  ['people never stop coming', busy],
  ['no worker answers', () => ({ handedOver: 0, letIn: () => new Promise<boolean>(() => undefined) })],
])('it is not waited for without end, though %s', async (_, one) => {
  const asked = one();
  await nobodyWaits([asked, one()]);
  // Nor asked any more.
  const last = asked.handedOver;
  for (let turn = 0; turn < 20; turn += 1) await nextTurn();
  expect(asked.handedOver).toBeLessThanOrEqual(last + 1);
});
