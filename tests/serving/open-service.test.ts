import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CreateClient } from '../../src/application/clients/create-client.js';
import { readConfig } from '../../src/config.js';
import { openService } from '../../src/serving/open-service.js';
import { ownProject } from '../adapter-kit/own-project.js';

const memory = `import { createMemoryStorage } from 'keywright/memory-storage';`;
const users = `import { writeFileSync } from 'node:fs';
  export const createAuthenticator = () => ({ name: 'members', authenticate: async () => null, close: () => writeFileSync(new URL('closed', import.meta.url), 'users') });`;

let folder: string;
const service = async (storage: string) => {
  folder = await ownProject({ 'storage.js': storage, 'users.js': users });
  const [STORAGE, AUTHENTICATOR_MODULE, AUDIT_LOG] = ['storage.js', 'users.js', 'audit.jsonl'].map((name) => join(folder, name));
  return openService(readConfig({ STORAGE, AUTHENTICATOR_MODULE, AUDIT_LOG, SECRET_KEY: 'a key of more than 32 characters, for tests' }));
};
const written = (name: string) => readFile(join(folder, name), 'utf8');

it('closes the team’s own users where the store cannot be opened', async () => {
  await expect(service("export const createStorage = () => { throw new Error('the store is away'); };")).rejects.toThrow('the store is away');
  expect(await written('closed')).toBe('users');
});

it('closes the users and writes the audit trail to its end though the store does not close', async () => {
  const { container, close } = await service(
    `${memory} export const createStorage = () => ({ ...createMemoryStorage(), close: async () => { throw new Error('the line broke'); } });`,
  );
  await container.resolve(CreateClient).execute({ actor: 'operator', settings: { name: 'Nightly' } });
  await expect(close()).rejects.toThrow('the line broke');
  expect(await written('closed')).toBe('users');
  expect(await written('audit.jsonl')).toContain('"action":"client.create"');
});
