import type { MovedRecord } from '../../../application/ports/moved-store.js';
import { recordOf, textOf } from '../../record-text.js';

type Fields = Readonly<Record<string, string>>;
type Value = Readonly<Record<string, unknown>>;

/** How a kind lies in Redis: under which keys, and as which fields of a hash. */
export interface RedisKind {
  readonly prefix: string;
  /** `null`: there is none. */
  record(fields: Fields, id: string): Value | null;
  /** Fields and values, the moment from which it is dead, and the grant from which it descends. */
  fields(value: Value): { readonly fields: Fields; readonly expiresAt: Date; readonly grantId: string | null };
}

const moment = (text: string | undefined) => new Date(Number(text));
const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));
const base64 = (value: unknown) => Buffer.from(value as Uint8Array).toString('base64');
const milliseconds = (value: unknown) => String((value as Date).getTime());
const descent = ({ grantId, clientId, userId }: Value) => ({ grant: String(grantId ?? ''), client: String(clientId), user: String(userId ?? '') });

export const redisKinds: Readonly<Record<string, RedisKind>> = {
  authorizationRequests: {
    prefix: 'request:',
    record: ({ record, decision, chosen }) =>
      record === undefined ? null : { ...recordOf<Value>(record), decision: decision ? recordOf(decision) : null, chosenBy: chosen || null },
    fields: ({ decision, chosenBy, ...request }) => ({
      fields: { record: textOf(request), decision: decision ? textOf(decision) : '', chosen: String(chosenBy ?? '') },
      expiresAt: request.expiresAt as Date,
      grantId: null,
    }),
  },
  authorizationCodes: {
    prefix: 'code:',
    record: ({ record, used }) => (record === undefined ? null : { ...recordOf<Value>(record), consumed: used !== undefined }),
    fields: ({ consumed, ...code }) => ({
      fields: { record: textOf(code), ...descent(code), expires: milliseconds(code.expiresAt), ...(consumed ? { used: '1' } : {}) },
      expiresAt: code.expiresAt as Date,
      grantId: String(code.grantId),
    }),
  },
  accessTokens: {
    prefix: 'access:',
    record: ({ record, revoked, why }) =>
      record === undefined ? null : { ...recordOf<Value>(record), revoked: revoked === undefined ? null : { at: moment(revoked), reason: why } },
    fields: ({ revoked, ...token }) => {
      const ended = revoked as { at: Date; reason: string } | null;
      return {
        fields: { record: textOf(token), ...descent(token), ...(ended ? { revoked: milliseconds(ended.at), why: ended.reason } : {}) },
        expiresAt: token.expiresAt as Date,
        grantId: token.grantId as string | null,
      };
    },
  },
  refreshTokens: {
    prefix: 'refresh:',
    record: ({ record, expires, rotated, answer, repeatable }) => {
      if (record === undefined) return null;
      const rotation = rotated === undefined ? null : { at: moment(rotated), sealedAnswer: bytes(answer ?? ''), repeatableUntil: moment(repeatable) };
      return { ...recordOf<Value>(record), expiresAt: moment(expires), rotation };
    },
    fields: ({ rotation, ...token }) => {
      const { at, sealedAnswer, repeatableUntil } = (rotation ?? {}) as { at?: Date; sealedAnswer?: Uint8Array; repeatableUntil?: Date };
      const rotated = at ? { rotated: milliseconds(at), answer: base64(sealedAnswer), repeatable: milliseconds(repeatableUntil) } : {};
      return {
        fields: { record: textOf(token), ...descent(token), expires: milliseconds(token.expiresAt), ...rotated },
        expiresAt: token.expiresAt as Date,
        grantId: String(token.grantId),
      };
    },
  },
  idempotencyKeys: {
    prefix: 'once:',
    record: ({ fingerprint, expires, answer }, id) =>
      fingerprint === undefined
        ? null
        : {
            id: new Uint8Array(Buffer.from(id, 'hex')),
            fingerprint: bytes(fingerprint),
            sealedAnswer: answer === undefined ? null : bytes(answer),
            expiresAt: moment(expires),
          },
    fields: ({ fingerprint, sealedAnswer, expiresAt }) => ({
      fields: {
        at: String(Date.now()),
        fingerprint: base64(fingerprint),
        expires: milliseconds(expiresAt),
        ...(sealedAnswer ? { answer: base64(sealedAnswer) } : {}),
      },
      expiresAt: expiresAt as Date,
      grantId: null,
    }),
  },
};

/** Marks that something has ended, which a hash or a text of its own says. */
const redisMarks: Readonly<Record<string, { readonly prefix: string; record(fields: Fields): Value | null }>> = {
  shutOutUsers: { prefix: 'shut-out:', record: ({ at }) => (at === undefined ? null : { at: moment(at) }) },
  removedClients: { prefix: 'removed-client:', record: ({ at }) => (at === undefined ? null : { at: moment(at) }) },
  revokedOwnTokens: { prefix: 'own-tokens:', record: ({ at }) => (at === undefined ? null : { at: moment(at) }) },
  endedGrants: { prefix: 'grant:', record: ({ at, why }) => (at === undefined ? null : { at: moment(at), reason: why }) },
};

export function prefixOf(kind: string): string {
  return ((redisKinds[kind] ?? redisMarks[kind]) as { prefix: string }).prefix;
}

/** The record that lies under a key, whose kind is known; `null`: there is none. */
export function recordAt(kind: string, id: string, fields: Fields): MovedRecord | null {
  const value = redisKinds[kind]?.record(fields, id) ?? redisMarks[kind]?.record(fields) ?? null;
  return value && { key: JSON.stringify([id]), value };
}

/** Names and values in turn, as Redis answers them. */
export function fieldsOf(reply: readonly string[]): Fields {
  return Object.fromEntries(Array.from({ length: reply.length / 2 }, (_, index) => [reply[2 * index], reply[2 * index + 1]] as const));
}
