import type { Problem } from '../../domain/errors.js';
import type { ResourceServerSettings } from '../../domain/resources/resource-server.js';

/** The settings with what was typed by people trimmed. */
export function tidiedSettings({ name, scopes, tokenFormat, signingAlgorithm }: ResourceServerSettings): ResourceServerSettings {
  const entries = scopes.map((scope) => ({ name: scope.name.trim(), sentence: scope.sentence.trim() }));
  return { name: name.trim(), scopes: entries, tokenFormat, signingAlgorithm };
}

export const scopeTaken: Problem = { field: 'scopes', message: 'one of these is a scope of another resource server' };
