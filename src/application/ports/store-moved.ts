/** This store decides nothing any more: what it kept was moved to another one. Thrown by every verb that would have changed something; nothing was changed. */
export class StoreMoved extends Error {
  constructor() {
    super('this store has moved');
    this.name = 'StoreMoved';
  }
}
