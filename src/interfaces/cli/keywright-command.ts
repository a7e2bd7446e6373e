import { Command, CommanderError, type ErrorOptions, Option } from 'commander';
import { exitCodes } from './exit-codes.js';

/** An option that must be given. Checked after the flags are known to be right, so that a mistyped flag is named rather than missed. */
export class NeededOption extends Option {
  constructor(
    flags: string,
    description: string,
    /** The long flag of the option that makes up for it. */
    readonly unless: string | null = null,
  ) {
    super(flags, description);
  }
}

/** An option that may be given several times; its value is the list. `read` splits or refuses one occurrence. */
export class RepeatableOption extends Option {
  constructor(flags: string, description: string, read: (text: string) => readonly unknown[] = (text) => [text]) {
    super(flags, description);
    this.argParser((text: string, before: readonly unknown[] = []) => [...before, ...read(text)]);
  }
}

/** A command whose usage line spells out every flag, and which answers wrong usage with one line and that usage. */
export class KeywrightCommand extends Command {
  constructor(name?: string) {
    super(name);
    this.configureHelp({ commandUsage: usageOf });
    this.hook('preAction', (_, command) => requireOptions(command));
  }

  override createCommand(name?: string): KeywrightCommand {
    return new KeywrightCommand(name);
  }

  override error(message: string, options?: ErrorOptions): never {
    this.configureOutput().writeErr?.(`${message.replaceAll('\n', ' ')}\nUsage: ${usageOf(this)}\n`);
    throw new CommanderError(exitCodes.usage, options?.code ?? 'commander.error', message);
  }
}

function requireOptions(command: Command): void {
  const given = (option: Option) => command.getOptionValue(option.attributeName()) !== undefined;
  for (const option of command.options) {
    if (!(option instanceof NeededOption) || given(option)) continue;
    const instead = command.options.find(({ long }) => long === option.unless);
    if (instead === undefined) command.error(`error: required option '${option.flags}' not specified`);
    if (!given(instead)) command.error(`error: required option '${option.flags}' or '${instead.flags}' not specified`);
  }
}

function usageOf(command: Command): string {
  const path: string[] = [];
  for (let at: Command | null = command; at !== null; at = at.parent) path.unshift(at.name());
  const operands = command.registeredArguments.map((argument) => (argument.required ? `<${argument.name()}>` : `[${argument.name()}]`));
  const options = command.options.filter((option) => option.long !== '--version').map(usageOfOption);
  return wrapped([path.join(' '), ...(command.commands.length > 0 ? ['<command>'] : []), ...operands, ...options]);
}

function usageOfOption(option: Option): string {
  if (option instanceof NeededOption && option.unless === null) return option.flags;
  return option instanceof RepeatableOption ? `[${option.flags}]...` : `[${option.flags}]`;
}

function wrapped(words: readonly string[]): string {
  let column = 0;
  return words.reduce((text, word) => {
    const fits = column + word.length < 100;
    column = fits ? column + word.length + 1 : word.length + 7;
    return text === '' ? word : `${text}${fits ? ' ' : '\n      '}${word}`;
  }, '');
}
