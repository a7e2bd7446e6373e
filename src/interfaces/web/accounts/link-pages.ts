import type { AskForLink } from '../../../application/accounts/ask-for-link.js';
import type { ChoosePassword } from '../../../application/accounts/choose-password.js';
import type { FindLink } from '../../../application/accounts/find-link.js';
import type { DeviceCookie } from '../device-cookie.js';
import type { Pages } from '../pages.js';

/** What the pages around links work with. */
export interface LinkPages {
  readonly pages: Pages;
  readonly device: DeviceCookie;
  readonly findLink: FindLink;
  readonly choosePassword: ChoosePassword;
  /** `null` where this server sends no mail. */
  readonly askForLink: AskForLink | null;
  /** May people make accounts themselves? */
  readonly registration: boolean;
}
