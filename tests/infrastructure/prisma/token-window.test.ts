import { expect, it } from 'vitest';
import { firstUuid7, uuid7 } from '../../../src/domain/tokens/uuid7.js';
import { missingWindows, momentOf, partitionName, windowWidth } from '../../../src/infrastructure/prisma/partitions/token-window.js';

const hour = 3_600_000;
const at = (text: string) => new Date(text);

it('names as the least id of a moment one that is less than any of that moment and greater than any before', () => {
  const moment = at('2026-03-04T05:06:07.089Z');
  expect(firstUuid7(moment) < uuid7(moment)).toBe(true);
  expect(firstUuid7(moment) > uuid7(new Date(moment.getTime() - 1))).toBe(true);
  for (const one of [moment, at('1970-01-01T00:00:00Z'), at('9999-12-31T23:59:59.999Z')]) expect(momentOf(firstUuid7(one))).toEqual(one);
});

it('is a quarter of a day wide for tokens that live up to a day, and a quarter of their life for others', () => {
  for (const [lifetime, hours] of [
    [1, 6],
    [3600, 6],
    [86_400, 6],
    [86_401, 12],
    [30 * 86_400, 180],
  ] as const)
    expect(windowWidth(lifetime)).toBe(hours * hour);
});

it('covers a window ahead without gap or overlap, whatever was covered before', () => {
  for (const covered of [null, at('2026-03-03T00:00:00Z'), at('2026-03-04T06:00:00Z'), at('2026-03-04T09:00:00Z'), at('2026-04-01T00:00:00Z')]) {
    const now = at('2026-03-04T05:06:07.089Z');
    const windows = missingWindows(now, covered, 3600);
    const ends = windows.map(({ before }) => before);
    const starts = windows.map(({ from }) => from);
    expect(starts.slice(1)).toEqual(ends.slice(0, -1));
    const [start, end] = [starts[0] ?? covered, ends.at(-1) ?? covered];
    expect(Number(start)).toBeLessThanOrEqual(Math.max(now.getTime() - hour, Number(covered)));
    expect(Number(end)).toBeGreaterThanOrEqual(now.getTime() + 6 * hour);
  }
});

it('names a partition by its beginning', () => {
  const window = { from: at('2026-03-04T06:00:00Z'), before: at('2026-03-04T12:00:00Z') };
  expect(partitionName(window)).toBe('access_tokens_20260304_0600');
});
