import type { CommandLine, Services } from './command-line.js';
import type { IfNotMade } from './not-made-yet.js';

/** Opens the store for one command and closes it whatever happens. A database that is still to be made is made only if an empty one does not refuse the command. */
export async function withServices<T>(
  cli: CommandLine,
  use: (services: Services) => Promise<T>,
  { ifNotMade }: { readonly ifNotMade: IfNotMade } = { ifNotMade: 'refuse' },
): Promise<T> {
  const rehearsal = ifNotMade === 'make' ? await cli.rehearsal() : null;
  if (rehearsal) await use(rehearsal).finally(() => rehearsal.close());
  const services = await cli.openServices(ifNotMade);
  try {
    return await use(services);
  } finally {
    // What was done is done, and a secret is shown only once: a store that does not close well must not keep it from being printed.
    await services.close().catch(() => {});
  }
}
