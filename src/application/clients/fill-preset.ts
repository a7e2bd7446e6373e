import { InvalidInput, type Problem } from '../../domain/errors.js';
import type { Preset } from './preset.js';

/** The redirect URIs of a preset, its blanks filled in. Throws `InvalidInput` with a problem at each blank that was left open. */
export function presetRedirectUris({ settings, redirectTemplates, blanks }: Preset, typed: (blank: string) => string | null): string[] {
  const values = new Map(blanks.map(({ name }) => [name, typed(name)?.trim() ?? '']));
  const problems = blanks
    .filter(({ name }) => values.get(name) === '')
    .map(({ name, example }): Problem => ({ field: name, message: `is missing, for example ${example}` }));
  if (problems.length > 0) throw new InvalidInput(problems);
  return [...(settings.redirectUris ?? []), ...redirectTemplates.map((template) => filled(template, values))];
}

function filled(template: string, values: ReadonlyMap<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (_match, name: string) => values.get(name) ?? '');
}
