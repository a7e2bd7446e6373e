import { noNotes, noting, type RuleResult } from './noting.js';
import { type Runner, registeringWith } from './runner.js';

type Body = () => unknown;

interface Suite {
  readonly before: Body[];
  readonly after: Body[];
  readonly beforeEach: Body[];
  readonly afterEach: Body[];
  readonly members: Body[];
}

/** Which rules are run: those of one outermost group, or a single one, counted from 0 in the order in which they are registered; the others are not there. */
export interface Chosen {
  readonly group?: string | undefined;
  readonly only?: number;
}

/** Runs the rules that `register` registers, one after the other and under no runner, and answers how each went. */
export async function collected(register: () => void, { group, only }: Chosen = {}): Promise<readonly RuleResult[]> {
  const notes = noNotes();
  const suite = emptySuite();
  let count = 0;
  const all = collector(suite, [], () => only === undefined || count++ === only);
  registeringWith(
    () => ({ ...all, describe: (name, body) => (group === undefined || group === name ? all.describe(name, body) : undefined) }),
    () => noting(notes, register),
  );
  await run(suite);
  return notes.results;
}

const emptySuite = (): Suite => ({ before: [], after: [], beforeEach: [], afterEach: [], members: [] });

function collector(suite: Suite, around: readonly Suite[], wanted: () => boolean): Runner {
  const suites = [...around, suite];
  return {
    beforeAll: (body) => void suite.before.push(body),
    afterAll: (body) => void suite.after.push(body),
    beforeEach: (body) => void suite.beforeEach.push(body),
    afterEach: (body) => void suite.afterEach.push(body),
    describe(_, body) {
      const inner = emptySuite();
      registeringWith(() => collector(inner, suites, wanted), body);
      if (inner.members.length > 0) suite.members.push(() => run(inner));
    },
    it(_, body) {
      if (!wanted()) return;
      suite.members.push(async () => {
        for (const hook of suites.flatMap(({ beforeEach }) => beforeEach)) await hook();
        // Whether it held is noted by then.
        await Promise.resolve(body()).catch(() => undefined);
        for (const hook of [...suites].reverse().flatMap(({ afterEach }) => afterEach)) await hook();
      });
    },
  };
}

async function run({ before, after, members }: Suite): Promise<void> {
  for (const body of [...before, ...members, ...after]) await body();
}
