import { noting, type RuleResult } from './noting.js';
import { type Runner, registeringWith } from './runner.js';

type Body = () => unknown;

interface Suite {
  readonly before: Body[];
  readonly after: Body[];
  readonly beforeEach: Body[];
  readonly afterEach: Body[];
  readonly members: Body[];
}

/** Runs the rules that `register` registers, one after the other and under no runner, and answers how each went. `group`: only those of this outermost group. */
export async function collected(register: () => void, group?: string): Promise<readonly RuleResult[]> {
  const results: RuleResult[] = [];
  const suite = emptySuite();
  const all = collector(suite, []);
  registeringWith(
    () => ({ ...all, describe: (name, body) => (group === undefined || group === name ? all.describe(name, body) : undefined) }),
    () => noting(results, register),
  );
  await run(suite);
  return results;
}

const emptySuite = (): Suite => ({ before: [], after: [], beforeEach: [], afterEach: [], members: [] });

function collector(suite: Suite, around: readonly Suite[]): Runner {
  const suites = [...around, suite];
  return {
    beforeAll: (body) => void suite.before.push(body),
    afterAll: (body) => void suite.after.push(body),
    beforeEach: (body) => void suite.beforeEach.push(body),
    afterEach: (body) => void suite.afterEach.push(body),
    describe(_, body) {
      const inner = emptySuite();
      suite.members.push(() => run(inner));
      registeringWith(() => collector(inner, suites), body);
    },
    it: (_, body) =>
      void suite.members.push(async () => {
        for (const hook of suites.flatMap(({ beforeEach }) => beforeEach)) await hook();
        // Whether it held is noted by then.
        await Promise.resolve(body()).catch(() => undefined);
        for (const hook of [...suites].reverse().flatMap(({ afterEach }) => afterEach)) await hook();
      }),
  };
}

async function run({ before, after, members }: Suite): Promise<void> {
  for (const body of [...before, ...members, ...after]) await body();
}
