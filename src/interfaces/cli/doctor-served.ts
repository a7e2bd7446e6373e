import type { CheckedKeys } from '../../application/keys/check-keys.js';
import { sameStoreFinding } from './doctor-same-store.js';
import type { Finding } from './finding.js';
import { messageOf, unfitFinding } from './unfit-finding.js';

/** The store, opened as a server opens it. */
export interface ServedStore {
  /** Throws while it does not do what requests need. */
  ping(): Promise<void>;
  /** Which signing keys there are, and what opens them. */
  signingKeys(): Promise<CheckedKeys>;
  close(): Promise<void>;
}

interface Known {
  readonly issuer: string;
  /** Whether it is known what is to open the signing keys. */
  readonly hasKey: boolean;
  /** The keys that the server at `issuer` is known to have. */
  readonly published: readonly string[];
  /** How many processes of servers are connected to the store; `null`: not known. */
  readonly servers: number | null;
}

/** What a server would meet in the store: requests that write, and its signing keys. */
export async function examineServed(openAsServed: () => Promise<ServedStore>, known: Known): Promise<Finding[]> {
  let store: ServedStore | null = null;
  try {
    store = await openAsServed();
    return [await requestsFinding(store), ...(known.hasKey ? await examineKeys(store, known) : [])];
  } catch (error) {
    return [requestsRefused(error)];
  } finally {
    await store?.close().catch(() => {});
  }
}

async function requestsFinding(store: ServedStore): Promise<Finding> {
  try {
    await store.ping();
    return { check: 'requests', ok: true, reason: 'the store does what they need' };
  } catch (error) {
    return requestsRefused(error);
  }
}

/** The database was found to answer and to be fit a moment ago. */
function requestsRefused(error: unknown): Finding {
  return unfitFinding('requests', error, 'with STORAGE=redis start Redis, or correct REDIS_URL; else ask again: the database answered a moment ago');
}

async function examineKeys(store: ServedStore, { issuer, published, servers }: Known): Promise<Finding[]> {
  try {
    const keys = await store.signingKeys();
    return published.length === 0 ? [openedFinding(keys)] : [openedFinding(keys), sameStoreFinding({ issuer, published, kept: keys.ids, servers })];
  } catch (error) {
    return [{ check: signingKeys, ok: false, reason: messageOf(error), advice: 'see that the store can be opened' }];
  }
}

const signingKeys = 'signing keys';

function openedFinding({ signing, unreadable, byAnother }: CheckedKeys): Finding {
  const ok = (reason: string): Finding => ({ check: signingKeys, ok: true, reason });
  if (signing === 0) return ok('none yet; the first is made at the start');
  if (unreadable === 0 && byAnother === 0) return ok('SECRET_KEY opens them');
  if (unreadable === 0)
    return ok(`SECRET_KEY_OTHER is still needed: it opens ${byAnother} of the ${signing} that sign, until another follows: keywright keys rotate`);
  const reason = `SECRET_KEY does not open ${unreadable} of the ${signing} in the store that sign: they were made under another`;
  const advice = 'give the key under which they were made, as SECRET_KEY or SECRET_KEY_OTHER; if it is lost, make new ones: keywright keys rotate --now';
  return { check: signingKeys, ok: false, reason, advice };
}
