import type { ChangeNotices, NoticeKind, NoticeListener } from '../../application/ports/change-notices.js';

/** Notices of the old store until it has moved, and then those of the new one. */
export class MovingNotices implements ChangeNotices {
  private hasMoved = false;
  private readonly subscriptions = new Set<{ readonly kind: NoticeKind; readonly listener: NoticeListener; end: () => void }>();

  constructor(
    private readonly old: ChangeNotices,
    private readonly next: ChangeNotices,
  ) {}

  subscribe(kind: NoticeKind, listener: NoticeListener): () => void {
    const subscription = { kind, listener, end: (): void => undefined };
    this.subscriptions.add(subscription);
    subscription.end = (this.hasMoved ? this.next : this.old).subscribe(kind, listener);
    return () => {
      this.subscriptions.delete(subscription);
      subscription.end();
    };
  }

  /** Whoever listens is told that nothing is heard, and then by the new store that it is: whatever they kept is stale. */
  moved(): void {
    if (this.hasMoved) return;
    this.hasMoved = true;
    for (const subscription of this.subscriptions) {
      subscription.end();
      subscription.listener.lost(new Error('the store has moved'));
      subscription.end = this.next.subscribe(subscription.kind, subscription.listener);
    }
  }
}
