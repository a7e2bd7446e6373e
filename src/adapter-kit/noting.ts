import { callOf, MissingVerb } from './naming-calls.js';
import { type RuleContext, type Runner, registeringWith } from './runner.js';
import { HarnessFailure } from './watched-harness.js';

/** A rule that was run: the groups it is in, the innermost last, and what it failed with, if it did. */
export interface RuleResult {
  readonly groups: readonly string[];
  readonly rule: string;
  readonly failure: unknown;
  readonly held: boolean;
}

/** How rules went, and how many there are: some may have been left out, or the harness failed. */
export interface RuleNotes {
  readonly results: RuleResult[];
  registered: number;
  /** The harness failed, or the store lacks a verb: one rule has said so, which is enough. */
  notRun: boolean;
}

export const noNotes = (): RuleNotes => ({ results: [], registered: 0, notRun: false });

/** What a runner that notes was made of. */
const inner = new WeakMap<Runner, Runner>();

/** Lets the rules that `register` registers note how they went. */
export function noting(notes: RuleNotes, register: () => void, groups: readonly string[] = []): void {
  const noted = (runner: Runner): Runner => {
    const noter: Runner = {
      ...runner,
      // A runner comes to what is inside a group at once, or when all around it was registered.
      describe: (name, body) =>
        runner.describe(name, () =>
          registeringWith(
            (now) => inner.get(now) ?? now,
            () => noting(notes, body, [...groups, name]),
          ),
        ),
      it: (rule, body) => {
        notes.registered += 1;
        runner.it(rule, (context) => runNoted(notes, { groups, rule }, body, context));
      },
    };
    inner.set(noter, runner);
    return noter;
  };
  registeringWith(noted, register);
}

async function runNoted(notes: RuleNotes, rule: Pick<RuleResult, 'groups' | 'rule'>, body: () => unknown, context?: RuleContext): Promise<void> {
  try {
    await body();
  } catch (failure) {
    if (failure instanceof HarnessFailure || failure instanceof MissingVerb) {
      if (notes.notRun && context) return context.skip(failure instanceof MissingVerb ? failure.message : 'the harness failed');
      notes.notRun = true;
      throw failure;
    }
    const call = callOf(failure);
    if (call !== null && failure instanceof Error) failure.message = `${call} threw: ${failure.message}`;
    notes.results.push({ ...rule, failure, held: false });
    throw failure;
  }
  notes.results.push({ ...rule, failure: null, held: true });
}
