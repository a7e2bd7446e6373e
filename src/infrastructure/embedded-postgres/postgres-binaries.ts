import { randomUUID } from 'node:crypto';
import { mkdir, readFile, readlink, rename, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** What the programs need in their environment to find their libraries. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The PostgreSQL that npm brought for this machine. A package cannot hold symbolic links, so the names by which the shared libraries look
 * for each other are missing until an install script makes them, and install scripts may be switched off or node_modules read-only. On Linux they
 * are made in `linksFolder`; elsewhere, where the loader's path does not survive a shell, inside the package.
 */
export async function findPostgresBinaries(linksFolder: string): Promise<PostgresBinaries> {
  const native = join(dirname(platformPackage()), '..', 'native');
  const links = await libraryLinks(native);
  const linux = process.platform === 'linux';
  if (linux) await mkdir(linksFolder, { recursive: true, mode: 0o755 });
  for (const { source, target } of links) await ensureLink(source, linux ? join(linksFolder, basename(target)) : target);
  return {
    initdb: join(native, 'bin', 'initdb'),
    postgres: join(native, 'bin', 'postgres'),
    env: linux ? { LD_LIBRARY_PATH: `${linksFolder}:${join(native, 'lib')}` } : {},
  };
}

function platformPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const main = createRequire(import.meta.url).resolve('embedded-postgres');
    return createRequire(main).resolve(name);
  } catch (cause) {
    throw new EmbeddedPostgresError(`there is no embedded PostgreSQL for this machine (${name} is not installed): set DATABASE_URL`, { cause });
  }
}

async function libraryLinks(native: string): Promise<readonly { readonly source: string; readonly target: string }[]> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as { source: string; target: string }[];
  return links.map(({ source, target }) => ({ source: resolve(native, '..', source), target: resolve(native, '..', target) }));
}

/** Several processes may do this at once: a link is put in place whole, or is already right. */
async function ensureLink(source: string, path: string): Promise<void> {
  const present = await readlink(path).catch(() => null);
  if (present !== null && resolve(dirname(path), present) === source) return;
  const draft = `${path}.${randomUUID()}`;
  try {
    await symlink(source, draft);
    await rename(draft, path);
  } catch (cause) {
    throw new EmbeddedPostgresError(`cannot link PostgreSQL's libraries in ${dirname(path)}: ${(cause as Error).message}`, { cause });
  }
}
