import { isIP } from 'node:net';
import { z } from 'zod';
import { readSignInProviders } from './configuration/sign-in-providers.js';
import { readTrustedSessionTokens, type TrustedSessionTokens } from './configuration/trusted-session-tokens.js';
import type { ApiScope } from './domain/api-scope.js';
import { isLoopback } from './domain/loopback.js';
import type { SessionLifetimes } from './domain/people/session.js';
import { isScopeToken, type ScopeCatalogue } from './domain/scope.js';
import type { OpenidProviderSettings } from './infrastructure/openid/openid-provider.js';

/** What the server grants out of the box, each scope with the sentence that people read. */
const standardScopes: Record<string, string> & Record<ApiScope, string> = {
  default: 'Use your account in the ways the app offers you',
  profile: 'See your user name',
  email: 'See your e-mail address',
  offline_access: 'Keep working for you while you are away',
  'clients:read': 'See the apps you registered here',
  'clients:write': 'Register, change and delete apps in your name, and make secrets for them',
  'grants:read': 'See which apps act for you, and when they last did',
  'grants:write': 'Disconnect apps that act for you',
  'sessions:read': 'See in which browsers you are signed in here',
  'sessions:write': 'Sign you out here, in one browser or in all',
  admin: "Administer this server where you may: everybody's apps, connected apps and accounts",
};

