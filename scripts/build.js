/** Builds dist/ from src/. Run by hand it always does; `--if-changed`, when something changed since the last build. Types are checked by `npm run types`. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alone } from './alone.js';
import { fingerprint } from './fingerprint.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const require = createRequire(import.meta.url);

/** What the compiled code depends on, and what the generated database client depends on. */
const sources = ['src', 'prisma/schema.prisma', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'tsconfig.published.json', 'scripts/build.js'];
const clientSources = ['prisma/schema.prisma', 'package-lock.json'];
const generated = 'src/infrastructure/prisma/generated';
const assets = 'interfaces/web/assets';

/** @param {{ onlyIfChanged: boolean }} options */
export async function build({ onlyIfChanged }) {
  // A package without its sources, an image for instance, runs what it was built with.
  if (onlyIfChanged && ((await upToDate()) || !existsSync(join(root, 'src')))) return;
  try {
    await alone(join(root, '.dist-lock'), async () => {
      if (!onlyIfChanged || !(await upToDate())) await generateAndCompile();
    });
  } catch (error) {
    process.stderr.write(`the build failed: ${error.message}\n`);
    process.exit(1);
  }
}

async function generateAndCompile() {
  const started = Date.now();
  await generateClient();
  await compile();
  process.stderr.write(`built in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}

async function upToDate() {
  const stamp = await lastStamp();
  return stamp.sources !== undefined && stamp.sources === (await fingerprint(root, sources, generated));
}

async function lastStamp() {
  return JSON.parse(await readFile(join(dist, '.stamp'), 'utf8').catch(() => '{}'));
}

/** Into a folder of its own that then takes the place of dist/: a build that fails or is killed leaves the last good one, and files that are no more leave no trace. */
async function compile() {
  const stamp = { sources: await fingerprint(root, sources, generated), client: await fingerprint(root, clientSources) };
  const draft = join(root, `.dist-${process.pid}`);
  await rm(draft, { recursive: true, force: true });
  for (const project of ['tsconfig.build.json', 'tsconfig.published.json']) runNode(tool('typescript/bin/tsc'), ['-p', project, '--outDir', draft]);
  if (existsSync(join(root, 'src', assets))) await cp(join(root, 'src', assets), join(draft, assets), { recursive: true });
  await chmod(join(draft, 'main.js'), 0o755);
  await writeFile(join(draft, '.stamp'), JSON.stringify(stamp));
  await rm(dist, { recursive: true, force: true });
  await rename(draft, dist);
}

/**
 * `prisma generate` looks for a schema engine that it does not use, and downloads it when it finds none; pointing it at any file that exists keeps the build
 * to the npm registry.
 */
async function generateClient() {
  const { client } = await lastStamp();
  if (existsSync(join(root, generated)) && client === (await fingerprint(root, clientSources))) return;
  const env = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' };
  runNode(tool('prisma/build/index.js'), ['generate', '--schema', 'prisma/schema.prisma', '--no-hints'], env);
}

/** @param {string} path of a file in an installed package */
function tool(path) {
  const [name = '', ...rest] = path.split('/');
  try {
    return join(dirname(require.resolve(`${name}/package.json`)), ...rest);
  } catch {
    throw new Error(`dist/ is older than src/ and ${name} is not installed to build it: npm ci --include=dev`);
  }
}

/** Quiet, unless it fails. */
function runNode(script, args, env = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { cwd: root, env: { ...process.env, ...env }, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${stdout}${stderr}`.trim());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build({ onlyIfChanged: process.argv.includes('--if-changed') });
}
