import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { hash } from '@node-rs/argon2';
import { describe, expect, it } from 'vitest';
import { Argon2PasswordHasher } from '../../src/infrastructure/crypto/argon2-password-hasher.js';
import { WorkQueue } from '../../src/infrastructure/crypto/work-queue.js';
import { builtFile } from '../support/built-file.js';
import { deferred } from '../support/deferred.js';

describe('Argon2PasswordHasher', () => {
  const hasher = new Argon2PasswordHasher();

  it('hashes with argon2id at 19 MiB, 2 passes, 1 lane, and a salt of its own', async () => {
    const [one, other] = [await hasher.hash('correct horse'), await hasher.hash('correct horse')];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(other);
  });

  it('verifies the password it hashed and no other', async () => {
    const stored = await hasher.hash('correct horse');
    expect(await hasher.verify(stored, 'correct horse')).toBe(true);
    expect(await hasher.verify(stored, 'correct hors')).toBe(false);
    expect(await hasher.verify(stored, '')).toBe(false);
  });

  it('takes a password for the same in whatever code points a keyboard sent it', async () => {
    expect(await hasher.verify(await hasher.hash('cr\u00e8me br\u00fbl\u00e9e'), 'cre\u0300me bru\u0302le\u0301e')).toBe(true);
  });

  it('verifies a hash that was made at another cost', async () => {
    expect(await hasher.verify(await hash('correct horse', { memoryCost: 8192, timeCost: 1 }), 'correct horse')).toBe(true);
  });

  it.each([null, '', 'plain text', '$argon2id$v=19$m=19456,t=2,p=1$abc', '$2b$10$abcdefghijklmnopqrstuu', '\0'])('answers false for %j', async (stored) => {
    expect(await hasher.verify(stored, 'correct horse')).toBe(false);
  });

  it.runIf(process.platform === 'linux')('works in a thread that steps back, leaves the others as they were, and does not keep the process', async () => {
    const program = `
      import { readdirSync, readFileSync } from 'node:fs';
      import { Argon2PasswordHasher } from ${JSON.stringify(await builtFile('infrastructure/crypto/argon2-password-hasher.js'))};
      const hasher = new Argon2PasswordHasher();
      const stored = await hasher.hash('correct horse');
      const answers = [await hasher.verify(stored, 'correct horse'), await hasher.verify(stored, 'wrong'), await hasher.verify('no hash', 'wrong'), await hasher.verify(null, 'wrong')];
      const nice = (thread) => Number(readFileSync('/proc/self/task/' + thread + '/stat', 'utf8').split(') ')[1].split(' ')[16]);
      const threads = readdirSync('/proc/self/task');
      console.log(JSON.stringify({ answers, main: nice(process.pid), steppedBack: threads.filter((thread) => nice(thread) === nice(process.pid) + 10).length }));
    `;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], { timeout: 30_000 });
    expect(JSON.parse(stdout)).toEqual({ answers: [true, false, false, false], main: expect.any(Number), steppedBack: 1 });
  });
});

describe('WorkQueue', () => {
  const tooMany = new Error('too many');

  it('runs so many at once and the rest in the order they came', async () => {
    const queue = new WorkQueue(2, 10, () => tooMany);
    const [running, finish, order] = [{ now: 0, most: 0 }, [] as (() => void)[], [] as number[]];
    const jobs = [0, 1, 2, 3, 4].map((job) =>
      queue.run(async () => {
        order.push(job);
        running.most = Math.max(running.most, ++running.now);
        await new Promise<void>((resolve) => finish.push(resolve));
        running.now -= 1;
        return job;
      }),
    );
    for (const job of [0, 1, 2, 3, 4]) {
      await expect.poll(() => finish[job]).toBeDefined();
      finish[job]?.();
    }
    expect(await Promise.all(jobs)).toEqual([0, 1, 2, 3, 4]);
    expect(order).toEqual([0, 1, 2, 3, 4]);
    expect(running).toEqual({ now: 0, most: 2 });
  });

  it('refuses what comes when too many wait, and serves again afterwards', async () => {
    const queue = new WorkQueue(1, 1, () => tooMany);
    const { promise, resolve } = deferred();
    const [first, second] = [queue.run(() => promise), queue.run(async () => 'second')];
    await expect(queue.run(async () => 'third')).rejects.toBe(tooMany);
    resolve();
    await first;
    expect(await second).toBe('second');
    expect(await queue.run(async () => 'fourth')).toBe('fourth');
  });

  it('lets nobody past while the place is passed on', async () => {
    const queue = new WorkQueue(1, 10, () => tooMany);
    const [gates, running] = [[deferred(), deferred(), deferred()], { now: 0, most: 0 }];
    const work = (gate: { promise: Promise<void> } | undefined) => async () => {
      running.most = Math.max(running.most, ++running.now);
      await gate?.promise;
      running.now -= 1;
    };
    const [first, second] = [queue.run(work(gates[0])), queue.run(work(gates[1]))];
    gates[0]?.resolve();
    await first;
    const third = queue.run(work(gates[2]));
    await new Promise((resolve) => setImmediate(resolve));
    gates[1]?.resolve();
    gates[2]?.resolve();
    await Promise.all([second, third]);
    expect(running).toEqual({ now: 0, most: 1 });
  });

  it('passes the place on when the work fails', async () => {
    const queue = new WorkQueue(1, 1, () => tooMany);
    const [first, second] = [queue.run(async () => Promise.reject(new Error('failed'))), queue.run(async () => 'second')];
    await expect(first).rejects.toThrow('failed');
    expect(await second).toBe('second');
  });
});
