import type { UnreachableIssuer } from '../../../../application/clients/unreachable-issuer.js';
import { unreachableText } from '../../../unreachable-text.js';
import { Notice } from '../parts/notice.js';

/** That the product will not arrive here, before somebody looks for the reason over there. */
export function UnreachableNotice({ unreachable }: { unreachable: UnreachableIssuer | null }) {
  if (unreachable === null) return null;
  return (
    <Notice tone="warning">
      <p>{unreachableText(unreachable)}</p>
    </Notice>
  );
}
