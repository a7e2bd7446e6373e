import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { welcome } from '../../src/interfaces/cli/welcome.js';

const nobody = { admin: null, mayHaveLost: null, nobodyYet: false };
const facts = { ...nobody, issuer: 'https://auth.example.com', host: 'localhost', port: 3000, command: 'keywright', passwords: true, demoClientId: 'demo' };

it('shows a walk-through where a terminal can sign in with a password', () => {
  expect(welcome(facts)).toContain('URL=https://auth.example.com CLIENT=demo');
});

it('says where to sign in where people do so elsewhere only', () => {
  const text = welcome({ ...facts, passwords: false });
  expect(text).not.toContain('promote');
  expect(text).toContain('https://auth.example.com/sign-in');
  expect(text).not.toContain('curl');
});

it('says how to come by an administrator where nobody was made one', () => {
  expect(welcome({ ...facts, nobodyYet: true })).toContain('keywright users promote');
});

it('says by which command a lost password is chosen anew, where it can be', () => {
  expect(welcome({ ...facts, command: 'npm run -s keywright --', mayHaveLost: 'admin@localhost' })).toMatch(
    /^Is the password of admin@localhost lost\?.*: npm run -s keywright -- users reset-link 'admin@localhost'$/m,
  );
  expect(welcome(facts)).not.toContain('lost');
});

it('writes an address and a password as one word of a shell each, whatever is in them', () => {
  const text = welcome({ ...facts, admin: { email: "o'hara$(x)@example.com", password: "it's" }, mayHaveLost: "o'hara@example.com" });
  const line = (begin: string) => text.split('\n').find((one) => one.startsWith(begin));
  const read = spawnSync('sh', ['-c', `${line('EMAIL=')}; ${line('PASSWORD=')}; printf '%s %s' "$EMAIL" "$PASSWORD"`]);
  expect(String(read.stdout)).toBe("o'hara$(x)@example.com it's");
  expect(text).toContain(`users reset-link 'o'\\''hara@example.com'`);
});

it.each(['127.0.0.2', '192.0.2.7', 'box.internal'])('names HOST=%s, where nobody is found who is asked for at localhost, and what to do', (host) => {
  const text = welcome({ ...facts, issuer: 'http://localhost:3000', host });
  expect(text).toMatch(new RegExp(`^Keywright is ready at ${host}, port 3000\n\nNobody finds it there who asks for http://localhost:3000, .* HOST .* ISSUER`));
  expect(text).not.toContain('curl');
});

it.each([
  ['http://localhost:3000', 'localhost'],
  ['http://localhost:3000', '127.0.0.1'],
  ['http://localhost:3000', '::1'],
  ['http://localhost:3000', '0.0.0.0'],
  ['http://127.0.0.1:3000', '::'],
  ['https://auth.example.com', '10.0.0.5'],
  ['http://localhost:8080', '172.17.0.2'],
])('names the issuer %s where HOST=%s may be found by it', (issuer, host) => {
  expect(welcome({ ...facts, issuer, host })).toMatch(new RegExp(`^Keywright is ready at ${issuer}\n`));
  expect(welcome({ ...facts, issuer, host })).toContain('curl');
});

/** script(1) of util-linux, which gives a program a terminal. */
const hasScript = spawnSync('script', ['-qec', 'true', '/dev/null'], { stdio: 'ignore' }).status === 0;

describe.skipIf(!hasScript)('where nobody knows the password, the walk-through', () => {
  let folder: string;
  let shown: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keywright-welcome-'));
    shown = '';
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Pastes it into a terminal, where nobody listens at the issuer, answers its questions, and looks at the terminal afterwards. `before`: what was pasted before it. */
  async function paste(email: string, password: string, before = ''): Promise<void> {
    const block = welcome({ ...facts, issuer: 'http://localhost:1' })
      .split('\n\n')
      .at(-1);
    const env = { PATH: process.env.PATH, SHELL: '/bin/sh', TMPDIR: folder };
    const terminal = spawn('script', ['-qefc', `trap : INT QUIT TSTP\n${before}\n${block}stty -a`, '/dev/null'], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    terminal.stdout.on('data', (chunk) => {
      shown += String(chunk);
    });
    for (const [question, answer] of [
      ['E-mail: ', `${email}\n`],
      ['Password: ', password],
    ] as const) {
      await vi.waitFor(() => expect(shown).toContain(question), 10_000);
      terminal.stdin.write(answer);
    }
    await once(terminal, 'close');
  }

  it('asks for it without showing what is typed', async () => {
    await paste('ada@example.com', 'correct horse\n');
    expect(shown).toContain('ada@example.com');
    expect(shown).not.toContain('horse');
  });

  it('takes a password as it was typed, with the spaces around it', async () => {
    await paste(
      'ada@example.com',
      '  correct horse \n',
      `curl() { printf 'Location: /\\r\\n'; case "$*" in *password@-*) printf '[%s]' "$(cat)" >&2;; esac; }`,
    );
    expect(shown).toContain('[  correct horse ]');
  });

  it('gives no program the password as an argument, which others on the machine can list', async () => {
    await paste('ada@example.com', 'correct horse\n', `curl() { printf 'Location: /\\r\\n'; printf '[%s]' "$@" >&2; }`);
    expect(shown).toContain('[password@-]');
    expect(shown).not.toContain('horse');
  });

  it.each([
    ['answered', 'correct horse\n'],
    ['broken off by Ctrl-C', 'correct\x03'],
    ['broken off by Ctrl-\\', 'correct\x1c'],
    ['broken off by Ctrl-Z', 'correct\x1a'],
  ])('leaves a terminal that shows what is typed, and no cookies, when it was %s', async (_, typed) => {
    await paste('ada@example.com', typed);
    expect(shown).toMatch(/ echo /);
    expect(await readdir(folder)).toEqual([]);
  });
});
