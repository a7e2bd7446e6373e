import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a test does to the whole of its process: it turns the clock, or has something global, or a setting, be another. */
const touchesTheProcess =
  /useFakeTimers|from '\.\/time\.js'|spyOn\((?:performance|Date|globalThis|process)\b|process\.env\.\w+ =|stubGlobal|stubEnv|vi\.mock\(/;

/** Every file of tests. */
const all = readdirSync(`${root}tests`, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.test\.tsx?$/.test(path))
  .map((path) => `tests/${path}`);

/** Those that must be alone in their process, lest a timer that another has begun never comes, or comes at once. */
export const alone = all.filter((path) => touchesTheProcess.test(readFileSync(root + path, 'utf8')));
