import { TendKeys } from '../application/keys/tend-keys.js';
import { FirstRun } from '../application/operations/first-run.js';
import { SignIn } from '../application/people/sign-in.js';
import { InvalidInput } from '../domain/errors.js';
import { isEmbedded } from '../infrastructure/open-storage.js';
import { CommandFailure, exitCodes } from '../interfaces/cli/exit-codes.js';
import { welcome } from '../interfaces/cli/welcome.js';
import type { Service } from './open-service.js';

/** `npm start`, in the folder of Keywright, where there is no `keywright` to type. */
const byNpm = process.env.npm_package_name === 'keywright';

/** What happens once before a server serves, however many processes it has: the first signing key, administrator and demo client. Answers the words of welcome. */
export async function begin({ config, container }: Service): Promise<string> {
  await container.resolve(TendKeys).execute();
  const { admin, earlierAdmin, nobodyYet, demoClient } = await container
    .resolve(FirstRun)
    .execute({ ...config, admin: config.localAccounts ? config.admin : null })
    .catch(blameEnvironment);
  const shown = admin && { email: admin.user.email, password: admin.password };
  const { issuer, host, port } = config;
  return welcome({
    issuer,
    host,
    port,
    command: byNpm ? 'npm run -s keywright --' : 'keywright',
    admin: shown,
    mayHaveLost: isEmbedded(config) ? (earlierAdmin?.email ?? null) : null,
    passwords: container.resolve(SignIn).possible,
    nobodyYet,
    demoClientId: demoClient?.id ?? null,
  });
}

/** The first administrator's address and password come from the environment. */
function blameEnvironment(error: unknown): never {
  if (!(error instanceof InvalidInput)) throw error;
  throw new CommandFailure(error.problems.map(({ field, message }) => `ADMIN_${field.toUpperCase()} ${message}`).join('\n'), exitCodes.configuration);
}
