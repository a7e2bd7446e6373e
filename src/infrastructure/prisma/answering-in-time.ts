import { answeringInTime as answering, inTime as inTimeUnless } from '../answering-in-time.js';
import { refusedByStore } from './refused-by-store.js';

/** Repositories of PostgreSQL, with verbs that answer in time or throw `StorageUnavailable`, and `StoreMoved` once the database has moved; `stepwise` ones keep each of their steps `inTime` themselves. */
export function answeringInTime<Repository extends object>(repository: Repository, ...stepwise: (keyof Repository)[]): Repository {
  return answering(repository, refusedByStore, ...stepwise);
}

export function inTime<Answer>(verb: () => Promise<Answer>): Promise<Answer> {
  return inTimeUnless(verb, refusedByStore);
}
