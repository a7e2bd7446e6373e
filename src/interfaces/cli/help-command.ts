import type { Command } from 'commander';
import { exitCodeTable } from './exit-codes.js';
import type { KeywrightCommand } from './keywright-command.js';

/** `help`, at any depth: `help clients secrets add`. */
export function addHelpCommand(program: KeywrightCommand): void {
  program
    .helpCommand(false)
    .addHelpText('after', `\n${exitCodeTable}`)
    .command('help')
    .description('explain a command')
    .argument('[command...]')
    .action((path: readonly string[]) => {
      let command: Command = program;
      for (const name of path) {
        const next = command.commands.find((candidate) => candidate.name() === name);
        if (next === undefined) command.error(`error: unknown command '${name}'`);
        command = next;
      }
      command.outputHelp();
    });
}
