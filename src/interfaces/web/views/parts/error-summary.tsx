import type { Problem } from '../../../../domain/errors.js';
import { Notice } from './notice.js';

export interface ErrorSummaryProps {
  readonly problems: readonly Problem[];
  /** The fields of this form, by name, with their labels. A problem elsewhere is said in full. */
  readonly labels: Readonly<Record<string, string>>;
}

/** What is wrong with a form, at its head: each line leads to its field, where the reason stands. */
export function ErrorSummary({ problems, labels }: ErrorSummaryProps) {
  if (problems.length === 0) return null;
  const fields = [...new Set(problems.map(({ field }) => field))];
  return (
    <Notice tone="problem">
      <p>
        <strong>Nothing was saved yet.</strong> Please look at:
      </p>
      <ul class="error-summary">
        {fields.map((field) => (
          <li key={field}>{labels[field] ? <a href={`#field-${field}`}>{labels[field]}</a> : errorAt(problems, field)}</li>
        ))}
      </ul>
    </Notice>
  );
}

/** What is wrong with one field, as sentences; `undefined` when nothing is. */
export function errorAt(problems: readonly Problem[], field: string): string | undefined {
  const own = problems.filter((problem) => problem.field === field).map(({ message }) => asSentence(message));
  return own.length === 0 ? undefined : own.join(' ');
}

/** What begins small and without a full stop behind the name of a field, by itself. */
export function asSentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${message.endsWith('.') ? '' : '.'}`;
}
