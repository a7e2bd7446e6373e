/** Why a store cannot be moved so, in one line for the operator. Nothing has changed. */
export class MoveRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MoveRefused';
  }
}
