import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { builtFile } from '../support/built-file.js';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'keywright-few-files-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

/** At the last of these Node.js calls a package missing that it may not open; which number that takes depends on how many files the program has. */
it.runIf(process.platform !== 'win32').each([
  [24, '1'],
  [64, '1'],
  [64, '2'],
  [110, '1'],
])('a start that may open %i files is refused in one line (WORKERS=%s)', async (files, WORKERS) => {
  const main = await builtFile('main.js');
  const ended = await new Promise((resolve) => {
    const env = { PATH: process.env.PATH, DATA_DIR: dataDir, WORKERS };
    const script = 'ulimit -n "$1"; shift; exec "$@"';
    // One that is not refused would serve for ever.
    const bounded = { env, timeout: 15_000 };
    execFile('sh', ['-c', script, 'sh', String(files), process.execPath, main, 'serve'], bounded, (error, stdout, stderr) =>
      resolve({ code: error?.code, stdout, stderr }),
    );
  });
  const stderr = `error: too few files may be opened (the limit is ${files}): raise it (ulimit -n, LimitNOFILE= of systemd) to 256 and one more for each connection\n`;
  expect(ended).toEqual({ code: 78, stdout: '', stderr });
  expect(await readdir(dataDir)).toEqual([]);
});
