/**
 * Runs `keywright` with the arguments given, after building what changed. In this very process, so that a signal sent to `npm start` reaches the server and not
 * a wrapper, and nothing but the command writes to standard output.
 */
import { fileURLToPath } from 'node:url';
import { build } from './build.js';

await build({ onlyIfChanged: true });
process.argv[1] = fileURLToPath(new URL('../dist/main.js', import.meta.url));
await import('../dist/main.js');
