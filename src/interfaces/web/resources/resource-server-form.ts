import {
  type ResourceServer,
  type ResourceServerSettings,
  signingAlgorithms,
  tokenFormats,
  usualAlgorithm,
} from '../../../domain/resources/resource-server.js';
import type { ScopeEntry } from '../../../domain/scope.js';
import type { Parameters } from '../../http/parameters.js';
import { linesOf, oneOf } from '../typed-values.js';

/** The settings of a resource server as they stand in the form: whatever was typed or chosen, right or wrong. */
export interface ResourceServerForm {
  readonly name: string;
  /** Only the form that registers one has it. */
  readonly identifier: string;
  /** One in a line: the scope, a space, and its sentence. */
  readonly scopes: string;
  readonly tokenFormat: string;
  readonly signingAlgorithm: string;
}

export const emptyResourceServerForm: ResourceServerForm = { name: '', identifier: '', scopes: '', tokenFormat: 'opaque', signingAlgorithm: usualAlgorithm };

export function formOfResourceServer({ name, identifier, scopes, tokenFormat, signingAlgorithm }: ResourceServer): ResourceServerForm {
  return { name, identifier, scopes: scopes.map((scope) => `${scope.name} ${scope.sentence}`).join('\n'), tokenFormat, signingAlgorithm };
}

export function typedResourceServerForm(posted: Parameters): ResourceServerForm {
  const text = (name: string) => posted.one(name) ?? '';
  return {
    name: text('name'),
    identifier: text('identifier'),
    scopes: text('scopes').replaceAll('\r\n', '\n'),
    tokenFormat: text('tokenFormat'),
    signingAlgorithm: text('signingAlgorithm'),
  };
}

/** What a form chooses. What the rules refuse passes through unchanged, so that they can say why. */
export function settingsOfResourceServerForm({ name, scopes, tokenFormat, signingAlgorithm }: ResourceServerForm): {
  readonly [Field in keyof ResourceServerSettings]: ResourceServerSettings[Field] | undefined;
} {
  return {
    name,
    scopes: linesOf(scopes).map(scopeEntry),
    tokenFormat: oneOf(tokenFormats, tokenFormat),
    signingAlgorithm: oneOf(signingAlgorithms, signingAlgorithm),
  };
}

/** A scope has no space in it (RFC 6749 §3.3), so that the first one ends it. */
function scopeEntry(line: string): ScopeEntry {
  const [, name = '', sentence = ''] = /^(\S+)\s*(.*)$/.exec(line) ?? [];
  return { name, sentence };
}
