import type { Problem } from '../../domain/errors.js';
import type { Parameters } from '../http/parameters.js';

/** The version that a form was opened with. Of one that names none, as an older page's: whatever is there now. */
export function versionOf(form: Parameters): number | undefined {
  const text = form.one('version');
  return text === null ? undefined : Number(text);
}

/** What a form says that was open while somebody else saved. */
export function changedMeanwhile(what: string): Problem {
  const message = `this ${what} was changed since you opened this page. What you chose is below; saving it again replaces that change`;
  return { field: 'version', message };
}
