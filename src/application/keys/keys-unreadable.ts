/** The signing keys in the store were sealed under another SECRET_KEY. */
export class KeysUnreadable extends Error {
  constructor() {
    super(
      'SECRET_KEY cannot open the signing keys in the store: give the one under which they were made, as SECRET_KEY or SECRET_KEY_OTHER, or make new ones with: keywright keys rotate --now',
    );
    this.name = 'KeysUnreadable';
  }
}
