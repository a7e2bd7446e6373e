import type { CheckedKeys } from '../../application/keys/check-keys.js';
import { StorageUnavailable } from '../../application/ports/storage-unavailable.js';
import { StoreUnfit } from '../../application/ports/store-unfit.js';
import { clockFinding, type Reading } from './doctor-clock.js';
import { connectionsFinding } from './doctor-connections.js';
import { askIssuer } from './doctor-issuer.js';
import { sameStoreFinding } from './doctor-same-store.js';
import { causeOf } from './explain-failure.js';
import type { Finding } from './finding.js';
import type { Listened } from './missed-issuer.js';
import { RefusedWhereNotMade } from './refused-where-not-made.js';

/** `kept`: in DATA_DIR; `none`: not there either, the first start makes it; `missing`: it has to be given. */
type SecretKeyState = 'given' | 'kept' | 'none' | 'missing';

/** What the server stands on, as far as the process knows it. */
export interface Surroundings {
  now(): Date;
  /** Throws when the configuration is wrong, with a message that says where. */
  configuration(): {
    readonly issuer: string;
    readonly secretKey: SecretKeyState;
    /** That its workers may open together. */
    readonly connections?: number;
    /** Each process has a store of its own: the server's cannot be looked at. */
    readonly storeOfItsOwn?: boolean;
    /** What a server with this configuration listens on. */
    readonly listened?: Listened;
  };
  /** Opens the store as it is, without migrating it. Throws `RefusedWhereNotMade`. */
  openStore(): Promise<StoreUnderExamination>;
  /** Which signing keys there are, and what opens them. Asked only of a store that answers and is up to date. */
  signingKeys(): Promise<CheckedKeys>;
}

export interface StoreUnderExamination {
  ping(): Promise<void>;
  /** The names of the migrations that are not applied yet. */
  pendingMigrations(): Promise<readonly string[]>;
  /** What else it tells of itself, where it can. */
  figures?(): Promise<StoreFigures>;
  close(): Promise<void>;
}

export interface StoreFigures {
  /** The time by its own clock. */
  readonly now: Date;
  /** How many connections it has for everybody; `null`: not known. */
  readonly connectionsAllowed: number | null;
  /** How many processes of servers are connected to it; `null`: not known. */
  readonly serversConnected: number | null;
}

/** All checks, each of them made whatever the others found. */
export async function examine(surroundings: Surroundings): Promise<Finding[]> {
  let configuration: ReturnType<Surroundings['configuration']>;
  try {
    configuration = surroundings.configuration();
  } catch (error) {
    return [{ check: 'configuration', ok: false, reason: messageOf(error), advice: 'correct the environment' }];
  }
  const { issuer, secretKey, connections = null, storeOfItsOwn = false, listened } = configuration;
  const [store, answer] = await Promise.all([examineStore(surroundings, connections), askIssuer(issuer, surroundings, listened)]);
  const readings = [store.reading, answer.reading].filter((reading): reading is Reading => reading !== null);
  const findings = [...store.findings, answer.finding, clockFinding(surroundings.now(), readings), secretKeyFinding(secretKey)];
  const opens = secretKey !== 'missing' && store.findings.every(({ ok }) => ok);
  return opens ? [...findings, ...(await examineKeys(surroundings, issuer, storeOfItsOwn ? [] : answer.keyIds, store.servers))] : findings;
}

/** `servers`: how many of them are connected to the store; `null` where that is not known. */
interface StoreFindings {
  readonly findings: readonly Finding[];
  readonly reading: Reading | null;
  readonly servers: number | null;
}

/** One thing after the other, as long as the store answers; all but its migrations is part of that. */
async function examineStore(surroundings: Surroundings, connections: number | null): Promise<StoreFindings> {
  let store: StoreUnderExamination | null = null;
  const findings: Finding[] = [];
  let reading: Reading | null = null;
  let servers: number | null = null;
  let asking: 'store' | 'migrations' = 'store';
  try {
    store = await surroundings.openStore();
    await store.ping();
    const asked = surroundings.now().getTime();
    const figures = (await store.figures?.()) ?? null;
    if (figures) reading = { whose: "the store's", told: figures.now.getTime(), asked, answered: surroundings.now().getTime() };
    servers = figures?.serversConnected ?? null;
    findings.push({ check: asking, ok: true, reason: 'answers' });
    asking = 'migrations';
    findings.push(migrationsFinding(await store.pendingMigrations()));
    const allowed = figures?.connectionsAllowed ?? null;
    if (connections !== null && allowed !== null) findings.push(connectionsFinding(connections, allowed));
  } catch (error) {
    findings.push(unfitFinding(asking, error));
  } finally {
    await store?.close().catch(() => {});
  }
  return { findings, reading, servers };
}

function unfitFinding(check: 'store' | 'migrations', error: unknown): Finding {
  const toBeFound = 'start it, or correct where it is: STORAGE, DATABASE_URL, REDIS_URL, or DATA_DIR for the embedded one';
  if (error instanceof RefusedWhereNotMade || error instanceof StoreUnfit) return { check, ok: false, reason: error.reason, advice: error.advice ?? toBeFound };
  const known = error instanceof StorageUnavailable ? error.advice : undefined;
  return { check, ok: false, reason: messageOf(error), advice: known ?? toBeFound };
}

/** `published`: the keys that the server at `issuer` is known to have. */
async function examineKeys(surroundings: Surroundings, issuer: string, published: readonly string[], servers: number | null): Promise<Finding[]> {
  try {
    const keys = await surroundings.signingKeys();
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

function migrationsFinding(pending: readonly string[]): Finding {
  if (pending.length === 0) return { check: 'migrations', ok: true, reason: 'all applied' };
  const reason = pending.length > 3 ? `${pending.length} not applied yet, from ${pending[0]} on` : `not applied yet: ${pending.join(', ')}`;
  return { check: 'migrations', ok: false, reason, advice: 'run: keywright migrate' };
}

function secretKeyFinding(secretKey: SecretKeyState): Finding {
  const check = 'secret key';
  if (secretKey === 'given') return { check, ok: true, reason: 'SECRET_KEY is set' };
  const inCommon = 'several instances need one SECRET_KEY in common';
  if (secretKey === 'kept') return { check, ok: true, reason: `generated at the first start, kept in DATA_DIR; ${inCommon}` };
  if (secretKey === 'none') return { check, ok: true, reason: `none in DATA_DIR yet; the first start makes it there; ${inCommon}` };
  return { check, ok: false, reason: 'SECRET_KEY is not set', advice: 'set it to 32 random bytes: openssl rand -base64 32' };
}

function messageOf(error: unknown): string {
  const because = error instanceof StorageUnavailable ? causeOf(error) : '';
  return ((error instanceof Error ? error.message : String(error)) + because).replaceAll(/\s*\n\s*/g, ' ');
}