/** A whole number; the message is what the operator reads. */
const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`);
const tenYears = 315_360_000;
const oneOf = <const T extends [string, ...string[]]>(...values: T) => z.enum(values, { error: `must be one of ${values.join(', ')}` });
const flag = oneOf('true', 'false', '1', '0').transform((text) => text === 'true' || text === '1');

const environment = z.object({
  NODE_ENV: z.string().default('development'),
  PORT: whole(1, 65_535).default(3000),
  HOST: z.string().min(1).default('localhost'),
  WORKERS: whole(1, 128).default(1),
  ISSUER: z
    .string()
    .refine(isIssuer, 'must be an http(s) origin without path, query or trailing slash, such as https://auth.example.com; https unless it is localhost')
    .optional(),
  STORAGE: z
    .custom<Storage>((text) => /^(postgresql|redis|memory|\.{0,2}\/.+)$/.test(String(text)), {
      error: 'must be one of postgresql, redis, memory, or the path of a module of your own, such as ./my-storage.js',
    })
    .default('postgresql'),
  REDIS_URL: z
    .string()
    .regex(/^(rediss?|unix):\/\//, 'must start with redis://, rediss:// or unix://')
    .default('redis://localhost:6379'),
  REDIS_PREFIX: z.string().default('keywright:'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgresql://')
    .optional(),
  DATABASE_DIRECT_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgresql://')
    .optional(),
  STORAGE_FROM: z.string().refine(isStorePlace, 'must start with postgresql:// or redis://, or be the path of a module of your own').optional(),
  DATABASE_POOL_SIZE: whole(1, 500).default(10),
  DATA_DIR: z.string().min(1).default('./data'),
  SECRET_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
  ADMIN_EMAIL: z.string().default('admin@localhost'),
  ADMIN_PASSWORD: z.string().optional(),
  SIGN_IN_PROVIDERS: z.string().optional(),
  TRUSTED_SESSION_TOKENS: z.string().optional(),
  AUTHENTICATOR_MODULE: z.string().optional(),
  TRUST_PROXY: z
    .string()
    .refine(isProxyList, 'must be true, false, or the addresses of the proxies (10.0.0.1, 10.0.0.0/8), with commas between')
    .default('false'),
  LOG_LEVEL: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent').default('warn'),
  DEMO_CLIENT: flag.optional(),
  LOCAL_ACCOUNTS: flag.default(true),
  REGISTRATION: flag.default(false),
  SMTP_URL: z
    .string()
    .refine((text) => URL.canParse(text) && /^smtps?:$/.test(new URL(text).protocol), 'must be smtp://user:password@host:port or smtps://…')
    .optional(),
  MAIL_FROM: z.string().optional(),
  SCOPES: z.string().transform(parseCatalogue).optional(),
  UNREGISTERED_RESOURCES: oneOf('allow', 'refuse').default('allow'),
  ACCESS_TOKEN_LIFETIME: whole(1, tenYears).default(3600),
  REFRESH_TOKEN_IDLE_LIFETIME: whole(1, tenYears).default(90 * 86_400),
  REFRESH_TOKEN_ABSOLUTE_LIFETIME: whole(1, tenYears).default(365 * 86_400),
  REFRESH_GRACE: whole(0, tenYears).default(30),
  KEY_ROTATION_INTERVAL: whole(60, tenYears).default(90 * 86_400),
  KEY_PUBLICATION_LEAD: whole(10, tenYears).default(3600),
  SESSION_IDLE_LIFETIME: whole(60, tenYears).default(14 * 86_400),
  SESSION_ABSOLUTE_LIFETIME: whole(60, tenYears).default(30 * 86_400),
});

/**
 * `redis` keeps codes and tokens there and the rest in PostgreSQL; `memory` forgets everything when the process ends; a path names a module of the team's own,
 * which exports `createStorage`.
 */
type Storage = 'postgresql' | 'redis' | 'memory' | `.${string}` | `/${string}`;

/** Everything that can be set about a server. Lifetimes are in seconds. */
export interface Config {
  readonly production: boolean;
  readonly port: number;
  readonly host: string;
  /** Processes that serve the port. */
  readonly workers: number;
  readonly issuer: string;
  readonly storage: Storage;
  /** Where Redis is, and what is before every key of ours there; with `storage` `redis` only. */
  readonly redisUrl: string;
  readonly redisPrefix: string;
  /** `null`: the embedded PostgreSQL under `dataDir`. */
  readonly databaseUrl: string | null;
  /** The same database past the pooler that stands before it, for what a pooler cannot carry: notices and migrations. `null`: there is no pooler. */
  readonly databaseDirectUrl: string | null;
  /** The database from which this server is moving to `databaseUrl`, while it serves; `null`: it is not moving. */
  readonly storageFrom: string | null;
  readonly databasePoolSize: number;
  readonly dataDir: string;
  /** `null`: generated into `dataDir`. */
  readonly secretKey: string | null;
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
  readonly catalogue: ScopeCatalogue;
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
  const unmovable = whyNoMove(values);
  if (unmovable !== null) throw new ConfigError(unmovable);
  if (values.WORKERS > 1 && values.STORAGE === 'memory')
    throw new ConfigError('WORKERS must be 1 with STORAGE=memory: a process does not see what another one keeps there');
  refuseShutOut(values, [...providers.value, ...sessionTokens.value]);
  if (production) refuseIncomplete(values);
  if (values.SMTP_URL !== undefined && values.MAIL_FROM === undefined)
    throw new ConfigError('MAIL_FROM must be set with SMTP_URL: the address that mail comes from');
  return {
    production,
    port: values.PORT,
    host: values.HOST,
    workers: values.WORKERS,
    issuer: values.ISSUER ?? `http://localhost:${values.PORT}`,
    storage: values.STORAGE,
    redisUrl: values.REDIS_URL,
    redisPrefix: values.REDIS_PREFIX,
    databaseUrl: values.DATABASE_URL ?? null,
    databaseDirectUrl: values.DATABASE_DIRECT_URL ?? null,
    storageFrom: values.STORAGE_FROM ?? null,
    databasePoolSize: values.DATABASE_POOL_SIZE,
    dataDir: values.DATA_DIR,
    secretKey: values.SECRET_KEY ?? null,
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
    unregisteredResources: values.UNREGISTERED_RESOURCES,
    catalogue: values.SCOPES ?? Object.entries(standardScopes).map(([name, sentence]) => ({ name, sentence })),
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

