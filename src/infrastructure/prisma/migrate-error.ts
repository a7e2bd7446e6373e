import { StoreUnfit } from '../../application/ports/store-unfit.js';

/** Why the database cannot be brought to the state this version needs, in one line for the operator. Trying again does not help. */
export class MigrationError extends StoreUnfit {
  constructor(reason: string, advice?: string, options?: ErrorOptions) {
    super(reason, advice, options);
    this.name = 'MigrationError';
  }
}
