import { clientActions } from './client-actions.js';
import type { Auditor } from './described.js';
import { grantActions } from './grant-actions.js';
import { keyActions } from './key-actions.js';
import { peopleActions } from './people-actions.js';
import { resourceServerActions } from './resource-server-actions.js';
import { signInActions } from './sign-in-actions.js';
import { tokenActions } from './token-actions.js';

/** Every use case that is written down, by its class: one that another one calls is told by itself, so each is here for what it alone does. */
export const auditedActions: ReadonlyMap<unknown, Auditor> = new Map([
  ...tokenActions,
  ...grantActions,
  ...signInActions,
  ...clientActions,
  ...resourceServerActions,
  ...peopleActions,
  ...keyActions,
]);
