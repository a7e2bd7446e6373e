import type { AuthenticateInput, Authentication } from './application/tokens/authenticate.js';

// What `keywright/in-process` says to a compiler; `in-process.ts` does it. Apart, because the types of all that it is made of are not published.

/** Keywright's store, opened inside another program, to check tokens without a request. */
export interface InProcess {
  /** Is this access token good, for whom, and if not, why not? The use case behind `/oauth/me` and introspection. May throw `StorageUnavailable`. */
  authenticate(input: AuthenticateInput): Promise<Authentication>;
  /** Writes down what is still to be noted about the use of tokens, and closes the store. */
  close(): Promise<void>;
}

/**
 * Opens the store that `environment` names, by the variables of the README: the same `ISSUER`, and `DATABASE_URL`, `STORAGE` or `DATA_DIR`, as the server has. The
 * server's key is not needed. It brings the store up to date, as the server does. Throws where one of them is wrong, also where `DATA_DIR` has no database.
 */
export declare function openInProcess(environment?: NodeJS.ProcessEnv): Promise<InProcess>;
