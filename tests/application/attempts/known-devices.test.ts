import { expect, it } from 'vitest';
import { KnownDevices } from '../../../src/application/attempts/known-devices.js';
import { HandClock } from '../../support/hand-clock.js';

const clock = new HandClock();
const devices = new KnownDevices(['a key for tests, of more than 32 characters'], clock);
const ada = 'ada@example.com';

it('knows a browser again at the account it was signed in to, and at no other', () => {
  const { token } = devices.remember(null, ada);
  expect(devices.recognise(token, ada)).not.toBeNull();
  for (const account of ['eve@example.com', '', 'ada@example.co']) expect(devices.recognise(token, account)).toBeNull();
});

it('tells two browsers apart, and keeps a known one the same', () => {
  const [one, other] = [devices.remember(null, ada), devices.remember(null, ada)];
  const id = devices.recognise(one.token, ada);
  expect(devices.recognise(other.token, ada)).not.toBe(id);
  expect(devices.recognise(devices.remember(id, ada).token, ada)).toBe(id);
});

it('forgets a browser 180 days after the last sign-in', () => {
  const { token, expiresAt } = devices.remember(null, ada);
  expect(expiresAt.getTime() - clock.now().getTime()).toBe(180 * 86_400_000);
  clock.pass(180 * 86_400 - 0.001);
  expect(devices.recognise(token, ada)).not.toBeNull();
  clock.pass(0.001);
  expect(devices.recognise(token, ada)).toBeNull();
});

it('takes no token in which a single byte was changed, and none of another key', () => {
  const bytes = Buffer.from(devices.remember(null, ada).token, 'base64url');
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] as number) ^ 1;
    expect(devices.recognise(changed.toString('base64url'), ada)).toBeNull();
  }
  expect(new KnownDevices(['another key for tests, of 32 characters'], clock).recognise(bytes.toString('base64url'), ada)).toBeNull();
});

it.each([null, '', 'rubbish', '\0', 'A'.repeat(72), 'A'.repeat(5000)])('takes %j for no device', (token) => {
  expect(devices.recognise(token, ada)).toBeNull();
});
