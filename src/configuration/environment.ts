import { isIP } from 'node:net';
import { z } from 'zod';
import { isLoopback } from '../domain/loopback.js';
import { shortestSecretKey } from '../domain/secret-key.js';
import { knownMetadata, parseAdmitted } from './client-metadata.js';
import { knownRedirects, parseAdmittedRedirects } from './client-registration.js';
import { parseCatalogue } from './scope-catalogue.js';
import { isReadable, type StorageName, unreadable } from './storage-name.js';

/** A whole number; the message is what the operator reads. */
const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`);
const tenYears = 315_360_000;
const oneOf = <const T extends [string, ...string[]]>(...values: T) => z.enum(values, { error: `must be one of ${values.join(', ')}` });
const secretKey = z.string().min(shortestSecretKey, `must have at least ${shortestSecretKey} characters`);
/** Where a store is. */
const address = (start: RegExp, must: string) => z.string().regex(start, { error: must, abort: true }).refine(isReadable, unreadable);
const flag = oneOf('true', 'false', '1', '0').transform((text) => text === 'true' || text === '1');

/** Every variable that is read by itself: what it may be, and what it is when it is left out. */
export const environment = z.object({
  NODE_ENV: z.string().default('development'),
  PORT: whole(1, 65_535).default(3000),
  HOST: z.string().min(1).default('localhost'),
  METRICS_PORT: whole(1, 65_535).optional(),
  METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  WORKERS: whole(1, 128).default(1),
  ISSUER: z
    .string()
    .refine(isIssuer, 'must be an http(s) origin without path, query or trailing slash, such as https://auth.example.com; https unless it is localhost')
    .optional(),
  STORAGE: z
    .custom<StorageName>((text) => /^(postgresql|redis|memory|\.{0,2}\/.+)$/.test(String(text)), {
      error: 'must be one of postgresql, redis, memory, or the path of a module of your own, such as ./my-storage.js',
    })
    .default('postgresql'),
  REDIS_URL: address(/^(rediss?|unix):\/\//, 'must start with redis://, rediss:// or unix://').default('redis://localhost:6379'),
  REDIS_PREFIX: z.string().default('keywright:'),
  DATABASE_URL: address(/^postgres(ql)?:\/\//, 'must start with postgresql://').optional(),
  DATABASE_DIRECT_URL: address(/^postgres(ql)?:\/\//, 'must start with postgresql://').optional(),
  DATABASE_POOLER: oneOf('none', 'transaction').default('none'),
  STORAGE_FROM: address(
    /^((postgres(ql)?|rediss?|unix):\/\/|\.{0,2}\/.)/,
    'must start with postgresql:// or redis://, or be the path of a module of your own',
  ).optional(),
  DATABASE_POOL_SIZE: whole(1, 500).default(10),
  DATA_DIR: z.string().min(1).default('./data'),
  SECRET_KEY: secretKey.optional(),
  SECRET_KEY_OTHER: secretKey.optional(),
  ADMIN_EMAIL: z.string().default('admin@localhost'),
  ADMIN_PASSWORD: z.string().optional(),
  SIGN_IN_PROVIDERS: z.string().optional(),
  TRUSTED_SESSION_TOKENS: z.string().optional(),
  AUTHENTICATOR_MODULE: z.string().optional(),
  AUDIT_LOG: z
    .string()
    .regex(/^(stdout|stderr|\.{0,2}\/.+)$/, 'must be stdout, stderr or the path of a file, such as /var/log/keywright/audit.jsonl')
    .transform((text) => (text === 'stdout' || text === 'stderr' ? text : { file: text }))
    .optional(),
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
  CLIENT_METADATA_DOCUMENTS: z.string().transform(parseAdmitted).default(knownMetadata),
  CLIENT_REGISTRATION: z.string().transform(parseAdmittedRedirects).default(knownRedirects),
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

export type Environment = z.infer<typeof environment>;

/** RFC 8414 §2 wants https; plain http serves for trying it out on this machine, or behind TLS that ends elsewhere on loopback. */
function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.origin === text && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)));
}

function isProxyList(text: string): boolean {
  return (
    ['true', 'false'].includes(text) || text.split(',').every((one) => /^[^/]+(\/\d{1,3})?$/.test(one.trim()) && isIP(one.trim().split('/', 1)[0] ?? '') !== 0)
  );
}
