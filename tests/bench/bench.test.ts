import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { builtFile } from '../support/built-file.js';

const bench = fileURLToPath(new URL('../../bench', import.meta.url));

async function run(...options: string[]): Promise<string> {
  await builtFile('main.js');
  return (await promisify(execFile)(process.execPath, [join(bench, 'run.js'), ...options])).stdout;
}

it('measures Keywright beside the yardsticks, prints one table and writes the same as JSON', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'keywright-bench-test-'));
  const out = join(folder, 'results.json');
  const targets = ['keywright', 'hello', 'limit-pg1'];
  const chosen = ['client_credentials', 'code'].flatMap((name) => ['--scenario', name]);
  const brief = ['--connections', '2', '--seconds', '0.2', '--warm-up', '0.1', '--rounds', '1'];
  try {
    const lines = (await run(...chosen, ...targets.flatMap((name) => ['--target', name]), ...brief, '--out', out)).split('\n').filter(Boolean);
    const { results, machine } = JSON.parse(await readFile(out, 'utf8'));
    const columns = (lines[0] ?? '').split(/ {2,}/);
    for (const scenario of ['client_credentials', 'code']) {
      const start = lines.indexOf(`${scenario}, 2 connections`);
      const cells = lines.slice(start + 1, start + 4).map((line) => line.split(/ {2,}/));
      expect(cells.map(([name]) => name).sort()).toEqual([...targets].sort());
      for (const row of cells) expect(row.slice(1).filter((cell) => cell !== '' && !Number.isFinite(Number(cell)))).toEqual([]);
      const measured = results.filter((row: { scenario: string }) => row.scenario === scenario);
      expect(measured.map(({ target }: { target: string }) => target)).toEqual(targets);
      for (const row of measured)
        expect(row).toMatchObject({ connections: 2, perSecond: expect.any(Number), p99: expect.any(Number), database: expect.any(Number) });
    }
    expect(columns.slice(0, 3)).toEqual(['server', 'requests/s', '× limit-pg1']);
    expect(machine.cores).toBeGreaterThan(0);
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('says which servers there are when one is named that is not', async () => {
  await expect(run('--target', 'nobody')).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('node-oidc-provider') });
});

it('each peer depends on exact versions, from a lock that names no place to download from', async () => {
  const peers = (await readdir(join(bench, 'peers'), { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect(peers.length).toBeGreaterThan(3);
  for (const peer of peers) {
    const text = (name: string) => readFile(join(bench, 'peers', peer, name), 'utf8');
    const { dependencies } = JSON.parse(await text('package.json'));
    const loose = Object.values(dependencies as Record<string, string>).filter((version) => !/^\d+\.\d+\.\d+$/.test(version));
    expect({ peer, loose }).toEqual({ peer, loose: [] });
    expect(await text('package-lock.json')).not.toContain('"resolved"');
  }
});
