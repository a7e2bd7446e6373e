import type { Storage } from './storage.js';
import { verbs } from './verbs.js';

/** Which verbs of which ports something lacks that is meant to be a store, by name (`users.add`): the compiler knows, and not everybody asks one. */
export function missingVerbs(storage: Partial<Record<string, unknown>> | null | undefined | Storage): string[] {
  const parts = (storage ?? {}) as Record<string, Record<string, unknown> | undefined>;
  const ofPorts = Object.entries(verbs).flatMap(([port, known]) =>
    Object.keys(known).map((verb) => ({ name: `${port}.${verb}`, member: parts[port]?.[verb] })),
  );
  const own = ['ping', 'close'].map((name) => ({ name, member: parts[name] }));
  const missing = [...ofPorts, ...own].filter(({ member }) => typeof member !== 'function').map(({ name }) => name);
  return Array.isArray(parts.expirables) ? missing : [...missing, 'expirables'];
}
