export interface CopyableProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: string | undefined;
}

/**
 * A value to carry elsewhere, all of it to be read at any width: once it is focused, Ctrl+A or a triple click selects it. The button waits, out of sight,
 * for the script that pages with such values may carry.
 */
export function Copyable({ name, label, value, hint }: CopyableProps) {
  const id = `copy-${name}`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="copy-line">
        {/* The copy in the attribute, which is drawn unseen, makes the field as tall as the value is. */}
        <div class="copy-value" data-value={value}>
          <textarea id={id} rows={1} readonly value={value} autocomplete="off" spellcheck={false} aria-describedby={hint ? `${id}-hint` : undefined} />
        </div>
        <button class="button" type="button" data-copy={id} aria-label={`Copy ${label}`} hidden>
          Copy
        </button>
      </div>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
