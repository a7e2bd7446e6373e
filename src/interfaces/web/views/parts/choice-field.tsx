import type { ComponentChildren } from 'preact';

export interface Choice {
  readonly value: string;
  readonly label: ComponentChildren;
  readonly hint?: ComponentChildren;
}

/** Choices that hardly anybody needs, under a line that says what they are. */
export interface FoldedChoices {
  readonly summary: string;
  readonly hint: string;
  readonly choices: readonly Choice[];
}

export interface ChoiceFieldProps {
  /** `checkbox`: as many of them as one likes; `radio`: exactly one. */
  readonly kind: 'checkbox' | 'radio';
  readonly name: string;
  readonly legend: string;
  readonly choices: readonly Choice[];
  /** Out of sight, unless one of them is chosen. */
  readonly folded?: FoldedChoices;
  readonly chosen: readonly string[];
  /** Side by side where there is room. */
  readonly columns?: boolean;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

/** A question with the answers to pick from; each line is as tall as a finger. */
export function ChoiceField({ kind, name, legend, choices, folded, chosen, columns = false, hint, error }: ChoiceFieldProps) {
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
      <Choices {...{ kind, name, choices, chosen }} />
      {folded && folded.choices.length > 0 && (
        <details class="more" open={folded.choices.some(({ value }) => chosen.includes(value))}>
          <summary>
            {folded.summary}
            <span class="hint">{folded.hint}</span>
          </summary>
          <div class={columns ? 'columns' : undefined}>
            <Choices {...{ kind, name, chosen }} choices={folded.choices} />
          </div>
        </details>
      )}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </fieldset>
  );
}

function Choices({ kind, name, choices, chosen }: Pick<ChoiceFieldProps, 'kind' | 'name' | 'choices' | 'chosen'>) {
  return choices.map(({ value, label, hint }) => (
    <label class="choice" key={value}>
      <input type={kind} name={name} value={value} checked={chosen.includes(value)} />
      <span>
        {label}
        {hint && <span class="hint">{hint}</span>}
      </span>
    </label>
  ));
}
