import { isIP } from 'node:net';
import type { Environment } from './environment.js';

/** What does not go together, or is missing beside what is there: a line for each. `vouching`: whoever vouches for people besides local accounts. */
export function conflictsOf(values: Environment, vouching: readonly unknown[]): string[] {
  return [
    ...movingConflicts(values),
    ...metricsConflicts(values),
    ...secretKeyConflicts(values),
    ...poolerConflicts(values),
    ...workerConflicts(values),
    ...signInConflicts(values, vouching),
    ...missingInProduction(values),
    ...mailConflicts(values),
  ];
}

function movingConflicts({ STORAGE_FROM, STORAGE, DATABASE_URL }: Environment): string[] {
  if (STORAGE_FROM === undefined) return [];
  if (STORAGE === 'memory') return ['STORAGE_FROM cannot be set with STORAGE=memory'];
  if (STORAGE === 'redis' && !STORAGE_FROM.startsWith('postgres'))
    return ['STORAGE_FROM must be the database of DATABASE_URL with STORAGE=redis: only it can move codes and tokens there'];
  const apart = STORAGE !== 'postgresql' && STORAGE !== 'redis';
  if (apart && /^(rediss?|unix):/.test(STORAGE_FROM)) return ['STORAGE_FROM cannot be a Redis with a store of your own: move to PostgreSQL first'];
  return !apart && DATABASE_URL === undefined ? ['STORAGE_FROM needs DATABASE_URL, the PostgreSQL database of the store that is moved to'] : [];
}

/** Numbers are never told on the port that everybody reaches. */
function metricsConflicts({ METRICS_PORT, METRICS_HOST, PORT, HOST }: Environment): string[] {
  return METRICS_PORT === PORT && mayOverlap(METRICS_HOST, HOST) ? ['METRICS_PORT must not be PORT, at an address where both would listen'] : [];
}

/** Whether one address may be that of both: only of two different ones, neither of which stands for all, it is certain that none is. */
function mayOverlap(one: string, other: string): boolean {
  const [first, second] = [one, other].map((host) => (host === 'localhost' ? ['127.0.0.1', '::1'] : [host])) as [string[], string[]];
  const isOpen = (host: string) => isIP(host) === 0 || host === '0.0.0.0' || host === '::';
  return [...first, ...second].some(isOpen) || first.some((host) => second.includes(host));
}

/** The same key twice is half of a change: the key that is to come, or the one before, is missing. */
function secretKeyConflicts({ SECRET_KEY, SECRET_KEY_OTHER }: Environment): string[] {
  return SECRET_KEY !== undefined && SECRET_KEY === SECRET_KEY_OTHER ? ['SECRET_KEY_OTHER must be another key than SECRET_KEY'] : [];
}

/** A pooler passes on neither what a session is told (`keywright.beside`, locks of a session) nor notices. */
function poolerConflicts({ DATABASE_POOLER, DATABASE_URL, DATABASE_DIRECT_URL, STORAGE, STORAGE_FROM }: Environment): string[] {
  if (DATABASE_POOLER === 'none') return [];
  return [
    ...(DATABASE_URL === undefined ? ['DATABASE_POOLER needs DATABASE_URL, which leads to the pooler'] : []),
    ...(DATABASE_DIRECT_URL === undefined ? ['DATABASE_POOLER needs DATABASE_DIRECT_URL, which leads past the pooler, for migrations and notices'] : []),
    ...(STORAGE === 'redis' ? ['DATABASE_POOLER cannot be set with STORAGE=redis: what codes and tokens beside the database need is not passed on'] : []),
    ...(STORAGE_FROM !== undefined ? ['DATABASE_POOLER cannot be set with STORAGE_FROM: a store is moved without a pooler in between'] : []),
  ];
}

function workerConflicts({ WORKERS, STORAGE }: Environment): string[] {
  return WORKERS > 1 && STORAGE === 'memory' ? ['WORKERS must be 1 with STORAGE=memory: a process does not see what another one keeps there'] : [];
}

/** Without local accounts there must be another way to sign in, and nothing may rely on them. */
function signInConflicts({ LOCAL_ACCOUNTS, REGISTRATION, AUTHENTICATOR_MODULE }: Environment, vouching: readonly unknown[]): string[] {
  if (LOCAL_ACCOUNTS) return [];
  if (vouching.length === 0 && AUTHENTICATOR_MODULE === undefined)
    return ['LOCAL_ACCOUNTS=false leaves no way to sign in: name one in SIGN_IN_PROVIDERS, TRUSTED_SESSION_TOKENS or AUTHENTICATOR_MODULE'];
  return REGISTRATION ? ['REGISTRATION=true makes local accounts, and LOCAL_ACCOUNTS is false: only one of them can hold'] : [];
}

/** What has no safe default where people rely on it. */
function missingInProduction({ NODE_ENV, SECRET_KEY, ISSUER, REGISTRATION, SMTP_URL }: Environment): string[] {
  if (NODE_ENV !== 'production') return [];
  return [
    ...(SECRET_KEY === undefined ? ['SECRET_KEY must be set when NODE_ENV=production: at least 32 random characters, the same on every instance'] : []),
    ...(ISSUER === undefined ? ['ISSUER must be set when NODE_ENV=production: the origin under which people and apps reach this server'] : []),
    ...(REGISTRATION && SMTP_URL === undefined ? ['SMTP_URL must be set with REGISTRATION=true: an account is made by a link in a mail'] : []),
  ];
}

function mailConflicts({ SMTP_URL, MAIL_FROM }: Environment): string[] {
  return SMTP_URL !== undefined && MAIL_FROM === undefined ? ['MAIL_FROM must be set with SMTP_URL: the address that mail comes from'] : [];
}
