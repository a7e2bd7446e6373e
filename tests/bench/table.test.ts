import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

interface Row {
  readonly target: string;
  readonly peer: boolean;
  readonly scenario: string;
  readonly connections: number;
  readonly missing?: string;
}

const bench = (file: string) => import(fileURLToPath(new URL(`../../bench/${file}`, import.meta.url)));
const { block, notes } = (await bench('table.js')) as { block(title: string, rows: Row[]): string; notes(rows: Row[]): string };
const { chart } = (await bench('chart.js')) as { chart(run: object): string };

const measured = (target: string, perSecond: number, peer = false) => {
  return { target, peer, scenario: 'me', connections: 32, perSecond, node: 100_000 / perSecond, database: 100_000 / perSecond, p50: 1, p99: 2 };
};
const absent: Row = { target: 'other', peer: true, scenario: 'me', connections: 32, missing: 'it has <none>' };
const rows = [measured('limit-pg1', 1000), measured('keywright', 2500), measured('peer', 500, true), absent];

it('puts the fastest first, with ratios to the yardstick and to the best peer, of speed and of cost', () => {
  const cells = block('me', rows)
    .split('\n')
    .slice(2)
    .map((line) => line.split(/ {2,}/));
  expect(cells[0]).toEqual(['keywright', '2500', '2.50', '5.00', '40', '40', '0.40', '1.00', '2.00']);
  expect(cells.map(([name]) => name)).toEqual(['keywright', 'limit-pg1', 'peer', 'other']);
});

it('shows what a server does not offer as dashes, and the reason once', () => {
  expect(block('me', rows).split('\n').at(-1)).toMatch(/^other( +–){8}$/);
  expect(notes([...rows, absent])).toBe('– other, me: it has <none>');
});

it('draws every server but what answers without a database', () => {
  const machine = { cpu: 'A & B', cores: 2, node: 'v20.0.0', loadBefore: 0.1 };
  const svg = chart({ results: [...rows, measured('hello', 9000)], date: '2026-01-02T03:04:05.678Z', machine });
  for (const words of ['>keywright<', '>2,500 /s<', '>2.50<', '>other<', '>not offered<', 'A &amp; B']) expect(svg).toContain(words);
  for (const words of ['hello', 'NaN', 'undefined', 'busy']) expect(svg).not.toContain(words);
});
