import { FollowRevocations } from '../application/revocations/follow-revocations.js';
import { RevocationCursors } from '../application/revocations/revocation-cursors.js';
import { RevocationTail } from '../application/revocations/revocation-tail.js';
import { WatchCredentials } from '../application/revocations/watch-credentials.js';
import { ports } from './ports.js';
import type { Given, Provide } from './provide.js';

export function provideRevocations(provide: Provide, { secretKeys }: Given): void {
  provide(RevocationTail, (get) => new RevocationTail(get(ports.revocations), get(ports.notices)));
  provide(RevocationCursors, (get) => new RevocationCursors(secretKeys, get(ports.clock)));
  provide(WatchCredentials, (get) => new WatchCredentials(get(ports.resourceServers), get(ports.clients), get(ports.notices)));
  provide(FollowRevocations, (get) => new FollowRevocations(get(ports.revocations), get(RevocationTail), get(RevocationCursors)));
}
