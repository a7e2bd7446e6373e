import { beforeEach, describe, expect, it } from 'vitest';
import { budgets } from '../../../src/application/attempts/budgets.js';
import { SignIn } from '../../../src/application/people/sign-in.js';
import { StorageUnavailable } from '../../../src/application/ports/storage-unavailable.js';
import { TemporarilyUnavailable, TooManyAttempts } from '../../../src/domain/errors.js';
import { aWorld, password, type World } from '../../support/world.js';

const ada = 'ada@example.com';
let world: World;
let addresses = 0;

beforeEach(async () => {
  world = aWorld();
  await world.person(ada);
});

interface Try {
  readonly email?: string;
  readonly password?: string;
  readonly address?: string;
  readonly device?: string | null;
}

/** By default a wrong password from an address that was never seen. */
async function outcomeOf({ email = ada, password: typed = 'wrong', address, device = null }: Try = {}): Promise<string> {
  const from = address ?? `2001:db8:${(++addresses).toString(16)}::1`;
  try {
    return (await world.resolve(SignIn).execute({ email, password: typed, device, from, userAgent: null, earlierSession: null })).outcome;
  } catch (error) {
    if (error instanceof TooManyAttempts) return `again in ${error.retryAfter > 60 ? 'minutes' : 'seconds'}`;
    throw error;
  }
}

async function knownDevice(email = ada): Promise<string> {
  const result = await world.resolve(SignIn).execute({ email, password, from: '198.51.100.7', userAgent: null, earlierSession: null });
  if (result.outcome !== 'signed_in') throw new Error(result.outcome);
  return result.device.token;
}

const times = async (count: number, attempt: Try = {}) => {
  const outcomes: string[] = [];
  for (let at = 0; at < count; at += 1) outcomes.push(await outcomeOf(attempt));
  return outcomes;
};

describe('Failures at one account, from ever new addresses', () => {
  it('are answered ten times, then not looked at: the right password is not either', async () => {
    expect(await times(10)).toEqual(Array(10).fill('refused'));
    const hashed = world.passwordHasher.verified.length;
    expect(await times(5)).toEqual(Array(5).fill('again in minutes'));
    expect(await outcomeOf({ password })).toBe('again in minutes');
    expect(world.passwordHasher.verified).toHaveLength(hashed);
  });

  it('are counted alike where nobody has the address', async () => {
    for (const email of ['nobody@example.com', 'no address'])
      expect(await times(12, { email })).toEqual([...Array(10).fill('refused'), 'again in minutes', 'again in minutes']);
  });

  it('are counted together however the address is spelled', async () => {
    for (const email of [' ADA@example.com', 'Ada@Example.COM ']) await times(5, { email });
    expect(await outcomeOf()).toBe('again in minutes');
  });

  it('do not keep a known device out, whose own failures are counted apart', async () => {
    const device = await knownDevice();
    await times(30);
    expect(await outcomeOf({ password, device })).toBe('signed_in');
    expect(await times(11, { device })).toEqual([...Array(10).fill('refused'), 'again in minutes']);
  });

  it('are no fewer for the known device of somebody else', async () => {
    await world.person('eve@example.com');
    const device = await knownDevice('eve@example.com');
    expect((await times(12, { device })).slice(10)).toEqual(['again in minutes', 'again in minutes']);
  });

  it('that come at once are no more than those that come in turn', async () => {
    const outcomes = await Promise.all(Array.from({ length: 40 }, () => outcomeOf()));
    expect(outcomes.filter((outcome) => outcome === 'refused')).toHaveLength(10);
  });
});

describe('Failures from one address', () => {
  const { attempts } = budgets.address;

  it('are answered so many times, whichever accounts they are at', async () => {
    for (let at = 0; at < attempts; at += 1) await outcomeOf({ email: `person${at}@example.com`, address: '203.0.113.9' });
    expect(await outcomeOf({ password, address: '203.0.113.9' })).toBe('again in minutes');
    expect(await outcomeOf({ password, address: '203.0.113.10' })).toBe('signed_in');
  });

  it('are counted for a whole /64 of IPv6', async () => {
    for (let at = 0; at < attempts; at += 1) await outcomeOf({ email: `person${at}@example.com`, address: `2001:db8::${at.toString(16)}` });
    expect(await outcomeOf({ password, address: '2001:db8::ffff' })).toBe('again in minutes');
    expect(await outcomeOf({ password, address: '2001:db8:0:1::ffff' })).toBe('signed_in');
  });

  it('are not counted when they were none: a whole office signs in', async () => {
    for (let at = 0; at < attempts + 20; at += 1) expect(await outcomeOf({ password, address: '203.0.113.9' })).toBe('signed_in');
  });
});

it('counts no attempt that was never looked at, because the server was busy', async () => {
  world.passwordHasher.verify = () => Promise.reject(new TemporarilyUnavailable('busy'));
  for (let at = 0; at < 15; at += 1) await expect(outcomeOf()).rejects.toThrow(TemporarilyUnavailable);
  world.passwordHasher.verify = async () => true;
  expect(await outcomeOf({ password })).toBe('signed_in');
});

it('lets nobody wait for the count that is given back, nor for a store that cannot take it back', async () => {
  for (const giveBack of [() => new Promise<never>(() => {}), () => Promise.reject(new StorageUnavailable(new Error('away')))]) {
    world.storage.attempts.giveBack = giveBack;
    expect(await outcomeOf({ password })).toBe('signed_in');
  }
});
