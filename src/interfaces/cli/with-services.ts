import type { IfNotMade } from '../../application/operations/if-not-made.js';
import { StorageUnavailable } from '../../application/ports/storage-unavailable.js';
import { InvalidInput } from '../../domain/errors.js';
import type { CommandLine, Services } from './command-line.js';

type Use<T> = (services: Services) => Promise<T>;

/**
 * Opens the store for one command and closes it whatever happens. A database that is still to be made is made only if an empty one does not refuse the command. One
 * that makes something and that no store would take is told so, also while the store is away.
 */
export async function withServices<T>(cli: CommandLine, use: Use<T>, { ifNotMade }: { readonly ifNotMade: IfNotMade } = { ifNotMade: 'refuse' }): Promise<T> {
  if (ifNotMade === 'make' && (await cli.makesStore())) await rehearse(cli, use);
  const services = await cli.openServices(ifNotMade).catch(async (error: unknown) => {
    if (ifNotMade === 'make' && error instanceof StorageUnavailable) await refuseWrong(cli, use);
    throw error;
  });
  try {
    return await use(services);
  } finally {
    // What was done is done, and a secret is shown only once: a store that does not close well must not keep it from being printed.
    await services.close().catch(() => {});
  }
}

async function rehearse<T>(cli: CommandLine, use: Use<T>): Promise<void> {
  const services = await cli.emptyStore();
  await use(services).finally(() => services.close());
}

/** Whether there is such an owner, or an API that brings such a scope, only the store knows. */
const onlyKnownThere = new Set(['owner', 'scopes']);

/** Throws what is wrong with what was typed, though the store is away. */
async function refuseWrong<T>(cli: CommandLine, use: Use<T>): Promise<void> {
  try {
    await rehearse(cli, use);
  } catch (error) {
    const wrong = error instanceof InvalidInput ? error.problems.filter(({ field }) => !onlyKnownThere.has(field)) : [];
    if (wrong.length > 0) throw new InvalidInput(wrong);
  }
}
