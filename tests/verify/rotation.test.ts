import { afterEach, expect, test, vi } from 'vitest';
import { Signer } from './signer.js';
import { StandInIssuer } from './stand-in-issuer.js';
import { passUnseen } from './time.js';

afterEach(() => {
  vi.useRealTimers();
});

test('refuses nothing while keys are rotated under load: published before use, kept until the last token has expired', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const issuer = await StandInIssuer.start();
  const verifier = issuer.verifier({ keysMaxAge: 600 });
  const [old, next] = [issuer.signers[0] as Signer, new Signer()];
  const results: Record<string, number> = {};
  const live: { token: string; until: number }[] = [];

  /** Half an hour of tokens that live for five minutes: new ones and such as were seen before. */
  for (let second = 0; second < 1800; second += 5) {
    vi.setSystemTime(Date.now() + 5000);
    passUnseen(5);
    if (second === 300) issuer.signers = [old, next];
    // Ten minutes after it was published, the new key signs; ten minutes later the old one has no living token.
    const signer = second < 900 ? old : next;
    if (second === 1500) issuer.signers = [next];
    const exp = Math.floor(Date.now() / 1000) + 300;
    live.push({ token: signer.token(issuer.claims({ exp })), until: exp * 1000 });
    while (live[0] && live[0].until <= Date.now()) live.shift();
    for (const { token } of [...live.slice(-5), live[0] as { token: string }]) {
      const result = await verifier.verify(token);
      const name = result.active ? 'active' : result.reason;
      results[name] = (results[name] ?? 0) + 1;
    }
  }
  expect(Object.keys(results)).toEqual(['active']);
  // A fetch for each five minutes, whatever the load.
  expect(issuer.count('/oauth/jwks')).toBeLessThanOrEqual(7);
});
