import type { ComponentChildren } from 'preact';

export interface ButtonProps {
  readonly kind?: 'primary' | 'secondary' | 'danger' | 'quiet';
  /** Makes it a link that looks like a button; otherwise it submits its form. */
  readonly href?: string | undefined;
  readonly name?: string;
  readonly value?: string;
  readonly children: ComponentChildren;
}

export function Button({ kind = 'secondary', href, name, value, children }: ButtonProps) {
  const className = `button button-${kind}`;
  if (href !== undefined) {
    return (
      <a class={className} href={href}>
        {children}
      </a>
    );
  }
  return (
    <button class={className} type="submit" name={name} value={value}>
      {children}
    </button>
  );
}
