#!/usr/bin/env node
import { HangUps } from './hang-ups.js';
import { exitCodes } from './interfaces/cli/exit-codes.js';
import { tooFewFiles } from './open-files.js';

const argv = process.argv.slice(2);
// Any other command ends with the terminal it was typed into.
const hangUps = argv[0] === 'serve' ? new HangUps() : null;

/** The program is not imported from the start: several hundred files are opened at once for it, and where so many may not be, nobody could say so. */
const program = await import('./program.js').catch((error: unknown) => {
  const words = tooFewFiles(error);
  if (words === null) throw error;
  process.stderr.write(`error: ${words}\n`);
  process.exit(exitCodes.configuration);
});
process.exitCode = await program.run(argv, hangUps);
