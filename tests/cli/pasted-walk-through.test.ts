import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { demoClientId, FirstRun } from '../../src/application/operations/first-run.js';
import { welcome } from '../../src/interfaces/cli/welcome.js';
import { listeningServer, type TestServer, testPerson } from '../support/test-server.js';

/** script(1) of util-linux, which gives a program a terminal. */
const hasScript = spawnSync('script', ['-qec', 'true', '/dev/null'], { stdio: 'ignore' }).status === 0;
const shells = [
  ['bash', 'bash --norc --noprofile -i'],
  ['zsh', 'zsh -f -i'],
] as const;
const isThere = (shell: string) => spawnSync(shell, ['-c', 'true'], { stdio: 'ignore' }).status === 0;

describe.skipIf(!hasScript)('the walk-through of a later start', () => {
  let world: TestServer;
  let folder: string;
  /** Where programs put what they want to be rid of. */
  let temporary: string;
  beforeAll(async () => {
    world = await listeningServer();
    await world.container.resolve(FirstRun).execute({ admin: null, demoClient: true });
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keywright-pasted-'));
    temporary = join(folder, 'temporary');
    await mkdir(temporary);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Pastes it into a shell at its prompt, as terminals do, answers its questions, and gives what is shown from then on until the prompt is back. */
  async function paste(shell: string, issuer: string, password: string): Promise<string> {
    const facts = { host: 'localhost', port: 1, command: 'keywright', admin: null, mayHaveLost: null, nobodyYet: false, passwords: true, demoClientId };
    const block = welcome({ ...facts, issuer })
      .split('\n\n')
      .at(-1)
      ?.trimEnd();
    const env = { PATH: process.env.PATH, HOME: folder, TMPDIR: temporary, TERM: 'dumb', PS1: 'ready> ' };
    const terminal = spawn('script', ['-qefc', shell, '/dev/null'], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    let shown = '';
    terminal.stdout.on('data', (chunk) => {
      shown += String(chunk);
    });
    const bracketed = '\x1b[?2004h';
    const until = (end: string) => vi.waitFor(() => expect(shown.replaceAll(bracketed, '').endsWith(end)).toBe(true), 20_000);
    onTestFinished(() => void terminal.kill());
    await until('ready> ');
    terminal.stdin.write(shown.includes(bracketed) ? `\x1b[200~${block}\x1b[201~\r` : `${block}\n`);
    await until('\nE-mail: ');
    terminal.stdin.write(`${testPerson.email}\n`);
    await until('\nPassword: ');
    const before = shown.length;
    terminal.stdin.write(`${password}\n`);
    await until('ready> ');
    terminal.stdin.write('exit\r');
    await once(terminal, 'close');
    return shown.slice(before);
  }

  describe.each(shells.filter(([name]) => isThere(name)))('in %s', (_name, shell) => {
    it('signs in, allows, exchanges, calls, refreshes and revokes', async () => {
      const shown = await paste(shell, world.issuer, testPerson.password);
      expect(shown).toMatch(/"access_token":.*"email":"ada@example\.com".*"access_token":.*\{\}/s);
      expect(shown).not.toMatch(/error|not found|no matches/);
    });

    it('says that sign-in was refused where the password is wrong, and goes no further', async () => {
      const shown = await paste(shell, world.issuer, 'wrong horse');
      expect(shown).toContain('Sign-in was refused');
      expect(shown).not.toMatch(/error|code is missing|horse|not found/);
      expect(await readdir(temporary)).toEqual([]);
    });

    it('says that the server does not answer where it does not', async () => {
      const shown = await paste(shell, 'http://localhost:1', testPerson.password);
      expect(shown).toContain('The server at http://localhost:1 does not answer');
      expect(shown).not.toContain('Sign-in was refused');
    });
  });
});
