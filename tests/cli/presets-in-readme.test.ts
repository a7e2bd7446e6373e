import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { presets } from '../../src/application/clients/presets.js';
import { aCommandLine } from './a-command-line.js';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const [, zapier = ''] = /clients create --preset (zapier .*)/.exec(readme) ?? [];
/** What stands between backticks in the first column of the table behind it. */
const table = readme.slice(readme.indexOf('| `--preset` |')).split('\n\n', 1)[0] ?? '';
const others = table.split('\n').flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, words = '']) => words));
const shown = [zapier, ...others.filter((words) => words !== '--preset')].map((words) => words.split(' '));

it('the README shows every preset', () => {
  expect(shown.map(([id]) => id).sort()).toEqual(presets.map(({ id }) => id).sort());
});

it.each(shown)('a client is registered as the README says: --preset %s', async (...words) => {
  expect(await aCommandLine().run('clients', 'create', '--preset', ...words)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('client id'),
    stderr: '',
  });
});
