export interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly value?: string | undefined;
  readonly hint?: string | undefined;
  /** What is wrong with what was typed, shown at the field. */
  readonly error?: string | undefined;
  readonly type?: 'text' | 'password' | 'url' | 'number' | 'date';
  /** Makes it a text area of so many lines. */
  readonly rows?: number;
  readonly required?: boolean;
  readonly autocomplete?: string;
  readonly inputMode?: 'email' | 'url' | 'numeric';
  readonly autoFocus?: boolean;
  /** For URIs, identifiers and the like: a fixed-width face, no capitals, no spelling help. */
  readonly technical?: boolean;
  /** A code in capitals: a telephone's keyboard offers them. */
  readonly capitals?: boolean;
  /** The id of a message elsewhere on the page that concerns this field and makes it invalid. */
  readonly errorId?: string | undefined;
}

/** One thing to type, with its label, what to know beforehand, and what was wrong. */
export function Field({
  name,
  label,
  value,
  hint,
  error,
  rows,
  type = 'text',
  technical = false,
  capitals = false,
  inputMode,
  errorId,
  autoFocus,
  ...rest
}: FieldProps) {
  const id = `field-${name}`;
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`, errorId].filter(Boolean).join(' ');
  const shared = {
    ...rest,
    ...(inputMode && { inputMode }),
    ...((technical || inputMode) && { autocapitalize: capitals ? ('characters' as const) : ('none' as const), autocorrect: 'off', spellcheck: false }),
    ...(describedBy && { 'aria-describedby': describedBy }),
    ...((error || errorId) && { 'aria-invalid': 'true' as const }),
    class: technical ? 'field-technical' : undefined,
    id,
    name,
    autofocus: autoFocus,
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {/* The types describe one kind of input at a time. */}
      {rows === undefined ? <input {...shared} type={type as 'text'} value={value} /> : <textarea {...shared} rows={rows} value={value} />}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
