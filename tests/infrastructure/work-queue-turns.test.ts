import { expect, it } from 'vitest';
import { WorkQueue } from '../../src/infrastructure/crypto/work-queue.js';

const refusal = new Error('too many');

/** A queue whose only place is taken until `open` is called, and what became of all who came. */
function aBusyQueue(most: number) {
  const queue = new WorkQueue(1, most, () => refusal);
  const order: string[] = [];
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const jobs = [queue.run(() => gate)];
  const come = (name: string, of: string, known = false) => {
    const job = queue.run(async () => void order.push(name), { of, known });
    jobs.push(job.catch((error) => void order.push(error === refusal ? `${name} refused` : `${name}: ${error}`)));
  };
  const done = async () => {
    open();
    await Promise.all(jobs);
    return order;
  };
  return { come, done };
}

it('serves those who wait in turn by whose they are, so that a crowd delays another by one round', async () => {
  const { come, done } = aBusyQueue(100);
  for (const name of ['a1', 'a2', 'a3', 'a4']) come(name, 'a');
  come('b1', 'b');
  come('c1', 'c');
  come('b2', 'b');
  expect(await done()).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3', 'a4']);
});

it('serves those who are known before any stranger', async () => {
  const { come, done } = aBusyQueue(100);
  for (const name of ['a1', 'b1', 'c1']) come(name, name);
  come('known', 'a', true);
  expect((await done())[0]).toBe('known');
});

it('refuses one of the crowd when the line is full and somebody else comes', async () => {
  const { come, done } = aBusyQueue(3);
  for (const name of ['a1', 'a2', 'a3']) come(name, 'a');
  come('a4', 'a');
  come('b1', 'b');
  const order = await done();
  expect(order.filter((name) => name.endsWith('refused')).sort()).toEqual(['a3 refused', 'a4 refused']);
  expect(order.filter((name) => !name.endsWith('refused'))).toEqual(['a1', 'b1', 'a2']);
});

it('refuses whoever comes when everybody in the full line is another, but not one who is known', async () => {
  const { come, done } = aBusyQueue(2);
  for (const name of ['a', 'b', 'c']) come(name, name);
  come('known', 'c', true);
  const order = await done();
  expect(order).toContain('c refused');
  expect(order.filter((name) => name !== 'c refused')).toEqual(['known', 'a', 'b']);
});
