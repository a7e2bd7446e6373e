import { type Runner, registeringWith } from './runner.js';

/** A rule that was run: the groups it is in, the innermost last, and what it failed with, if it did. */
export interface RuleResult {
  readonly groups: readonly string[];
  readonly rule: string;
  readonly failure: unknown;
  readonly held: boolean;
}

/** What a runner that notes was made of. */
const inner = new WeakMap<Runner, Runner>();

/** Lets the rules that `register` registers note in `results` how they went. */
export function noting(results: RuleResult[], register: () => void, groups: readonly string[] = []): void {
  const noted = (runner: Runner): Runner => {
    const noter: Runner = {
      ...runner,
      // A runner comes to what is inside a group at once, or when all around it was registered.
      describe: (name, body) =>
        runner.describe(name, () =>
          registeringWith(
            (now) => inner.get(now) ?? now,
            () => noting(results, body, [...groups, name]),
          ),
        ),
      it: (rule, body) => runner.it(rule, () => runNoted(results, { groups, rule }, body)),
    };
    inner.set(noter, runner);
    return noter;
  };
  registeringWith(noted, register);
}

async function runNoted(results: RuleResult[], rule: Pick<RuleResult, 'groups' | 'rule'>, body: () => unknown): Promise<void> {
  try {
    await body();
  } catch (failure) {
    results.push({ ...rule, failure, held: false });
    throw failure;
  }
  results.push({ ...rule, failure: null, held: true });
}
