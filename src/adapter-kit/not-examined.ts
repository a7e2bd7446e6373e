import type { StorageHarness } from './storage-harness.js';

/** What the rules leave out, because the harness does not say how it is done: a table without it would look finished. */
export function notExamined({ failWrite, openAgain, reopen, away, moves }: StorageHarness): string[] {
  const left: [string, unknown][] = [
    ['failed writes (no failWrite)', failWrite],
    ['two instances (no openAgain)', openAgain],
    ['being started again (no reopen, no openAgain)', reopen ?? openAgain],
    ['a store that is away (no away)', away],
    ['moving (no moves)', moves],
    ["being moved to (moves is 'leaving')", moves !== 'leaving'],
    ["being left (moves is 'arriving')", moves !== 'arriving'],
  ];
  return left.filter(([, given]) => !given).map(([what]) => what);
}
