/** What is done where something that the first start makes is not there yet. */
export type IfNotMade = 'make' | 'refuse';

/** Something that the first start makes is not in the data folder yet, and was not to be made. */
export class NotMadeYet extends Error {
  constructor(what: 'database' | 'secret key', folder: string) {
    super(`there is no ${what} in ${folder}`);
    this.name = 'NotMadeYet';
  }
}
