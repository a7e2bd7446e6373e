import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take half a minute and more. Vitest goes by size where it remembers no durations, as on a fresh checkout. */
const longest = [
  'tests/storage/prisma-pooled.test.ts',
  'tests/infrastructure/migrate/locks.test.ts',
  'tests/browser/pages-for-people.test.ts',
  'tests/browser/accessibility.test.ts',
  'tests/process/unfit-database.test.ts',
  'tests/process/not-made-yet.test.ts',
  'tests/http/moving.test.ts',
  'tests/storage/prisma.test.ts',
  'tests/infrastructure/moving/store-move.test.ts',
];

/** The longest files first, so that none of them is left at the end while the other processes have nothing to do. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => longest.some((path) => moduleId.endsWith(path));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
