export interface CopyableProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: string | undefined;
}

/**
 * A value to carry elsewhere: it can be focused, and then the Tab key or a triple click has selected all of it. The button waits, out of sight, for the
 * script that pages with such values may carry.
 */
export function Copyable({ name, label, value, hint }: CopyableProps) {
  const id = `copy-${name}`;
  return (
    <div class="field copyable">
      <label for={id}>{label}</label>
      <div class="copy-line">
        <input id={id} type="text" readonly value={value} autocomplete="off" spellcheck={false} aria-describedby={hint ? `${id}-hint` : undefined} />
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
