import type { AdmittedIntroductions } from '../../domain/clients/introduction.js';
import { clockFinding, type Reading } from './doctor-clock.js';
import { askIssuer } from './doctor-issuer.js';
import { examineSecretKey, type SecretKeyState } from './doctor-secret-key.js';
import { examineServed, type ServedStore } from './doctor-served.js';
import { examineStore, type StoreUnderExamination } from './doctor-store.js';
import type { Finding } from './finding.js';
import type { Listened } from './missed-issuer.js';
import { messageOf } from './unfit-finding.js';

/** What the server stands on, as far as the process knows it. */
export interface Surroundings {
  now(): Date;
  /** Throws when the configuration is wrong, with a message that says where. */
  configuration(): {
    readonly issuer: string;
    /** Which clients may introduce themselves; left out: none. */
    readonly introductions?: AdmittedIntroductions;
    /** That its workers may open together. */
    readonly connections?: number;
    /** Each process has a store of its own: the server's cannot be looked at. */
    readonly storeOfItsOwn?: boolean;
    /** What a server with this configuration listens on. */
    readonly listened?: Listened;
  };
  /** Throws where it is kept and cannot be read, with a message that says where. */
  secretKey(): Promise<SecretKeyState>;
  /** Opens the store as it is, without migrating it. Throws `RefusedWhereNotMade`. */
  openStore(): Promise<StoreUnderExamination>;
  /** Opens it as a server does. Asked only of a store that answers and is up to date. */
  openAsServed(): Promise<ServedStore>;
}

/** All checks, each of them made whatever the others found. */
export async function examine(surroundings: Surroundings): Promise<Finding[]> {
  let configuration: ReturnType<Surroundings['configuration']>;
  try {
    configuration = surroundings.configuration();
  } catch (error) {
    return [{ check: 'configuration', ok: false, reason: messageOf(error), advice: 'correct the environment' }];
  }
  const { issuer, connections = null, storeOfItsOwn = false, listened } = configuration;
  const [store, answer, secretKey] = await Promise.all([
    examineStore(surroundings, connections),
    askIssuer(issuer, surroundings, listened),
    examineSecretKey(surroundings),
  ]);
  const readings = [store.reading, answer.reading].filter((reading): reading is Reading => reading !== null);
  const findings = [...store.findings, answer.finding, clockFinding(surroundings.now(), readings), secretKey];
  if (store.findings.some(({ ok }) => !ok)) return findings;
  const published = storeOfItsOwn ? [] : answer.keyIds;
  const known = { issuer, hasKey: secretKey.ok, published, servers: store.servers };
  return [...findings, ...(await examineServed(() => surroundings.openAsServed(), known))];
}
