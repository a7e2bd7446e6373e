/** Why the database cannot be brought to the state this version needs, in one line for the operator. Trying again does not help. */
export class MigrationError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MigrationError';
  }
}
