import { accountMessages } from './messages/account-messages.js';
import { plainMessages } from './messages/plain-messages.js';
import { requestMessages } from './messages/request-messages.js';
import { signInMessages } from './messages/sign-in-messages.js';

/** Every message that this server shows to people, so that the same event always reads the same. */
export const messages = { ...requestMessages, ...signInMessages, ...accountMessages, ...plainMessages };
