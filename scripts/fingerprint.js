import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * One digest of the contents of files and whole folders, which tells whether any of them changed; contents, since a clone or a cache gives every file a
 * new time.
 * @param {string} root
 * @param {readonly string[]} paths below root
 * @param {string} [except] a folder below root to leave out
 */
export async function fingerprint(root, paths, except) {
  const hash = createHash('sha256');
  for (const path of paths) await add(hash, root, path, except);
  return hash.digest('hex');
}

async function add(hash, root, path, except) {
  if (path === except) return;
  const full = join(root, path);
  const entry = await stat(full).catch(() => null);
  if (entry === null) return;
  if (entry.isDirectory()) {
    for (const name of (await readdir(full)).sort()) await add(hash, root, `${path}/${name}`, except);
    return;
  }
  hash.update(`${path}\0${entry.size}\0`).update(await readFile(full));
}
