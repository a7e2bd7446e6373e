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
  readonly not: Omit<Expectation, 'not' | 'rejects' | 'resolves'>;
  readonly rejects: { toThrow(): Promise<void> };
  readonly resolves: { toBeUndefined(): Promise<void> };
}

interface Expect {
  /** `message` says what is wrong: it comes before what the expectation itself says. */
  (actual: unknown, message?: string): Expectation;
  addEqualityTesters(testers: ((one: unknown, other: unknown) => boolean | undefined)[]): void;
}

export const expect: Expect = await found();

// An adapter may answer bytes as any kind of Uint8Array.
expect.addEqualityTesters([(one, other) => (one instanceof Uint8Array && other instanceof Uint8Array ? Buffer.compare(one, other) === 0 : undefined)]);

async function found(): Promise<Expect> {
  if (process.env.VITEST !== undefined) return (await import('vitest')).expect;
  try {
    const { expect } = await import('expect');
    const saying = (actual: unknown, message?: string) => said<Expectation>(expect(actual), message);
    return Object.assign(saying, { addEqualityTesters: expect.addEqualityTesters.bind(expect) });
  } catch (cause) {
    throw new Error('under node:test the adapter kit needs the package "expect": npm install --save-dev expect', { cause });
  }
}

/** The package `expect` knows no message of ours. */
function said<Part extends object>(expectation: Part, message: string | undefined): Part {
  if (message === undefined) return expectation;
  const failed = (failure: unknown): never => {
    if (failure instanceof Error) failure.message = `${message}: ${failure.message}`;
    throw failure;
  };
  return new Proxy(expectation, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return typeof member === 'object' && member !== null ? said(member, message) : member;
      return (...input: unknown[]) => {
        try {
          const answer: unknown = Reflect.apply(member, target, input);
          return answer instanceof Promise ? answer.catch(failed) : answer;
        } catch (failure) {
          return failed(failure);
        }
      };
    },
  });
}
