import type { ComponentChildren } from 'preact';
import { addressParts } from '../address-parts.js';

export interface AddressProps {
  /** A host, an e-mail address, a URI or a path. */
  readonly of: string;
  /** `strong`: what its sentence is about; `code`: something to type or compare. */
  readonly kind?: 'plain' | 'strong' | 'code';
  /** The full stop or comma behind it, which would otherwise begin a line where the address fills one. */
  readonly children?: ComponentChildren;
}

/** An address, all in one line where one holds it, and otherwise broken between its parts, as a reader breaks it. Who copies it gets it as it is. */
export function Address({ of, kind = 'plain', children }: AddressProps) {
  const [first, ...rest] = addressParts(of);
  const Tag = kind === 'code' ? 'code' : 'bdi';
  return (
    <span class="whole">
      <Tag class={kind === 'strong' ? 'host' : undefined}>
        {first}
        {rest.map((part) => (
          <>
            <wbr />
            {part}
          </>
        ))}
      </Tag>
      {children}
    </span>
  );
}
