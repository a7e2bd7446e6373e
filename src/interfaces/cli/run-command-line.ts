import { CommanderError } from 'commander';
import { addClientCommands } from './client-commands.js';
import type { CommandLine } from './command-line.js';
import { exitCodes } from './exit-codes.js';
import { explainFailure } from './explain-failure.js';
import { addHelpCommand } from './help-command.js';
import { addKeyCommands } from './keys/key-commands.js';
import { KeywrightCommand } from './keywright-command.js';
import { addResourceServerCommands } from './resources/resource-server-commands.js';
import { addServerCommands } from './server-commands.js';
import { addStorageCommands } from './storage-commands.js';
import { write } from './terminal.js';
import { addTokenCommands } from './token-commands.js';
import { addUserCommands } from './user-commands.js';

/** What commander says about usage, and what went wrong; written once the command has ended. */
interface Said {
  readonly out: string[];
  readonly err: string[];
}

/**
 * Runs one command and answers its exit code; it never ends the process and never throws. The result goes to `stdout` and nothing else does.
 * @param argv what was typed after the program's name
 */
export async function runCommandLine(argv: readonly string[], cli: CommandLine): Promise<number> {
  const said: Said = { out: [], err: [] };
  // A pipe whose reader left is told as an event too, which would end the process.
  for (const stream of [cli.stdout, cli.stderr]) stream.on('error', () => {});
  const code = await run(argv, cli, said);
  await write(cli.stdout, said.out.join(''));
  await write(cli.stderr, said.err.join(''));
  return code;
}

async function run(argv: readonly string[], cli: CommandLine, said: Said): Promise<number> {
  const program = new KeywrightCommand('keywright')
    .description('Keywright, an OAuth 2.1 authorization server')
    .version(cli.version, '--version', 'print the version')
    .exitOverride()
    .configureOutput({ writeOut: (text) => said.out.push(text), writeErr: (text) => said.err.push(text) });
  addServerCommands(program, cli);
  addUserCommands(program, cli);
  addClientCommands(program, cli);
  addResourceServerCommands(program, cli);
  addKeyCommands(program, cli);
  addTokenCommands(program, cli);
  addStorageCommands(program, cli);
  addHelpCommand(program);

  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCodes.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    const { exitCode, lines } = explainFailure(error);
    said.err.push(...lines.map((line) => `error: ${line}\n`));
    return exitCode;
  }
}
