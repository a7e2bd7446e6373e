import type { ComponentChildren } from 'preact';
import { Notice } from './notice.js';

/** What was just done, where something was. */
export function DoneNotice({ done }: { done: ComponentChildren }) {
  return done ? (
    <Notice tone="success">
      <p>{done}</p>
    </Notice>
  ) : null;
}
