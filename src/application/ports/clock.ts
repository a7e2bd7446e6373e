/** The time, asked for once per use case so that every rule in it sees the same moment. */
export interface Clock {
  now(): Date;
}
