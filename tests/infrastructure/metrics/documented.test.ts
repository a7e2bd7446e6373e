import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { Metrics } from '../../../src/infrastructure/metrics/metrics.js';
import { textOfSeveral } from '../../../src/infrastructure/metrics/of-several-processes.js';
import { hasPromtool } from '../../support/promtool.js';

const page = await readFile(new URL('../../../docs/metrics.md', import.meta.url), 'utf8');
const [, table = '', alerts = ''] = /## What is counted\n(.*)\n## Alerts to begin with\n\n```yaml\n(.*)```/s.exec(page) ?? [];

/** The names of the page; `…_max_…` stands for the name before it with another word in its place. */
const documented = new Set([...table.matchAll(/`(keywright_\w+|…_\w+_…)`/g)].map(([, name]) => (name as string).replace(/^…_(\w+)_…$/, lagOf)));

function lagOf(_: string, word: string): string {
  return `keywright_nodejs_eventloop_lag_${word}_seconds`;
}

it('are on the page, each of them, and no other', async () => {
  const families = await new Metrics('1.2.3').families();
  const text = await textOfSeveral([{ worker: 'primary', families }]);
  const told = [...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name as string);
  expect([...documented].sort()).toEqual(told.sort());
});

it('are what the alerts ask for', () => {
  const asked = [...alerts.matchAll(/keywright_\w+/g)].map(([name]) => name.replace(/_(count|bucket|sum)$/, ''));
  expect(asked.length).toBeGreaterThan(5);
  expect(asked.filter((name) => !documented.has(name))).toEqual([]);
});

it.skipIf(!hasPromtool)('are asked for in alerts that Prometheus reads', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'keywright-alerts-'));
  await writeFile(join(folder, 'alerts.yml'), alerts);
  const { stdout } = await promisify(execFile)('promtool', ['check', 'rules', join(folder, 'alerts.yml')]);
  expect(stdout).toContain('SUCCESS: 3 rules found');
  await rm(folder, { recursive: true });
});
