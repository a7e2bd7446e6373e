import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = new URL('../../', import.meta.url);
let built: Promise<unknown> | undefined;

/** The path of a compiled file, after building what changed: for tests that need a process of its own, which cannot run TypeScript. */
export async function builtFile(pathInDist: string): Promise<string> {
  built ??= promisify(execFile)(process.execPath, [fileURLToPath(new URL('scripts/build.js', root)), '--if-changed']);
  await built;
  return fileURLToPath(new URL(`dist/${pathInDist}`, root));
}
