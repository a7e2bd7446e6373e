import type { MoveProgress } from '../../application/operations/move-progress.js';

/** The move of one store to another, while servers use it. Any verb may throw `StorageUnavailable` or `CommandFailure`. */
export interface StorageMove {
  /** Copies everything, from where an earlier call was interrupted. */
  copy(report: (progress: MoveProgress) => void): Promise<{ readonly rows: number }>;
  /** Compares every row of both. */
  check(report: (progress: MoveProgress) => void): Promise<readonly { readonly table: string; readonly rows: number; readonly differences: number }[]>;
  /** Makes the new store the one that decides; answers for how many milliseconds the servers waited. */
  switchOver(): Promise<{ readonly held: number }>;
  /** Gives the move up. */
  abandon(): Promise<void>;
  close(): Promise<void>;
}
