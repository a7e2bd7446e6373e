import { Notice } from './notice.js';

/** What was just done, where something was. */
export function DoneNotice({ done }: { done: string | undefined }) {
  return done ? (
    <Notice tone="success">
      <p>{done}</p>
    </Notice>
  ) : null;
}
