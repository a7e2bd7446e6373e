import { z } from 'zod';
import type { ApiScope } from './domain/api-scope.js';
import { isScopeToken, type ScopeCatalogue } from './domain/scope.js';

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
  admin: "Administer this server where you may: everybody's apps, connected apps and accounts",
};

const seconds = (standard: number) => z.coerce.number().int().min(0).max(315_360_000).default(standard);
const flag = z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1');

const environment = z.object({
  NODE_ENV: z.string().default('development'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('localhost'),
  ISSUER: z
    .string()
    .refine(isIssuer, 'must be an http(s) origin without path, query or trailing slash, such as https://auth.example.com; https unless it is localhost')
    .optional(),
  STORAGE: z.enum(['postgresql', 'memory']).default('postgresql'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgresql://')
    .optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(500).default(10),
  DATA_DIR: z.string().min(1).default('./data'),
  SECRET_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
  ADMIN_EMAIL: z.string().min(1).optional(),
  ADMIN_PASSWORD: z.string().min(1).optional(),
  TRUST_PROXY: z.string().default('false'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
  DEMO_CLIENT: flag.optional(),
  SCOPES: z.string().transform(parseCatalogue).optional(),
  ACCESS_TOKEN_LIFETIME: seconds(3600).refine((value) => value >= 1, 'must be at least 1'),
  REFRESH_TOKEN_IDLE_LIFETIME: seconds(90 * 86_400).refine((value) => value >= 1, 'must be at least 1'),
  REFRESH_TOKEN_ABSOLUTE_LIFETIME: seconds(365 * 86_400).refine((value) => value >= 1, 'must be at least 1'),
  REFRESH_GRACE: seconds(30),
});

/** Everything that can be set about a server. Lifetimes are in seconds. */
export interface Config {
  readonly production: boolean;
  readonly port: number;
  readonly host: string;
  readonly issuer: string;
  /** `memory` forgets everything when the process ends. */
  readonly storage: 'postgresql' | 'memory';
  /** `null`: the embedded PostgreSQL under `dataDir`. */
  readonly databaseUrl: string | null;
  readonly databasePoolSize: number;
  readonly dataDir: string;
  /** `null`: generated into `dataDir`. */
  readonly secretKey: string | null;
  readonly admin: { readonly email: string; readonly password: string | null } | null;
  readonly demoClient: boolean;
  readonly trustProxy: boolean | string;
  readonly logLevel: string;
  readonly catalogue: ScopeCatalogue;
  readonly lifetimes: { readonly accessToken: number; readonly refreshTokenIdle: number; readonly refreshTokenAbsolute: number; readonly refreshGrace: number };
}

/** The environment cannot be used; `message` is one line that names the variable and says what it must be. */
export class ConfigError extends Error {}

/** Reads the configuration from the environment. An empty variable counts as unset. Throws `ConfigError`. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const result = environment.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')));
  if (!result.success) {
    const issue = result.error.issues[0];
    throw new ConfigError(`${issue?.path.join('.')} ${sentence(issue?.message)}`);
  }
  const values = result.data;
  const production = values.NODE_ENV === 'production';
  if (production && values.SECRET_KEY === undefined)
    throw new ConfigError('SECRET_KEY must be set when NODE_ENV=production: at least 32 random characters, the same on every instance');
  if (production && values.ISSUER === undefined)
    throw new ConfigError('ISSUER must be set when NODE_ENV=production: the origin under which people and apps reach this server');
  return {
    production,
    port: values.PORT,
    host: values.HOST,
    issuer: values.ISSUER ?? `http://localhost:${values.PORT}`,
    storage: values.STORAGE,
    databaseUrl: values.DATABASE_URL ?? null,
    databasePoolSize: values.DATABASE_POOL_SIZE,
    dataDir: values.DATA_DIR,
    secretKey: values.SECRET_KEY ?? null,
    admin: values.ADMIN_EMAIL === undefined ? null : { email: values.ADMIN_EMAIL, password: values.ADMIN_PASSWORD ?? null },
    demoClient: values.DEMO_CLIENT ?? !production,
    trustProxy: values.TRUST_PROXY === 'true' || (values.TRUST_PROXY !== 'false' && values.TRUST_PROXY),
    logLevel: values.LOG_LEVEL,
    catalogue: values.SCOPES ?? Object.entries(standardScopes).map(([name, sentence]) => ({ name, sentence })),
    lifetimes: {
      accessToken: values.ACCESS_TOKEN_LIFETIME,
      refreshTokenIdle: values.REFRESH_TOKEN_IDLE_LIFETIME,
      refreshTokenAbsolute: values.REFRESH_TOKEN_ABSOLUTE_LIFETIME,
      refreshGrace: values.REFRESH_GRACE,
    },
  };
}

/** RFC 8414 §2 wants https; plain http serves for trying it out on this machine, or behind TLS that ends elsewhere on loopback. */
function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  return url.origin === text && (url.protocol === 'https:' || (url.protocol === 'http:' && loopback));
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

function sentence(message: string | undefined): string {
  return (message ?? 'is wrong').replace(/^(Invalid|Too|Expected)/, (word) => `is not usable: ${word.toLowerCase()}`);
}
