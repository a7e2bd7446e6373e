import type { AuthenticatorConfig, OwnUsersAuthenticator } from '../../application/ports/authenticator-module.js';
import { firstLine, loadFunction, ModuleError } from '../load-module.js';
import { OwnUsers } from './own-users.js';

const variable = 'AUTHENTICATOR_MODULE';

/** The authenticator that the team's own module makes, checked. Throws `ModuleError` with a line for the operator. */
export async function loadAuthenticator(file: string, config: AuthenticatorConfig): Promise<OwnUsers> {
  const create = (await loadFunction(variable, file, 'createAuthenticator')) as (config: AuthenticatorConfig) => unknown;
  let made: unknown;
  try {
    made = await create(config);
  } catch (error) {
    throw new ModuleError(`${variable} ${file}: createAuthenticator failed: ${firstLine(error)}`, { cause: error });
  }
  const { name, authenticate } = Object(made) as Partial<OwnUsersAuthenticator>;
  if (typeof authenticate !== 'function') throw new ModuleError(`${variable} ${file}: what createAuthenticator makes has no function authenticate`);
  // `password` is how local accounts sign in.
  if (typeof name !== 'string' || !/^[a-z0-9][a-z0-9-]{0,30}$/.test(name) || name === 'password')
    throw new ModuleError(`${variable} ${file}: its name must be lower-case letters, digits and dashes, at most 31, and not "password"`);
  return new OwnUsers(made as OwnUsersAuthenticator);
}
