/** What the rules ask of `expect`: vitest's own has it, and so has the package `expect`, which works under any runner. */
export interface Expectation {
  toBe(expected: unknown): void;
  toEqual(expected: unknown): void;
  toMatchObject(expected: object): void;
  toBeNull(): void;
  toBeUndefined(): void;
  toBeGreaterThan(expected: number): void;
  toBeGreaterThanOrEqual(expected: number): void;
  toBeLessThan(expected: number): void;
  toBeLessThanOrEqual(expected: number): void;
  toMatch(expected: RegExp | string): void;
  toBeDefined(): void;
  toContain(expected: unknown): void;
  toHaveLength(expected: number): void;
  readonly not: Expectation;
  readonly rejects: { toThrow(): Promise<void> };
  readonly resolves: { toBeUndefined(): Promise<void> };
}

interface Expect {
  /** `message` says what is wrong, where the runner can show it. */
  (actual: unknown, message?: string): Expectation;
  addEqualityTesters(testers: ((one: unknown, other: unknown) => boolean | undefined)[]): void;
}

export const expect: Expect = await found();

// An adapter may answer bytes as any kind of Uint8Array.
expect.addEqualityTesters([(one, other) => (one instanceof Uint8Array && other instanceof Uint8Array ? Buffer.compare(one, other) === 0 : undefined)]);

async function found(): Promise<Expect> {
  if (process.env.VITEST !== undefined) return (await import('vitest')).expect as unknown as Expect;
  try {
    const { expect } = await import('expect');
    return Object.assign((actual: unknown) => expect(actual) as unknown as Expectation, { addEqualityTesters: expect.addEqualityTesters.bind(expect) });
  } catch (cause) {
    throw new Error('under node:test the adapter kit needs the package "expect": npm install --save-dev expect', { cause });
  }
}
