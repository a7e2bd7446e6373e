import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const patience = 300_000;
const npmOptions = [
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--no-progress',
  '--fetch-retries=1',
  '--fetch-retry-mintimeout=1000',
  '--fetch-timeout=30000',
];

/** Brings what a peer depends on into its own folder, from its lock, unless it is there. Throws where the registry is out of reach, with npm's own word for it. */
export async function installPeer(name, progress) {
  const folder = fileURLToPath(new URL(`peers/${name}`, import.meta.url));
  const stampFile = join(folder, 'node_modules', '.bench-stamp');
  const schema = join(folder, 'schema.prisma');
  const sources = [join(folder, 'package-lock.json'), ...(existsSync(schema) ? [schema] : [])];
  const stamp = createHash('sha256').update(Buffer.concat(await Promise.all(sources.map((path) => readFile(path)))));
  const wanted = stamp.digest('hex');
  if ((await readFile(stampFile, 'utf8').catch(() => '')) === wanted) return;
  progress(`installing ${name}`);
  await run('npm', ['ci', '--prefix', folder, ...npmOptions], { timeout: patience }).catch(({ stderr = '', message }) => {
    throw new Error(`npm ci failed: ${/^npm error (?!code)(.*\b(?:reason|Error|invalid)\b.*)$/m.exec(stderr)?.[1] ?? message}`);
  });
  if (existsSync(schema)) await generatePrismaClient(folder, schema);
  await writeFile(stampFile, wanted);
}

/**
 * With the command that Keywright's own client is made with, so that a peer need not bring 200 MB along for it. It refuses a client that is installed beside
 * it, hence the folder in between; an engine that it would not use it need not download (scripts/build.js).
 */
async function generatePrismaClient(folder, schema) {
  const between = await mkdtemp(join(tmpdir(), 'keywright-bench-prisma-'));
  try {
    await symlink(join(folder, 'node_modules'), join(between, 'node_modules'));
    await cp(schema, join(between, 'schema.prisma'));
    const command = createRequire(import.meta.url).resolve('prisma/build/index.js');
    const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' };
    await run(process.execPath, [command, 'generate', '--schema', 'schema.prisma', '--no-hints'], { cwd: between, env, timeout: patience });
    await rm(join(folder, 'generated'), { recursive: true, force: true });
    await cp(join(between, 'generated'), join(folder, 'generated'), { recursive: true });
  } finally {
    await rm(between, { recursive: true, force: true });
  }
}
