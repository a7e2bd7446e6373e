/** A record as it moves: its key, the same text in every store, and what is kept under it. */
export interface MovedRecord {
  /** The fields that make up the key, as a JSON array of texts. */
  readonly key: string;
  readonly value: object;
}

export interface MovedPage {
  readonly records: readonly MovedRecord[];
  /** Where the next page begins; `null`: this was the last. */
  readonly next: string | null;
}

/** What is to become of some records of one kind. */
export interface MovedBatch {
  readonly kind: string;
  readonly put: readonly MovedRecord[];
  readonly remove: readonly string[];
}

export interface MovedChange {
  /** What the store knows this note by. */
  readonly id: string;
  readonly kind: string;
  readonly key: string;
}

/** What a move asks of either store: records as they are kept. Any verb of these three ports may throw `StorageUnavailable`. */
interface CopiedStore {
  /** The kinds of records, those first to which others refer. */
  readonly kinds: readonly string[];
  /** At most `limit` records (about as many, where a store cannot count) after a place. One that is there from the first page to the last is on one of them. */
  page(kind: string, after: string | null, limit: number): Promise<MovedPage>;
  /** Those of these that are there, as they are now. */
  read(kind: string, keys: readonly string[]): Promise<readonly MovedRecord[]>;
}

/** The store that is moved to. */
export interface ArrivingStore extends CopiedStore {
  /** What it is known by, whatever address it is reached under; without secrets. */
  identity(): Promise<string>;
  /** Called when a move begins: throws, saying why in a line, when there is something in the store already. */
  prepare(): Promise<void>;
  /**
   * Puts records, over what is there, and then removes, in one step; doing it again changes nothing. Nothing of it is logged as revoked, and nobody is told.
   * `overtaken`: a record refers to one that is not there yet, or goes by a name that is not free yet; nothing was done.
   */
  apply(batches: readonly MovedBatch[]): Promise<'applied' | 'overtaken'>;
  /** Called last, while nothing is decided anywhere: from now on this store decides. */
  arrive(): Promise<void>;
}

/** `held`: nothing is decided, for seconds; once the time of a hold is over it is `copying` again. `moved`: for ever, everything is refused. */
export type MoveStage = 'copying' | 'held' | 'moved';

/** What is known of a move by the store that is left. */
export interface MoveSeen {
  /** `left`: STORAGE_FROM names the store that is left; `chosen`: there is no STORAGE_FROM, and the chosen store is being left. */
  readonly store: 'left' | 'chosen';
  /** `null`: no copy was begun. */
  readonly stage: MoveStage | null;
  /** Codes and tokens are still decided in the database, and this configuration has them in Redis. */
  readonly tooEarly?: boolean;
}

/** A move of a store, as the store itself keeps it. */
export interface MoveState {
  readonly destination: string;
  readonly stage: MoveStage;
  /** By kind: the place up to which it was copied; `true`: all of it was. */
  readonly progress: Readonly<Record<string, string | true>>;
}

/** The store that is left. It knows about its move, so that every instance learns the same. */
export interface LeavingStore extends CopiedStore {
  identity(): Promise<string>;
  count(kind: string): Promise<number>;
  /** `null`: no move was begun. Every instance asks several times a second. */
  state(): Promise<MoveState | null>;
  /** From now on the key of every record that changes is noted, by the step that changes it. Again for the same destination it changes nothing. */
  begin(destination: string): Promise<void>;
  /** Keeps how far the copy is. */
  reached(kind: string, place: string | true): Promise<void>;
  /** Changes that were noted and not forgotten, oldest first. */
  changes(limit: number): Promise<readonly MovedChange[]>;
  /** Forgets these, which were copied. */
  forget(changes: readonly MovedChange[]): Promise<void>;
  /** Notes records as changed. */
  noteChanged(kind: string, keys: readonly string[]): Promise<void>;
  /** How many connections there are of servers that were started without knowing of a move, as far as the store can tell. */
  unaware(): Promise<number>;
  /** From now on nothing is to be decided, for at most so many milliseconds; what is decided all the same is noted. */
  hold(milliseconds: number): Promise<void>;
  /** Ends a hold; everything goes on as before. */
  release(): Promise<void>;
  /**
   * Refuses every change, lets `last` copy what is noted, and becomes `moved`: for good and with everything refused from then on. When the hold will be over
   * in less than `spare` milliseconds, or `last` throws, nothing of this has happened; `false` or the error says so.
   */
  leave(spare: number, last: () => Promise<void>): Promise<boolean>;
  /** Forgets a move that was not decided. */
  abandon(): Promise<void>;
}
