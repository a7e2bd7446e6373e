// A worker that does what a file says: serves until it is told to leave, and tells no numbers, or nonsense for some; or ends with an exit code.
import { readFileSync } from 'node:fs';

const order = readFileSync(process.argv[2], 'utf8');
if (order !== 'serve' && order !== 'nonsense') process.exit(Number(order));
process.on('message', (message) => {
  if (message.ask === undefined) process.exit(0);
  if (order === 'nonsense') process.send({ question: message.question, metrics: 'nonsense' });
});
process.on('SIGTERM', () => process.exit(0));
process.send('serving');
