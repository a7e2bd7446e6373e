import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Lately } from '../../src/infrastructure/lately.js';

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

it('forgets what it is told to, however often it was put in', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 }), fc.integer({ min: 1, max: 3 }), (keys, half) => {
      const lately = new Lately<number>(half);
      for (const [value, key] of keys.entries()) lately.set(key, value);
      lately.delete('a');
      expect(lately.get('a')).toBeUndefined();
    }),
  );
});