/** Where a store can be: an address of PostgreSQL or Redis, or the path of a module. */
export function isStorePlace(text: string): boolean {
  return /^\.{0,2}\/.+/.test(text) || (/^(postgres(ql)?|rediss?|unix):\/\//.test(text) && URL.canParse(text));
}

function whyNoMove({ STORAGE_FROM, STORAGE, DATABASE_URL }: z.infer<typeof environment>): string | null {
  if (STORAGE_FROM === undefined) return null;
  if (STORAGE === 'memory') return 'STORAGE_FROM cannot be set with STORAGE=memory';
  if (STORAGE === 'redis' && !STORAGE_FROM.startsWith('postgres'))
    return 'STORAGE_FROM must be the database of DATABASE_URL with STORAGE=redis: only it can move codes and tokens there';
  const apart = STORAGE !== 'postgresql' && STORAGE !== 'redis';
  if (apart && /^(rediss?|unix):/.test(STORAGE_FROM)) return 'STORAGE_FROM cannot be a Redis with a store of your own: move to PostgreSQL first';
  return !apart && DATABASE_URL === undefined ? 'STORAGE_FROM needs DATABASE_URL, the PostgreSQL database of the store that is moved to' : null;
}

/** RFC 8414 §2 wants https; plain http serves for trying it out on this machine, or behind TLS that ends elsewhere on loopback. */
function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.origin === text && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)));
}

/** `{"name": "sentence", …}` */
function parseCatalogue(text: string, context: z.RefinementCtx): ScopeCatalogue {
  const parsed = z.record(z.string().refine(isScopeToken), z.string().min(1)).safeParse(safeJson(text));
  if (parsed.success && Object.keys(parsed.data).length > 0) return Object.entries(parsed.data).map(([name, sentence]) => ({ name, sentence }));
  context.addIssue({ code: 'custom', message: 'must be a JSON object of scope names, each with the sentence that people read' });
  return z.NEVER;
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Without local accounts there must be another way to sign in, and nothing may rely on them. `others`: whoever vouches for people besides. */
function refuseShutOut({ LOCAL_ACCOUNTS, REGISTRATION, AUTHENTICATOR_MODULE }: z.infer<typeof environment>, others: readonly unknown[]): void {
  if (LOCAL_ACCOUNTS) return;
  if (others.length === 0 && AUTHENTICATOR_MODULE === undefined)
    throw new ConfigError('LOCAL_ACCOUNTS=false leaves no way to sign in: name one in SIGN_IN_PROVIDERS, TRUSTED_SESSION_TOKENS or AUTHENTICATOR_MODULE');
  if (REGISTRATION) throw new ConfigError('REGISTRATION=true makes local accounts, and LOCAL_ACCOUNTS is false: only one of them can hold');
}

/** What has no safe default where people rely on it. */
function refuseIncomplete({ SECRET_KEY, ISSUER, REGISTRATION, SMTP_URL }: z.infer<typeof environment>): void {
  const missing = [
    ...(SECRET_KEY === undefined ? ['SECRET_KEY must be set when NODE_ENV=production: at least 32 random characters, the same on every instance'] : []),
    ...(ISSUER === undefined ? ['ISSUER must be set when NODE_ENV=production: the origin under which people and apps reach this server'] : []),
    ...(REGISTRATION && SMTP_URL === undefined ? ['SMTP_URL must be set with REGISTRATION=true: an account is made by a link in a mail'] : []),
  ];
  if (missing.length > 0) throw new ConfigError(missing.join('\n'));
}

function isProxyList(text: string): boolean {
  return (
    ['true', 'false'].includes(text) || text.split(',').every((one) => /^[^/]+(\/\d{1,3})?$/.test(one.trim()) && isIP(one.trim().split('/', 1)[0] ?? '') !== 0)
  );
}
