import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { builtFile } from './built-file.js';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('../../', import.meta.url));

/** What the compiler says to a project of its own, `service.ts`, that has this package installed; '' when it is content. */
export async function compiled(source: string): Promise<string> {
  await builtFile('verify/create-verifier.js');
  const service = await mkdtemp(join(tmpdir(), 'keywright-service-'));
  onTestFinished(() => rm(service, { recursive: true, force: true }));
  await mkdir(join(service, 'node_modules'));
  await symlink(root, join(service, 'node_modules', 'keywright'), 'dir');
  await writeFile(join(service, 'package.json'), '{"type":"module"}');
  await writeFile(join(service, 'service.ts'), source);
  const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')];
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2023', ...types, 'service.ts'];
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
  return promisify(execFile)(process.execPath, [tsc, ...options], { cwd: service }).then(
    () => '',
    ({ stdout }: { stdout: string }) => stdout,
  );
}
