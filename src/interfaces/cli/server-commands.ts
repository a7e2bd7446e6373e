import type { CommandLine } from './command-line.js';
import { examine } from './doctor-checks.js';
import { CommandFailure, exitCodes } from './exit-codes.js';
import type { Finding } from './finding.js';
import type { KeywrightCommand } from './keywright-command.js';
import { columns, print } from './terminal.js';

interface Output {
  readonly json?: true;
}

/** `serve`, `migrate`, `doctor`: the server itself and what it stands on. */
export function addServerCommands(program: KeywrightCommand, cli: CommandLine): void {
  program
    .command('serve')
    .description('start the server')
    .action(() => cli.serve());

  program
    .command('migrate')
    .description('bring the store up to date')
    .option('--json', 'print JSON')
    .action(async ({ json }: Output) => {
      const { applied, byModule } = await cli.migrate();
      const none = byModule ? 'The module that STORAGE names opened its store, and so brought it up to date.\n' : 'Up to date: nothing to apply.\n';
      const text = applied.length === 0 ? none : applied.map((name) => `applied  ${name}\n`).join('');
      await print(cli.stdout, json, { applied }, text);
    });

  program
    .command('doctor')
    .description('check what the server stands on: store, issuer, clock, configuration')
    .option('--json', 'print JSON')
    .action(async ({ json }: Output) => {
      const findings = await examine(cli.surroundings);
      const failed = findings.filter((finding) => !finding.ok).length;
      await print(cli.stdout, json, { ok: failed === 0, checks: findings }, report(findings));
      if (failed > 0) throw new CommandFailure(`${failed} of ${findings.length} checks failed`, exitCodes.refused);
    });
}

function report(findings: readonly Finding[]): string {
  return columns(findings.map(({ check, ok, reason, advice }) => [ok ? 'ok' : 'fail', check, advice === undefined ? reason : `${reason}: ${advice}`]));
}
