import { clientOperations } from './clients/client-operations.js';
import { presetOperations } from './clients/preset-operations.js';
import { secretOperations } from './clients/secret-operations.js';
import { connectedAppOperations } from './grants/connected-app-operations.js';
import { grantOperations } from './grants/grant-operations.js';
import type { Operation } from './operation.js';
import { sessionOperations } from './people/session-operations.js';
import { userOperations } from './people/user-operations.js';
import { resourceServerOperations } from './resources/resource-server-operations.js';
import { resourceServerSecretOperations } from './resources/resource-server-secret-operations.js';

/** Everything the API can be asked. */
export const operations: readonly Operation[] = [
  ...clientOperations,
  ...secretOperations,
  ...presetOperations,
  ...grantOperations,
  ...connectedAppOperations,
  ...userOperations,
  ...sessionOperations,
  ...resourceServerOperations,
  ...resourceServerSecretOperations,
];
