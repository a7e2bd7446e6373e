import { describe, expect, it } from 'vitest';
import { StorageUnavailable } from '../../src/application/ports/storage-unavailable.js';
import { createMemoryStorage } from '../../src/infrastructure/memory/create-memory-storage.js';
import { CommandFailure } from '../../src/interfaces/cli/exit-codes.js';
import { RefusedWhereNotMade } from '../../src/interfaces/cli/refused-where-not-made.js';
import { aCommandLine, servicesOver } from './a-command-line.js';

/** Every command that does something, with the least it takes. */
const commands = [
  'serve',
  'migrate',
  'doctor',
  'users create --email ada@example.com --password horse-battery-staple',
  'users list',
  'users disable x',
  'users enable x',
  'users promote x',
  'users demote x',
  'users reset-link x',
  'users sessions x',
  'users sign-out x',
  'users delete x',
  'clients create --name App',
  'clients list',
  'clients show x',
  'clients edit x',
  'clients delete x',
  'clients enable x',
  'clients disable x',
  'clients secrets add x',
  'clients secrets list x',
  'clients secrets revoke x y',
  'clients grants x',
  'resource-servers create --identifier https://api.example --name Invoices',
  'resource-servers list',
  'resource-servers show x',
  'resource-servers edit x',
  'resource-servers delete x',
  'resource-servers secrets add x',
  'resource-servers secrets list x',
  'resource-servers secrets revoke x y',
  'keys list',
  'keys rotate',
  'tokens revoke x',
];

/** To `keys withdraw` a wrong flag is an id, which may begin with a hyphen. */
const needTheStore = [...commands.filter((command) => !/^(serve|migrate|doctor)/.test(command)), 'keys withdraw x'];

