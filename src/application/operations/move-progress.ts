/** How far the move of a store is: records of all kinds, and the kind that is being copied or compared. */
export interface MoveProgress {
  readonly step: 'copying' | 'checking' | 'following';
  readonly table: string;
  readonly done: number;
  /** 0: unknown. */
  readonly total: number;
}
