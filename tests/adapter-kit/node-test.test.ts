import { execFile } from 'node:child_process';
import { expect, test } from 'vitest';
import { ownProject } from './own-project.js';

/** What `node --test` says of a test file, as somebody's own project runs it. */
async function nodeTest(adapter: string): Promise<{ code: number; output: string }> {
  const file = `
    import { describeStorage } from 'keywright/adapter-kit';
    import { createMemoryStorage } from 'keywright/memory-storage';
    describeStorage('an adapter', { create: async () => { const storage = createMemoryStorage(); ${adapter} }, destroy: (storage) => storage.close() });
  `;
  const cwd = await ownProject({ 'adapter.test.js': file });
  const { VITEST: _, NODE_TEST_CONTEXT: __, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(process.execPath, ['--test-reporter=spec', 'adapter.test.js'], { cwd, env, maxBuffer: 1e8 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr }),
    );
  });
}

test('a project of its own runs the kit under node:test, and is shown which guarantees hold', async () => {
  const { code, output } = await nodeTest('return storage;');
  expect(output).toMatch(/an adapter: \d{3} rules held, 0 broken/);
  expect(output).toMatch(/^.*authorization codes {10,}\d\d {7}-/m);
  expect(code).toBe(0);
});

test('and is shown which do not', async () => {
  const { code, output } = await nodeTest('return { ...storage, ping: async () => { throw new Error("out of order"); } };');
  expect(output).toMatch(/an adapter: \d{3} rules held, 1 broken/);
  expect(output).toMatch(/its own life › says that it can serve/);
  expect(code).toBe(1);
});

test('and is told, once and first, what the harness itself threw', async () => {
  const { code, output } = await nodeTest('await storage.close(); throw new Error("access denied for kw");');
  expect(output).toMatch(/an adapter: 0 rules held, 0 broken, \d{3} not run\n!! create of the harness threw: access denied for kw\n {3}\d+ times/);
  expect(output.match(/!! create/g)).toHaveLength(1);
  expect(code).toBe(1);
});
