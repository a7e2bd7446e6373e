/**
 * Thrown where a store is opened that is there, and that an operator has to put right before it can be used: trying again does not help. `reason`: what is wrong;
 * `advice`: what to do, where more can be said than the reason does. Both are words for people, without a password.
 */
export class StoreUnfit extends Error {
  constructor(
    readonly reason: string,
    readonly advice?: string,
    options?: ErrorOptions,
  ) {
    super(advice === undefined ? reason : `${reason}: ${advice}`, options);
    this.name = 'StoreUnfit';
  }
}
