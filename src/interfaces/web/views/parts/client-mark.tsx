import { readableName } from '../readable-name.js';

export interface ClientMarkProps {
  readonly name: string;
  readonly logoUri?: string | null | undefined;
}

/** A client's logo, where it lies on this server's own address: see the policy of the pages. Its first letter where there is none or it does not load. */
export function ClientMark({ name, logoUri }: ClientMarkProps) {
  const [first] = new Intl.Segmenter('en').segment(readableName(name));
  const letter = first?.segment.toUpperCase();
  return (
    <span class="client-mark" aria-hidden="true">
      {letter}
      {logoUri && /^https:\/\//i.test(logoUri) && <img src={logoUri} alt="" width="48" height="48" referrerpolicy="no-referrer" data-letter={letter} />}
    </span>
  );
}
