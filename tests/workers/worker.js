// A worker that does what a file says: serves until it is told to leave, or ends with an exit code.
import { readFileSync } from 'node:fs';

const order = readFileSync(process.argv[2], 'utf8');
if (order !== 'serve') process.exit(Number(order));
process.on('message', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
process.send('serving');
