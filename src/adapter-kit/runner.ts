/** What a runner hands to a rule; one of ours hands nothing. */
export interface RuleContext {
  skip(why?: string): void;
}

/** What the rules need of a test runner: the part that vitest and node:test have in common. */
export interface Runner {
  describe(name: string, body: () => void): void;
  it(name: string, body: (context?: RuleContext) => unknown): void;
  beforeAll(body: () => unknown): void;
  afterAll(body: () => unknown): void;
  beforeEach(body: () => unknown): void;
  afterEach(body: () => unknown): void;
}

interface Each {
  /** The same for every row of a table, or every value of a list; the `%s` and `%d` in the name stand for its values in turn. */
  each<Row extends unknown[] | [unknown]>(rows: readonly Row[]): (name: string, body: (...row: Row) => unknown) => void;
  each<Value>(values: readonly Value[]): (name: string, body: (value: Value) => unknown) => void;
}

// vitest sets the variable in its workers; everything else that runs tests is node:test.
let runner: Runner = process.env.VITEST === undefined ? await nodeTest() : await import('vitest');

export const beforeAll: Runner['beforeAll'] = (body) => runner.beforeAll(body);
export const afterAll: Runner['afterAll'] = (body) => runner.afterAll(body);
export const beforeEach: Runner['beforeEach'] = (body) => runner.beforeEach(body);
export const afterEach: Runner['afterEach'] = (body) => runner.afterEach(body);
export const describe: Runner['describe'] & Each = withEach<() => void>((name, body) => runner.describe(name, body));
export const it: Runner['it'] & Each = withEach<() => unknown>((name, body) => runner.it(name, body));

/** What `register` registers goes to another runner, made of the one that it goes to now. */
export function registeringWith(other: (now: Runner) => Runner, register: () => void): void {
  const now = runner;
  runner = other(now);
  try {
    register();
  } finally {
    runner = now;
  }
}

function withEach<Body extends (...row: never[]) => unknown>(add: (name: string, body: Body) => void): typeof add & Each {
  const each = (rows: readonly unknown[]) => (name: string, body: (...row: unknown[]) => unknown) => {
    for (const row of rows) {
      const values = Array.isArray(row) ? row : [row];
      let next = 0;
      add(
        name.replace(/%[sd]/g, () => String(values[next++])),
        (() => body(...values)) as Body,
      );
    }
  };
  return Object.assign((name: string, body: Body) => add(name, body), { each } as Each);
}

async function nodeTest(): Promise<Runner> {
  const { describe, it, before, after, beforeEach, afterEach } = await import('node:test');
  return {
    describe: (name, body) => void describe(name, body),
    it: (name, body) => void it(name, async (context) => void (await body(context))),
    beforeAll: (body) => before(async () => void (await body())),
    afterAll: (body) => after(async () => void (await body())),
    beforeEach: (body) => beforeEach(async () => void (await body())),
    afterEach: (body) => afterEach(async () => void (await body())),
  };
}
