import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { builtFile } from '../support/built-file.js';

test('the example adapter keeps every rule of the kit, under node:test, as its guide says', { timeout: 240_000 }, async () => {
  await builtFile('adapter-kit/adapter-kit.js');
  const { VITEST: _, NODE_TEST_CONTEXT: __, ...env } = process.env;
  const file = fileURLToPath(new URL('../../examples/own-adapter/storage.test.js', import.meta.url));
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, ['--test', '--test-reporter=spec', file], { env, maxBuffer: 1e8 }, (_error, stdout, stderr) => resolve(stdout + stderr));
  });
  const [summary = ''] = /the adapter for SQLite: .*/.exec(output) ?? [];
  expect(summary, output.slice(-4000)).toMatch(/^the adapter for SQLite: \d{3} rules held, 0 broken$/);
  expect(output).toMatch(/ℹ fail 0/);
});
