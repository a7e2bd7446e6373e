import { conflictsOf } from './configuration/conflicts.js';
import { environment } from './configuration/environment.js';
import { standardCatalogue } from './configuration/scope-catalogue.js';
import { readSignInProviders } from './configuration/sign-in-providers.js';
import type { StorageName } from './configuration/storage-name.js';
import { readTrustedSessionTokens, type TrustedSessionTokens } from './configuration/trusted-session-tokens.js';
import type { AdmittedIntroductions } from './domain/clients/introduction.js';
import type { SessionLifetimes } from './domain/people/session.js';
import type { ScopeCatalogue } from './domain/scope.js';
import type { OpenidProviderSettings } from './infrastructure/openid/openid-provider.js';

/** Everything that can be set about a server. Lifetimes are in seconds. */
export interface Config {
  readonly production: boolean;
  readonly port: number;
  readonly host: string;
  /** Where the operator reads numbers; `null`: nowhere, and nothing is counted. */
  readonly metrics: { readonly port: number; readonly host: string } | null;
  /** Processes that serve the port. */
  readonly workers: number;
  readonly issuer: string;
  readonly storage: StorageName;
  /** Where Redis is, and what is before every key of ours there; with `storage` `redis` only. */
  readonly redisUrl: string;
  readonly redisPrefix: string;
  /** `null`: the embedded PostgreSQL under `dataDir`. */
  readonly databaseUrl: string | null;
  /** The same database past the pooler that stands before it, for what a pooler cannot carry: notices and migrations. `null`: there is no pooler. */
  readonly databaseDirectUrl: string | null;
  /** `databaseUrl` leads through a pooler that lends connections by the transaction. */
  readonly databasePooled: boolean;
  /** The database from which this server is moving to `databaseUrl`, while it serves; `null`: it is not moving. */
  readonly storageFrom: string | null;
  readonly databasePoolSize: number;
  readonly dataDir: string;
  /** `null`: generated into `dataDir`. */
  readonly secretKey: string | null;
  /** Accepted beside it, while one takes the place of the other. */
  readonly otherSecretKeys: readonly string[];
  /** The first administrator; a `null` password is generated. */
  readonly admin: { readonly email: string; readonly password: string | null };
  /** Whether people sign in with an e-mail address and a password that are kept here. */
  readonly localAccounts: boolean;
  /** OpenID providers at which people sign in, in the order in which they are shown. */
  readonly signInProviders: readonly OpenidProviderSettings[];
  /** Whose session tokens sign people in. */
  readonly trustedSessionTokens: readonly TrustedSessionTokens[];
  /** The file of the team's own authenticator; `null`: there is none. */
  readonly authenticatorModule: string | null;
  readonly demoClient: boolean;
  readonly trustProxy: boolean | string;
  /** May people make accounts themselves? */
  readonly registration: boolean;
  /** `null`: in development mail is shown on the console, in production there is none. */
  readonly mail: { readonly smtpUrl: string; readonly from: string } | null;
  readonly logLevel: string;
  /** Where the audit trail is written; `null`: nowhere. */
  readonly auditLog: 'stdout' | 'stderr' | { readonly file: string } | null;
  readonly catalogue: ScopeCatalogue;
  /** Which clients may introduce themselves. */
  readonly introductions: AdmittedIntroductions;
  /** Whether tokens are made for a `resource` that is registered as no resource server (RFC 8707 §2). */
  readonly unregisteredResources: 'allow' | 'refuse';
  /** `rotationInterval`: how long a signing key is used; `publicationLead`: how long it is published before. */
  readonly keys: { readonly rotationInterval: number; readonly publicationLead: number };
  readonly lifetimes: { readonly accessToken: number; readonly refreshTokenIdle: number; readonly refreshTokenAbsolute: number; readonly refreshGrace: number };
  readonly sessionLifetimes: SessionLifetimes;
}

/** The environment cannot be used; `message` has a line for each variable that is wrong and says what it must be. */
export class ConfigError extends Error {}

/** Reads the configuration from the environment. An empty variable counts as unset. Throws `ConfigError`. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const result = environment.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')));
  const providers = readSignInProviders(env.SIGN_IN_PROVIDERS || undefined, env);
  const sessionTokens = readTrustedSessionTokens(env.TRUSTED_SESSION_TOKENS || undefined);
  const problems = [
    ...(result.error?.issues.map(({ path, message }) => `${path[0]?.toString()} ${message}`) ?? []),
    ...providers.problems,
    ...sessionTokens.problems,
  ];
  if (!result.success || problems.length > 0) throw new ConfigError(problems.join('\n'));
  const values = result.data;
  const production = values.NODE_ENV === 'production';
  const conflicts = conflictsOf(values, [...providers.value, ...sessionTokens.value]);
  if (conflicts.length > 0) throw new ConfigError(conflicts.join('\n'));
  return {
    production,
    port: values.PORT,
    host: values.HOST,
    metrics: values.METRICS_PORT === undefined ? null : { port: values.METRICS_PORT, host: values.METRICS_HOST },
    workers: values.WORKERS,
    issuer: values.ISSUER ?? `http://localhost:${values.PORT}`,
    storage: values.STORAGE,
    redisUrl: values.REDIS_URL,
    redisPrefix: values.REDIS_PREFIX,
    databaseUrl: values.DATABASE_URL ?? null,
    databaseDirectUrl: values.DATABASE_DIRECT_URL ?? null,
    databasePooled: values.DATABASE_POOLER === 'transaction',
    storageFrom: values.STORAGE_FROM ?? null,
    databasePoolSize: values.DATABASE_POOL_SIZE,
    dataDir: values.DATA_DIR,
    secretKey: values.SECRET_KEY ?? null,
    otherSecretKeys: values.SECRET_KEY_OTHER === undefined ? [] : [values.SECRET_KEY_OTHER],
    admin: { email: values.ADMIN_EMAIL, password: values.ADMIN_PASSWORD ?? null },
    localAccounts: values.LOCAL_ACCOUNTS,
    signInProviders: providers.value,
    trustedSessionTokens: sessionTokens.value,
    authenticatorModule: values.AUTHENTICATOR_MODULE ?? null,
    demoClient: values.DEMO_CLIENT ?? !production,
    trustProxy: values.TRUST_PROXY === 'true' || (values.TRUST_PROXY !== 'false' && values.TRUST_PROXY),
    registration: values.REGISTRATION,
    mail: values.SMTP_URL === undefined ? null : { smtpUrl: values.SMTP_URL, from: values.MAIL_FROM as string },
    logLevel: values.LOG_LEVEL,
    auditLog: values.AUDIT_LOG ?? null,
    introductions: { documents: values.CLIENT_METADATA_DOCUMENTS, redirects: values.CLIENT_REGISTRATION },
    unregisteredResources: values.UNREGISTERED_RESOURCES,
    catalogue: values.SCOPES ?? standardCatalogue,
    keys: { rotationInterval: values.KEY_ROTATION_INTERVAL, publicationLead: values.KEY_PUBLICATION_LEAD },
    lifetimes: {
      accessToken: values.ACCESS_TOKEN_LIFETIME,
      refreshTokenIdle: values.REFRESH_TOKEN_IDLE_LIFETIME,
      refreshTokenAbsolute: values.REFRESH_TOKEN_ABSOLUTE_LIFETIME,
      refreshGrace: values.REFRESH_GRACE,
    },
    sessionLifetimes: { idle: values.SESSION_IDLE_LIFETIME, absolute: values.SESSION_ABSOLUTE_LIFETIME },
  };
}
