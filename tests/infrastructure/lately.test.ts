import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bytesOf, Lately, textOf } from '../../src/infrastructure/lately.js';

it('knows the newest of what was put in, and never more than twice as many', () => {
  const puts = fc.array(fc.record({ key: fc.integer({ min: 0, max: 12 }), value: fc.integer() }), { maxLength: 60 });
  fc.assert(
    fc.property(puts, fc.integer({ min: 1, max: 5 }), (all, half) => {
      const lately = new Lately<number>(half);
      for (const { key, value } of all) lately.set(String(key), value);
      const last = new Map(all.map(({ key, value }) => [String(key), value]));
      const newest = new Set(all.slice(-half).map(({ key }) => String(key)));
      const known = [...last.keys()].filter((key) => lately.get(key) !== undefined);
      for (const key of newest) expect(known).toContain(key);
      for (const key of known) expect(lately.get(key)).toBe(last.get(key));
      expect(known.length).toBeLessThanOrEqual(2 * half);
    }),
  );
});

it('forgets what it is told to', () => {
  const lately = new Lately<number>(1);
  for (const key of ['a', 'b']) lately.set(key, 1);
  for (const key of ['a', 'b']) {
    lately.delete(key);
    expect(lately.get(key)).toBeUndefined();
  }
});

it('gives bytes back as they were', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect([...bytesOf(textOf(bytes))]).toEqual([...bytes]);
    }),
  );
});
