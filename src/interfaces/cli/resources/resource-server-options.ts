import { InvalidArgumentError, Option } from 'commander';
import { type SigningAlgorithm, signingAlgorithms, type TokenFormat, tokenFormats } from '../../../domain/resources/resource-server.js';
import type { ScopeEntry } from '../../../domain/scope.js';
import { type KeywrightCommand, RepeatableOption } from '../keywright-command.js';

/** The flags of a resource server, as `create` and `edit` read them. */
export interface ResourceServerOptions {
  readonly name?: string;
  readonly scope?: readonly ScopeEntry[];
  readonly tokenFormat?: TokenFormat;
  readonly signingAlgorithm?: SigningAlgorithm;
}

export function addResourceServerOptions(command: KeywrightCommand): KeywrightCommand {
  return command
    .addOption(new RepeatableOption('--scope <scope=sentence>', 'one that it owns, with the sentence people read', scopeEntry))
    .addOption(new Option('--token-format <format>', 'what tokens for it are').choices([...tokenFormats]))
    .addOption(new Option('--signing-algorithm <algorithm>', 'how its JWTs are signed').choices([...signingAlgorithms]));
}

function scopeEntry(text: string): ScopeEntry[] {
  const [name = '', ...rest] = text.split('=');
  const sentence = rest.join('=').trim();
  if (name.trim() === '' || sentence === '') throw new InvalidArgumentError('Give a scope and its sentence: invoices:read="See your invoices".');
  return [{ name: name.trim(), sentence }];
}
