import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { builtFile } from '../support/built-file.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The folder of a project of its own that has this package installed, with these files in it. */
export async function ownProject(files: Readonly<Record<string, string>>): Promise<string> {
  await builtFile('adapter-kit/adapter-kit.js');
  const folder = await mkdtemp(join(tmpdir(), 'keywright-own-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'node_modules'));
  await symlink(root, join(folder, 'node_modules', 'keywright'), 'dir');
  for (const [name, text] of Object.entries({ 'package.json': '{"type":"module"}', ...files })) await writeFile(join(folder, name), text);
  return folder;
}
