import type { ComponentChildren } from 'preact';

export interface Choice {
  readonly value: string;
  readonly label: ComponentChildren;
  readonly hint?: ComponentChildren;
}

export interface ChoiceFieldProps {
  /** `checkbox`: any number of them; `radio`: exactly one. */
  readonly kind: 'checkbox' | 'radio';
  readonly name: string;
  readonly legend: string;
  readonly choices: readonly Choice[];
  readonly chosen: readonly string[];
  /** Side by side where there is room. */
  readonly columns?: boolean;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

/** A question with the answers to pick from; each line is as tall as a finger. */
export function ChoiceField({ kind, name, legend, choices, chosen, columns = false, hint, error }: ChoiceFieldProps) {
  const id = `field-${name}`;
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  return (
    <fieldset class={columns ? 'field choices columns' : 'field choices'} id={id} aria-describedby={describedBy}>
      <legend>{legend}</legend>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {choices.map((choice) => (
        <label class="choice" key={choice.value}>
          <input type={kind} name={name} value={choice.value} checked={chosen.includes(choice.value)} />
          <span>
            {choice.label}
            {choice.hint && <span class="hint">{choice.hint}</span>}
          </span>
        </label>
      ))}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </fieldset>
  );
}
