import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { alone } from './tests/support/alone.js';
import { LongestFirst } from './tests/support/longest-first.js';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // Adapters under examples/ are made of the same classes as the code that is tested, instead of those that were built last.
  resolve: { alias: { 'keywright/storage': fileURLToPath(new URL('src/adapter-kit/storage.ts', import.meta.url)) } },
  test: {
    globalSetup: ['tests/support/global-setup.ts'],
    pool: 'forks',
    // One more than the processors that CI has: half of the time a file waits, for a process, a browser or a lock.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    testTimeout: 120_000,
    hookTimeout: 180_000,
    projects: [
      // Files share the modules of their process: loading them anew for each took more than half of the processor time. What a test spies on is set back before the next one.
      {
        extends: true,
        test: { name: 'together', include: ['tests/**/*.test.{ts,tsx}'], exclude: [...configDefaults.exclude, ...alone], isolate: false, restoreMocks: true },
      },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
  },
});
