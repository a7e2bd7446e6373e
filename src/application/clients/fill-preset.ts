import { InvalidInput, type Problem } from '../../domain/errors.js';
import type { Preset } from './preset.js';

/** The redirect URIs of a preset, its blanks filled in. Throws `InvalidInput` with a problem at each blank that was left open, or holds more than it asks for. */
export function presetRedirectUris({ settings, redirectTemplates, blanks }: Preset, typed: (blank: string) => string | null): string[] {
  const isPart = (name: string) => !redirectTemplates.includes(`{${name}}`);
  const values = new Map(
    blanks.map(({ name }): [string, string] => {
      const text = typed(name)?.trim() ?? '';
      return [name, isPart(name) ? partOf(text) : text];
    }),
  );
  const problems = blanks.flatMap(({ name, example }): Problem[] => {
    const text = values.get(name) ?? '';
    if (text === '') return [{ field: name, message: `is missing, for example ${example}` }];
    return isPart(name) && /[/?#\s]/.test(text) ? [{ field: name, message: `is more than is asked for, for example ${example}` }] : [];
  });
  if (problems.length > 0) throw new InvalidInput(problems);
  return [...(settings.redirectUris ?? []), ...redirectTemplates.map((template) => filled(template, values))];
}

function filled(template: string, values: ReadonlyMap<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (_match, name: string) => values.get(name) ?? '');
}

/** Of an address that was pasted as it stands in the address bar, what a part of one is asked for: no scheme, no slash at the end. */
function partOf(text: string): string {
  return text.replace(/^https?:\/\//i, '').replace(/\/+$/, '');
}