describe('the command line', () => {
  it.each(commands)('answers a wrong flag of %j with one line and the usage, exit code 2, before it does anything', async (command) => {
    const cli = aCommandLine();
    const { code, stdout, stderr } = await cli.run(...command.split(' '), '--wrong');
    expect([code, stdout, cli.store.opened]).toEqual([2, '', 0]);
    const [first, second] = stderr.split('\n');
    expect(first).toMatch(/^error: unknown option '--wrong'/);
    expect(second).toMatch(new RegExp(`^Usage: keywright ${command.split(/ (?:x|--)/)[0]}`));
  });

  it.each(commands)('explains %j on --help', async (command) => {
    const { code, stdout, stderr } = await aCommandLine().run(...command.split(' '), '--help');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Usage: keywright /);
  });

  it.each([
    [['nonsense'], "unknown command 'nonsense'"],
    [['clients', 'nonsense'], "unknown command 'nonsense'"],
    [['users', 'list', 'more'], 'too many arguments'],
    [['users', 'create', '--password', 'password'], "required option '--email <email>'"],
    [['users', 'create', '--email', 'ada@example.com'], "'--password <password>' or '--password-stdin'"],
    [['users', 'create', '--email', 'ada@example.com', '--password', 'password', '--password-stdin'], 'cannot be used with'],
    [['users', 'create', '--email'], 'argument missing'],
    [['users', 'disable'], 'name one person'],
    [['users', 'disable', 'x', '--email', 'ada@example.com'], 'name one person'],
    [['users', 'list', '--limit', '0'], 'whole number'],
    [['clients', 'create'], "required option '--name <name>' or '--preset <id>'"],
    [['clients', 'create', '--name', 'App', '--grant', 'password'], 'authorization_code, refresh_token, client_credentials'],
    [['clients', 'create', '--name', 'App', '--refresh', 'sometimes'], 'rotate'],
    [['clients', 'create', '--name', 'App', '--access-token-lifetime', '1h'], 'whole number'],
    [['clients', 'edit', 'x', '--public', '--confidential'], 'cannot be used with'],
    [['clients', 'show'], "missing required argument 'id'"],
    [['clients', 'secrets', 'add', 'x', '--expires', 'tomorrow'], 'Give a date'],
    [['clients', 'secrets', 'add', 'x', '--expires', '2030-13-45'], 'Give a date'],
    [['tokens', 'revoke'], 'name a token'],
    [['tokens', 'revoke', 'x', '--user', 'ada@example.com'], 'not both'],
    [['help', 'clients', 'nonsense'], "unknown command 'nonsense'"],
  ])('ends %j with exit code 2', async (argv, message) => {
    const cli = aCommandLine();
    const { code, stdout, stderr } = await cli.run(...argv);
    expect([code, stdout, cli.store.opened]).toEqual([2, '', 0]);
    expect(stderr.split('\n')[0]).toContain(message);
    expect(stderr).toContain('\nUsage: keywright ');
  });

  it.each([[[]], [['clients']], [['clients', 'secrets']]])(
    'shows what there is, on stderr with exit code 2, when the command stops short: %j',
    async (argv) => {
      const { code, stdout, stderr } = await aCommandLine().run(...argv);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/^Usage: keywright .*\n[\s\S]*Commands:/);
    },
  );

  it('explains itself and its exit codes on stdout when asked', async () => {
    const { code, stdout, stderr } = await aCommandLine().run('help');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/Exit codes:\n\s+0 /);
    expect((await aCommandLine().run('--help')).stdout).toBe(stdout);
  });

  it('explains a command at any depth', async () => {
    const { code, stdout } = await aCommandLine().run('help', 'clients', 'secrets', 'add');
    expect(code).toBe(0);
    expect(stdout).toContain('Usage: keywright clients secrets add <id>');
  });

  it('shows an option for needed only where nothing makes up for it', async () => {
    const help = async (...command: string[]) => (await aCommandLine().run('help', ...command)).stdout.replaceAll(/\s+/g, ' ');
    expect(await help('clients', 'create')).toContain('keywright clients create [--name <name>] ');
    expect(await help('clients', 'create')).toContain('needed, unless the preset has a name');
    expect(await help('users', 'create')).toContain('keywright users create --email <email> ');
  });

  it('prints its version', async () => {
    expect(await aCommandLine().run('--version')).toEqual({ code: 0, stdout: '1.2.3\n', stderr: '' });
  });

  it.each(needTheStore)('closes the store after %j, whatever came of it', async (command) => {
    const cli = aCommandLine();
    await cli.run(...command.split(' '));
    expect(cli.store).toEqual({ opened: 1, closed: 1 });
  });

  it.each(needTheStore)(
    'has %j make a database only where it makes something itself: a mistyped DATA_DIR must not pass for an empty server',
    async (command) => {
      const asked: string[] = [];
      const openServices = (withoutDatabase: string) => {
        asked.push(withoutDatabase);
        return Promise.reject(new RefusedWhereNotMade('there is no database in /srv/dta'));
      };
      const { code, stdout, stderr } = await aCommandLine({ openServices }).run(...command.split(' '), '--json');
      expect(asked).toEqual([/^\S+ create /.test(command) ? 'make' : 'refuse']);
      expect([code, stdout]).toEqual([78, '']);
      expect(stderr).toBe("error: there is no database in /srv/dta; is DATA_DIR the server's? keywright serve makes one\n");
    },
  );

  it('asks an empty store first where a database is to be made: what that refuses makes none', async () => {
    const empty = createMemoryStorage();
    let closed = 0;
    const close = async () => {
      closed += 1;
    };
    const cli = aCommandLine({ makesStore: async () => true, emptyStore: async () => servicesOver(empty, true, close) });
    const refused = await cli.run('clients', 'create', '--name', 'App', '--scope', 'nonsense');
    expect([refused.code, cli.store.opened, closed]).toEqual([1, 0, 1]);
    const created = await cli.json('clients', 'create', '--name', 'App');
    expect([created.client_name, cli.store.opened, closed]).toEqual(['App', 1, 2]);
    expect((await cli.storage.clients.list({}, { limit: 9 })).items.map(({ id }) => id)).toEqual([created.client_id]);
  });

  it.each([
    ['clients create --name App --redirect-uri nonsense --scope nonsense', 1, /^error: --redirect-uri: .*\n$/],
    ['clients create --name App --scope reports:read', 75, /^error: the store cannot be reached/],
    ['users create --email nonsense --password-stdin', 1, /^error: --email: /],
    ['clients create --name App --owner ada@example.com', 75, /^error: the store cannot be reached/],
  ])('says of %j while the store is away what no store would take, and nothing that only the store knows', async (command, exitCode, words) => {
    const openServices = () => Promise.reject(new StorageUnavailable(new Error('connect ECONNREFUSED')));
    const { code, stdout, stderr } = await aCommandLine({ openServices }).runWith('correct horse battery staple', ...command.split(' '));
    expect([code, stdout, stderr]).toEqual([exitCode, '', expect.stringMatching(words)]);
  });

  it('prints what was done also when the store does not close well: a secret is shown only once', async () => {
    const openServices = async () => ({ ...servicesOver(createMemoryStorage()), close: () => Promise.reject(new StorageUnavailable(new Error('gone'))) });
    const { code, stdout, stderr } = await aCommandLine({ openServices }).run('clients', 'create', '--name', 'App', '--json');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('"client_secret":"kw_cs_');
  });

  it.each(needTheStore)('ends %j with exit code 75 and one line while the store is away', async (command) => {
    const openServices = () => Promise.reject(new StorageUnavailable(new Error('connect ECONNREFUSED')));
    const { code, stdout, stderr } = await aCommandLine({ openServices }).run(...command.split(' '), '--json');
    expect([code, stdout]).toEqual([75, '']);
    expect(stderr).toMatch(/^error: the store cannot be reached.*\n$/);
  });

  it('ends with the exit code that came with the failure', async () => {
    const serve = () => Promise.reject(new CommandFailure('PORT must be a number', 78));
    expect(await aCommandLine({ serve }).run('serve')).toEqual({ code: 78, stdout: '', stderr: 'error: PORT must be a number\n' });
  });

  it('ends with exit code 70 and one line, no stack, on what nobody expected', async () => {
    const migrate = () => Promise.reject(new TypeError('cannot read\n  properties of undefined'));
    expect(await aCommandLine({ migrate }).run('migrate')).toEqual({
      code: 70,
      stdout: '',
      stderr: 'error: unexpected: cannot read properties of undefined\n',
    });
  });

  it('serves until the server stops', async () => {
    const calls: string[] = [];
    expect(await aCommandLine({ serve: async () => void calls.push('serve') }).run('serve')).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(calls).toEqual(['serve']);
  });

  it('tells which migrations it applied', async () => {
    const applying = (...applied: string[]) => aCommandLine({ migrate: async () => ({ applied }) });
    expect((await applying('1_first', '2_second').run('migrate')).stdout).toBe('applied  1_first\napplied  2_second\n');
    expect((await applying().run('migrate')).stdout).toBe('Up to date: nothing to apply.\n');
    const byModule = aCommandLine({ migrate: async () => ({ applied: [], byModule: true }) });
    expect((await byModule.run('migrate')).stdout).toBe('The module that STORAGE names opened its store, and so brought it up to date.\n');
    expect(await applying('1_first').json('migrate')).toEqual({ applied: ['1_first'] });
  });
});
