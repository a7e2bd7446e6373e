import type { CommandLine } from './command-line.js';
import { CommandFailure, exitCodes } from './exit-codes.js';
import type { KeywrightCommand } from './keywright-command.js';
import { progressBar } from './progress-bar.js';
import type { StorageMove } from './storage-move.js';
import { print, table } from './terminal.js';

interface MoveOptions {
  readonly from?: string;
  readonly to?: string;
  readonly json?: true;
}

/** `storage …`: move to another store while servers use this one. */
export function addStorageCommands(program: KeywrightCommand, cli: CommandLine): void {
  const storage = program.command('storage').description('move to another store while servers use this one');

  ofMove(storage, 'copy', 'copy everything to the new store, or go on with it, and compare')
    .option('--check', 'compare only')
    .action(async ({ check, json, ...stores }: MoveOptions & { readonly check?: true }) => {
      const bar = progressBar(cli.stderr);
      const checks = await withMove(cli, stores, async (move) => {
        try {
          if (!check) await move.copy(bar.show);
          return await move.check(bar.show);
        } finally {
          bar.end();
        }
      });
      const differences = checks.reduce((sum, one) => sum + one.differences, 0);
      const rows = checks.map((one) => [one.table, String(one.rows), one.differences === 0 ? 'the same' : `${one.differences} differ`]);
      await print(cli.stdout, json, { same: differences === 0, tables: checks }, table(['TABLE', 'ROWS', 'COMPARED'], rows, 'There was nothing to compare.'));
      if (differences > 0) throw new CommandFailure(`${differences} rows are not the same in both stores`, exitCodes.refused);
    });

  ofMove(storage, 'switch', 'let the new store decide from now on; the old one refuses every change').action(async ({ json, ...stores }: MoveOptions) => {
    const { held } = await withMove(cli, stores, (move) => move.switchOver());
    await print(
      cli.stdout,
      json,
      { switched: true, held_ms: held },
      `Switched. Servers waited for ${held} ms. Now restart them without STORAGE_FROM, one by one.\n`,
    );
  });

  ofMove(storage, 'abandon', 'give the move up; the old store goes on as before').action(async ({ json, ...stores }: MoveOptions) => {
    await withMove(cli, stores, (move) => move.abandon());
    await print(cli.stdout, json, { abandoned: true }, 'Given up. What was copied is still in the new store, which can be emptied.\n');
  });
}

function ofMove(storage: KeywrightCommand, name: string, description: string): KeywrightCommand {
  return storage
    .command(name)
    .description(description)
    .option('--from <store>', 'the store that is left: an address or the path of a module (default: STORAGE_FROM)')
    .option('--to <store>', 'the store that is moved to (default: the one of STORAGE)')
    .option('--json', 'print JSON');
}

async function withMove<Result>(cli: CommandLine, stores: Pick<MoveOptions, 'from' | 'to'>, use: (move: StorageMove) => Promise<Result>): Promise<Result> {
  const move = await cli.openMove(stores);
  try {
    return await use(move);
  } finally {
    await move.close().catch(() => {});
  }
}
