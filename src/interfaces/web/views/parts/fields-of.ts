import type { Problem } from '../../../../domain/errors.js';
import { errorAt } from './error-summary.js';

/** What was typed or ticked, by field; a password is never shown again. */
type Typed<Name extends string> = { readonly [Field in Name]?: string | readonly string[] | undefined };

/** What the fields of one form take from their names: the label, what was typed or chosen, and what is wrong with it. */
export function fieldsOf<Name extends string>(labels: Readonly<Record<Name, string>>, form: Typed<NoInfer<Name>>, problems: readonly Problem[]) {
  const typed = (name: Name) => [form[name] ?? []].flat();
  return {
    text: (name: Name) => ({ name, label: labels[name], value: typed(name)[0], error: errorAt(problems, name) }),
    choice: (name: Name) => ({ name, legend: labels[name], chosen: typed(name), error: errorAt(problems, name) }),
  };
}
