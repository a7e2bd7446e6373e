import { expect, it } from 'vitest';
import { aCommandLine } from './a-command-line.js';

const create = ['resource-servers', 'create', '--identifier', 'https://invoices.example', '--name', 'Invoices'];

it('registers a resource server and shows its secret this once', async () => {
  const cli = aCommandLine();
  const made = await cli.json(...create, '--scope', 'invoices:read=See your invoices', '--token-format', 'jwt', '--signing-algorithm', 'EdDSA');
  expect(made).toMatchObject({
    id: expect.stringMatching(/^rs_[0-9a-f]{32}$/),
    secret: expect.stringMatching(/^kw_rs_/),
    identifier: 'https://invoices.example',
    name: 'Invoices',
    scopes: [{ name: 'invoices:read', sentence: 'See your invoices' }],
    token_format: 'jwt',
    signing_algorithm: 'EdDSA',
  });
  const { stdout } = await cli.run('resource-servers', 'show', String(made.id));
  expect(stdout).toContain('invoices:read  See your invoices');
  expect(stdout).not.toContain(String(made.secret));
  expect(await cli.json('resource-servers', 'list')).toMatchObject([{ id: made.id }]);
});

it('changes what is named, and nothing else', async () => {
  const cli = aCommandLine();
  const { id } = await cli.json(...create, '--scope', 'a=Do a', '--scope', 'b=Do b');
  const edited = await cli.json('resource-servers', 'edit', String(id), '--scope', 'b=Do more', '--scope', 'c=Do c', '--remove-scope', 'a', '--name', 'Bills');
  const scopes = [
    { name: 'b', sentence: 'Do more' },
    { name: 'c', sentence: 'Do c' },
  ];
  expect(edited).toMatchObject({ name: 'Bills', scopes, token_format: 'opaque', identifier: 'https://invoices.example' });
});

it('adds, lists and removes secrets, and removes the whole', async () => {
  const cli = aCommandLine();
  const id = String((await cli.json(...create)).id);
  const added = await cli.json('resource-servers', 'secrets', 'add', id, '--label', 'blue');
  expect(added).toMatchObject({ resource_server_id: id, secret: expect.stringMatching(/^kw_rs_/), label: 'blue' });
  const listed = [...(await cli.json('resource-servers', 'secrets', 'list', id))];
  expect(listed.map(({ label }) => label).sort()).toEqual(['blue', 'first secret']);
  expect(await cli.json('resource-servers', 'secrets', 'revoke', id, String(added.id))).toMatchObject({ revoked: true });
  expect(await cli.json('resource-servers', 'delete', id)).toEqual({ id, deleted: true });
  expect(await cli.run('resource-servers', 'show', id)).toMatchObject({ code: 1, stderr: 'error: resource server not found\n' });
});

it.each([
  ['an identifier that is no URI', ['--identifier', 'invoices', '--name', 'X'], 1, 'error: --identifier: must be an absolute URI'],
  [
    'an identifier of this server',
    ['--identifier', 'https://auth.example.com/api', '--name', 'X'],
    1,
    'error: --identifier: is an address of this server itself',
  ],
  ['an identifier that is taken', ['--identifier', 'https://invoices.example/', '--name', 'X'], 1, 'error: --identifier: is registered already'],
  [
    'a scope of this server',
    ['--identifier', 'https://a.example', '--name', 'X', '--scope', 'admin=Rule'],
    1,
    'error: --scope: "admin" is a scope of this server',
  ],
  [
    'a scope of another',
    ['--identifier', 'https://a.example', '--name', 'X', '--scope', 'taken=Take'],
    1,
    'error: --scope: one of these is a scope of another',
  ],
  ['a scope without its sentence', ['--identifier', 'https://a.example', '--name', 'X', '--scope', 'a'], 2, 'Give a scope and its sentence'],
  ['an algorithm it does not know', ['--identifier', 'https://a.example', '--name', 'X', '--signing-algorithm', 'none'], 2, 'Allowed choices are ES256'],
])('refuses %s', async (_, flags, code, said) => {
  const cli = aCommandLine();
  await cli.json(...create, '--scope', 'taken=Take');
  const ran = await cli.run('resource-servers', 'create', ...flags);
  expect(ran).toMatchObject({ code, stdout: '' });
  expect(ran.stderr).toContain(said);
});
