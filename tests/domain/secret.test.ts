import { describe, expect, it } from 'vitest';
import { someSecret } from '../../src/adapter-kit/fixtures.js';
import { presentedSecret, type Secret } from '../../src/domain/secret.js';
import { mintToken } from '../../src/domain/tokens/opaque-token.js';
import { forgedToken } from '../support/forged-token.js';

const now = new Date('2030-01-01T00:00:00Z');
const minted = Array.from({ length: 2 }, () => mintToken('cs', now));
const [first, second] = minted.map(({ token }) => token) as [string, string];

const secretsOf = (expiresAt: Date | null = null): Secret[] =>
  minted.map(({ id, digest, token }) => someSecret('', { id, digest, lastFour: token.slice(-4), createdAt: now, expiresAt }));

describe.each([
  ['for the first time', () => {}],
  ['after the right one was', (secrets: Secret[]) => presentedSecret('cs', secrets, first, now)],
  ['after the other right one was', (secrets: Secret[]) => presentedSecret('cs', secrets, second, now)],
  ['after a wrong one was', (secrets: Secret[]) => presentedSecret('cs', secrets, forgedToken(first), now)],
])('A secret that is presented %s', (_, before) => {
  const presented = (text: string, secrets = secretsOf(), at = now) => {
    before(secrets);
    return presentedSecret('cs', secrets, text, at)?.id ?? null;
  };

  it('is found when it is one of them', () => {
    expect(presented(first)).toBe(minted[0]?.id);
    expect(presented(second)).toBe(minted[1]?.id);
  });

  it.each<[string, string]>([
    ['another under the same selector', forgedToken(first)],
    ['cut', first.slice(0, -1)],
    ['longer', `${first}A`],
    ['of letters that share their lower bytes', first.replace(/./g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x100))],
    ['of another kind', first.replace('_cs_', '_rs_')],
    ['empty', ''],
  ])('is not found when it is %s', (_, text) => {
    expect(presented(text)).toBeNull();
  });

  it('is not found from the moment of its end on', () => {
    const end = new Date(now.getTime() + 1);
    expect(presented(first, secretsOf(end))).not.toBeNull();
    expect(presented(first, secretsOf(end), end)).toBeNull();
  });

  it('is not found when it was taken from the list', () => {
    const secrets = secretsOf();
    before(secrets);
    secrets.shift();
    expect(presentedSecret('cs', secrets, first, now)).toBeNull();
    expect(presentedSecret('cs', [], first, now)).toBeNull();
  });
});
