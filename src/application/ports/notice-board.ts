import type { ChangeNotices, NoticeKind, NoticeListener } from './change-notices.js';

/** Who subscribed to what, and whether anything is heard at the moment. */
export class NoticeBoard implements ChangeNotices {
  private readonly listeners: Record<NoticeKind, Set<NoticeListener>> = {
    clients: new Set(),
    resource_servers: new Set(),
    revocations: new Set(),
  };

  /** `null`: nobody knows yet. */
  constructor(private hearing: boolean | null) {}

  subscribe(kind: NoticeKind, listener: NoticeListener): () => void {
    // An object of its own, so that the same listener can subscribe twice.
    const subscription: NoticeListener = {
      changed: (key) => listener.changed(key),
      lost: (cause) => listener.lost(cause),
      resumed: () => listener.resumed(),
    };
    this.listeners[kind].add(subscription);
    if (this.hearing) listener.resumed();
    return () => void this.listeners[kind].delete(subscription);
  }

  changed(kind: NoticeKind, key: string): void {
    for (const listener of [...this.listeners[kind]]) listener.changed(key);
  }

  resumed(): void {
    this.hearing = true;
    for (const listener of this.all()) listener.resumed();
  }

  /** Told once for each time that hearing ends. */
  lost(cause: unknown): void {
    if (this.hearing === false) return;
    this.hearing = false;
    for (const listener of this.all()) listener.lost(cause);
  }

  private all(): NoticeListener[] {
    return Object.values(this.listeners).flatMap((listeners) => [...listeners]);
  }
}
