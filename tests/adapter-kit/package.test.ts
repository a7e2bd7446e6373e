import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { builtFile } from '../support/built-file.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Every path that is the value of something, however deep. */
const paths = (value: unknown): string[] => (typeof value === 'string' ? [value] : Object.values(value as object).flatMap(paths));

test('the package has all that it exports and runs with, the guide and the example, and neither sources nor tests', { timeout: 60_000 }, async () => {
  await builtFile('main.js');
  const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root, maxBuffer: 1e8 });
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  const packed = new Set(files.map(({ path }) => path));
  const { exports, bin } = JSON.parse(await readFile(`${root}package.json`, 'utf8')) as { exports: object; bin: object };
  const needed = [
    ...[...paths(exports), ...paths(bin)].map((path) => path.replace(/^\.\//, '')),
    'dist/adapter-kit/storage.d.ts',
    'dist/infrastructure/crypto/argon2-work.js',
    'dist/interfaces/web/assets/keywright.css',
    'prisma/migrations/migration_lock.toml',
    'docs/write-an-adapter.md',
    'examples/own-adapter/storage.js',
  ];
  expect(needed.filter((path) => !packed.has(path))).toEqual([]);
  expect([...packed].filter((path) => /^(src|tests|bench|scripts|data|node_modules)\/|\.map$|\.log$/.test(path))).toEqual([]);
});
