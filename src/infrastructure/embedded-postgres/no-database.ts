/** There is no database in the folder, and none was to be made. */
export class NoDatabase extends Error {
  constructor(readonly folder: string) {
    super(`there is no database in ${folder}`);
    this.name = 'NoDatabase';
  }
}
