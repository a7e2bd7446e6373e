import { StorageUnavailable } from './storage-unavailable.js';

/**
 * This store decides nothing any more: what it kept was moved to another one. Thrown by every verb that would have changed something; nothing was changed. To
 * whoever asks it is a store that is away; an operator has to say where the new one is.
 */
export class StoreMoved extends StorageUnavailable {
  constructor() {
    super(undefined, { reason: 'this store has moved', advice: 'set STORAGE, DATABASE_URL and REDIS_URL to the store that it was moved to' });
    this.name = 'StoreMoved';
  }

  /** By name, as its kind is. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'StoreMoved';
  }
}
