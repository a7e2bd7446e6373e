import { clientOperations } from './clients/client-operations.js';
import { secretOperations } from './clients/secret-operations.js';
import type { Operation } from './operation.js';
import { userOperations } from './people/user-operations.js';

/** Everything the API can be asked. */
export const operations: readonly Operation[] = [...clientOperations, ...secretOperations, ...userOperations];
