import type { ComponentChildren } from 'preact';
import { onceField } from '../../once-field.js';

export interface PostFormProps {
  readonly action: string;
  readonly csrfToken: string;
  /** A name for this one form: however often it is sent, it creates once. */
  readonly once?: string | undefined;
  /** The version of what is edited, so that a form that was open meanwhile does not undo what another saved. */
  readonly version?: number | undefined;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** A form that changes something: always POST, always with the token that proves it was filled in on our page. */
export function PostForm({ action, csrfToken, once, version, class: className, children }: PostFormProps) {
  return (
    <form class={className} method="post" action={action}>
      <input type="hidden" name="_csrf" value={csrfToken} />
      {once !== undefined && <input type="hidden" name={onceField} value={once} />}
      {version !== undefined && <input type="hidden" name="version" value={version} />}
      {children}
    </form>
  );
}
