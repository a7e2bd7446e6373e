import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { builtFile } from '../support/built-file.js';

const root = new URL('../../', import.meta.url);

/** Every specifier that the built file and what it imports name, apart from relative ones. */
async function graphOf(file: string, seen = new Set<string>(), outside = new Set<string>()): Promise<{ files: Set<string>; outside: Set<string> }> {
  if (seen.has(file)) return { files: seen, outside };
  seen.add(file);
  // Also what is imported only when it runs.
  for (const { fileName } of ts.preProcessFile(await readFile(file, 'utf8'), true, true).importedFiles) {
    if (fileName.startsWith('.')) await graphOf(fileURLToPath(new URL(fileName, `file://${file}`)), seen, outside);
    else outside.add(fileName);
  }
  return { files: seen, outside };
}

const entries = JSON.parse(await readFile(new URL('package.json', root), 'utf8')).exports as Record<string, string>;

test.each(Object.entries(entries).filter(([name]) => name.startsWith('./verify')))('%s imports nothing but Node itself', async (_, path) => {
  const { files, outside } = await graphOf(await builtFile(path.replace('./dist/', '')));
  expect([...outside].filter((name) => !name.startsWith('node:'))).toEqual([]);
  expect(files.size).toBeGreaterThan(3);
  // Types come along.
  expect(await readFile(fileURLToPath(new URL(path.replace(/\.js$/, '.d.ts'), root)), 'utf8')).toContain('export');
});

test('the graph is really walked: what Keywright itself starts with imports its libraries', async () => {
  const { outside } = await graphOf(await builtFile('container.js'));
  expect([...outside]).toContain('tsyringe');
});

test('is imported by its name, and a process that only checked a token ends by itself', async () => {
  await builtFile('main.js');
  const script = `
    import { createVerifier } from 'keywright/verify';
    const verifier = createVerifier({ issuer: 'http://127.0.0.1:9', audience: 'https://api.example', whenUnavailable: 'deny', credentials: { id: 'a', secret: 'b' }, onProblem() {} });
    console.log(JSON.stringify(await verifier.verify('kw_at_AZ')));
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd: fileURLToPath(root), timeout: 20_000 });
  expect(JSON.parse(stdout)).toEqual({ active: false, reason: 'malformed' });
});
