import { beforeEach, describe, expect, it } from 'vitest';
import { demoClientId, FirstRun, type FirstRunInput } from '../../../src/application/operations/first-run.js';
import { SignIn } from '../../../src/application/people/sign-in.js';
import { aWorld, type World } from '../../support/world.js';

describe('FirstRun', () => {
  let world: World;
  const run = (input: FirstRunInput = { admin: { email: 'admin@localhost', password: null }, demoClient: true }) => world.resolve(FirstRun).execute(input);
  const signIn = (email: string, password: string) => world.resolve(SignIn).execute({ email, password, from: null, userAgent: null, earlierSession: null });

  beforeEach(() => {
    world = aWorld();
  });

  it('makes an administrator who can sign in with the generated password, told this once', async () => {
    const { admin } = await run();
    expect(admin).toMatchObject({ user: { email: 'admin@localhost', admin: true }, password: expect.stringMatching(/^.{20,}$/) });
    expect(await signIn('admin@localhost', admin?.password ?? '')).toMatchObject({ outcome: 'signed_in' });
    expect(await run()).toMatchObject({ admin: null });
  });

  it('generates another password each time', async () => {
    const { admin: one } = await run();
    world = aWorld();
    const { admin: other } = await run();
    expect(one?.password).not.toBe(other?.password);
  });

  it('takes the chosen address and password, and does not tell the password', async () => {
    const { admin } = await run({ admin: { email: 'Root@Example.com', password: 'chosen by hand' }, demoClient: false });
    expect(admin).toMatchObject({ user: { email: 'root@example.com', admin: true }, password: null });
    expect(await signIn('root@example.com', 'chosen by hand')).toMatchObject({ outcome: 'signed_in' });
  });

  it('makes nobody where there is somebody already', async () => {
    await world.person();
    expect(await run({ admin: { email: 'root@example.com', password: 'chosen by hand' }, demoClient: false })).toEqual({
      admin: null,
      earlierAdmin: null,
      nobodyYet: false,
      demoClient: null,
    });
    expect(await world.storage.users.findByEmail('root@example.com')).toBeNull();
  });

  it('finds who was made an administrator at an earlier start, in any spelling of the address, unless they are shut out or no administrator any more', async () => {
    const { admin } = await run();
    const found = async (email = 'Admin@localhost') => (await run({ admin: { email, password: null }, demoClient: false })).earlierAdmin;
    expect(await found()).toEqual(admin?.user);
    await world.person('ada@example.com');
    for (const other of ['ada@example.com', 'nobody@localhost']) expect(await found(other)).toBeNull();
    await world.storage.users.setDisabled(admin?.user.id ?? '', world.clock.now());
    expect(await found()).toBeNull();
  });

  it('makes a public demo client on loopback that nobody owns, once', async () => {
    const { demoClient } = await run();
    expect(demoClient).toMatchObject({ id: demoClientId, type: 'public', pkce: 'required', redirectUris: ['http://127.0.0.1/callback'], ownerId: null });
    expect((await run()).demoClient).toEqual(demoClient);
  });

  it('lets a demo client that was deleted be, and starts all the same', async () => {
    await run();
    await world.storage.clients.remove(demoClientId, world.clock.now());
    expect((await run()).demoClient).toBeNull();
    expect(await world.storage.clients.find(demoClientId)).toBeNull();
  });

  it('makes one administrator when several instances start at once', async () => {
    const results = await Promise.all(Array.from({ length: 5 }, () => run()));
    expect(results.filter(({ admin }) => admin !== null)).toHaveLength(1);
    expect((await world.storage.users.list({ limit: 10 })).items).toHaveLength(1);
  });

  it('says what is wrong with the chosen address', async () => {
    await expect(run({ admin: { email: 'not an address', password: null }, demoClient: false })).rejects.toThrow('is not an e-mail address');
  });

  it('makes no demo client where none is wanted', async () => {
    expect(await run({ admin: { email: 'admin@localhost', password: null }, demoClient: false })).toMatchObject({ demoClient: null });
    expect(await world.storage.clients.find(demoClientId)).toBeNull();
  });
});
