export interface CopyableProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
}

/** A value to carry elsewhere: it can be focused, and then the Tab key or a triple click has selected all of it. */
export function Copyable({ name, label, value, hint }: CopyableProps) {
  const id = `copy-${name}`;
  return (
    <div class="field copyable">
      <label for={id}>{label}</label>
      <input id={id} type="text" readonly value={value} autocomplete="off" spellcheck={false} aria-describedby={hint ? `${id}-hint` : undefined} />
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
