import { dictionary } from '@zxcvbn-ts/language-common';
import type { CommonPasswords } from '../../application/ports/common-passwords.js';

/** The tens of thousands of commonest passwords that zxcvbn ships, in lower case; unpacked when the first is asked for. */
export class CommonPasswordList implements CommonPasswords {
  private words: ReadonlySet<string> | undefined;

  includes(password: string): boolean {
    this.words ??= new Set(dictionary['passwords-common'] as readonly string[]);
    return this.words.has(password.toLowerCase());
  }
}
