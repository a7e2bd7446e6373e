import { PassThrough, Readable, type Writable } from 'node:stream';
import { GiveLink } from '../../src/application/accounts/give-link.js';
import { AddSecret } from '../../src/application/clients/add-secret.js';
import { ClientReach } from '../../src/application/clients/client-reach.js';
import { CreateClient } from '../../src/application/clients/create-client.js';
import { DeleteClient } from '../../src/application/clients/delete-client.js';
import { EditClient } from '../../src/application/clients/edit-client.js';
import { ListClients } from '../../src/application/clients/list-clients.js';
import { RemoveSecret } from '../../src/application/clients/remove-secret.js';
import { SetClientDisabled } from '../../src/application/clients/set-client-disabled.js';
import { ShowClient } from '../../src/application/clients/show-client.js';
import { ListGrantsOfClient } from '../../src/application/connections/list-grants-of-client.js';
import { CheckKeys } from '../../src/application/keys/check-keys.js';
import { KeyRing } from '../../src/application/keys/key-ring.js';
import { ListKeys } from '../../src/application/keys/list-keys.js';
import { RotateKeys } from '../../src/application/keys/rotate-keys.js';
import { WithdrawKey } from '../../src/application/keys/withdraw-key.js';
import { CreateUser } from '../../src/application/people/create-user.js';
import { DeleteUser } from '../../src/application/people/delete-user.js';
import { DemoteUser } from '../../src/application/people/demote-user.js';
import { DisableUser } from '../../src/application/people/disable-user.js';
import { EnableUser } from '../../src/application/people/enable-user.js';
import { ListUsers } from '../../src/application/people/list-users.js';
import { PromoteUser } from '../../src/application/people/promote-user.js';
import { ShowUser } from '../../src/application/people/show-user.js';
import type { Storage } from '../../src/application/ports/storage.js';
import { AddResourceServerSecret } from '../../src/application/resources/add-resource-server-secret.js';
import { EditResourceServer } from '../../src/application/resources/edit-resource-server.js';
import { KnownScopes } from '../../src/application/resources/known-scopes.js';
import { ListResourceServers } from '../../src/application/resources/list-resource-servers.js';
import { RegisterResourceServer } from '../../src/application/resources/register-resource-server.js';
import { RemoveResourceServer } from '../../src/application/resources/remove-resource-server.js';
import { RemoveResourceServerSecret } from '../../src/application/resources/remove-resource-server-secret.js';
import { ResourceDirectory } from '../../src/application/resources/resource-directory.js';
import { ShowResourceServer } from '../../src/application/resources/show-resource-server.js';
import { EndOtherSessions } from '../../src/application/sessions/end-other-sessions.js';
import { ListSessions } from '../../src/application/sessions/list-sessions.js';
import { RevokeByOperator } from '../../src/application/tokens/revoke-by-operator.js';
import { createMemoryStorage } from '../../src/infrastructure/memory/create-memory-storage.js';
import type { CommandLine, Services } from '../../src/interfaces/cli/command-line.js';
import { runCommandLine } from '../../src/interfaces/cli/run-command-line.js';
import { someCatalogue, someClock, somePasswords, someRules } from '../application/some.js';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a command printed; tests look only where they know what is there. */
export type Json = Record<string, unknown> & Iterable<Record<string, unknown>>;

export interface CommandLineUnderTest {
  readonly storage: Storage;
  /** How often the store was opened and closed. */
  readonly store: { opened: number; closed: number };
  run(...argv: string[]): Promise<Ran>;
  /** The same with something piped in. */
  runWith(stdin: string, ...argv: string[]): Promise<Ran>;
  /** The same, expecting success; answers what was printed as JSON. */
  json(...argv: string[]): Promise<Json>;
}

/** The command line over a store in memory. `changes` replaces what the process around it would supply. */
export function aCommandLine(changes: Partial<CommandLine> = {}, localAccounts = true): CommandLineUnderTest {
  const storage = createMemoryStorage();
  const store = { opened: 0, closed: 0 };
  const openServices = async (): Promise<Services> => {
    store.opened += 1;
    const close = async () => {
      store.closed += 1;
    };
    return { ...servicesOver(storage, localAccounts), close };
  };
  const runWith = async (stdin: string, ...argv: string[]): Promise<Ran> => {
    const [stdout, stderr] = [captured(), captured()];
    const unused = async () => Promise.reject(new Error('not expected in this test'));
    const surroundings = {
      now: () => new Date(),
      configuration: () => ({ issuer: 'http://localhost:1', secretKey: 'given' as const }),
      openStore: unused,
      signingKeys: unused,
    };
    const streams = { stdin: Readable.from([Buffer.from(stdin)]), stdout: stdout.stream, stderr: stderr.stream };
    const code = await runCommandLine(argv, {
      version: '1.2.3',
      openServices,
      serve: unused,
      migrate: unused,
      openMove: unused,
      surroundings,
      ...streams,
      ...changes,
    });
    return { code, stdout: stdout.text(), stderr: stderr.text() };
  };
  const run = (...argv: string[]) => runWith('', ...argv);
  const json = async (...argv: string[]) => {
    const { code, stdout, stderr } = await run(...argv, '--json');
    if (code !== 0) throw new Error(`keywright ${argv.join(' ')} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout) as Json;
  };
  return { storage, store, run, runWith, json };
}

export function servicesOver(storage: Storage, localAccounts = true): Omit<Services, 'close'> {
  const { clients, passwords, users, sessions, grants, connections, accessTokens, refreshTokens, resourceServers, signingKeys } = storage;
  const clock = someClock();
  const directory = new ResourceDirectory(resourceServers, storage.notices, someClock());
  const ring = new KeyRing(signingKeys, 'a key for tests, of more than 32 characters', { rotationInterval: 86_400, publicationLead: 3600 }, clock);
  return {
    createUser: new CreateUser(users, somePasswords, someRules, localAccounts, clock),
    giveLink: new GiveLink(users, passwords, 'https://auth.example.com', localAccounts, clock),
    listUsers: new ListUsers(users),
    promoteUser: new PromoteUser(users),
    demoteUser: new DemoteUser(users),
    disableUser: new DisableUser(users, sessions, grants, clients, clock),
    showUser: new ShowUser(users),
    deleteUser: new DeleteUser(users, sessions, grants, clients, clock),
    listSessions: new ListSessions(users, sessions, { idle: 3600, absolute: 7200 }, clock),
    endOtherSessions: new EndOtherSessions(sessions),
    enableUser: new EnableUser(users, clients),
    createClient: new CreateClient(clients, users, new KnownScopes(someCatalogue, directory), clock),
    listClients: new ListClients(clients, users),
    showClient: new ShowClient(clients),
    editClient: new EditClient(clients, new KnownScopes(someCatalogue, directory)),
    deleteClient: new DeleteClient(clients, clock),
    setClientDisabled: new SetClientDisabled(clients, users, clock),
    clientReach: new ClientReach(connections, clients, clock),
    listGrantsOfClient: new ListGrantsOfClient(connections, clients, clock),
    addSecret: new AddSecret(clients, clock),
    removeSecret: new RemoveSecret(clients),
    listKeys: new ListKeys(signingKeys, clock),
    rotateKeys: new RotateKeys(ring),
    withdrawKey: new WithdrawKey(signingKeys, ring),
    checkKeys: new CheckKeys(signingKeys, ring),
    resourceServers: {
      register: new RegisterResourceServer(resourceServers, directory, someCatalogue, 'https://auth.example', clock),
      list: new ListResourceServers(resourceServers),
      show: new ShowResourceServer(resourceServers),
      edit: new EditResourceServer(resourceServers, directory, someCatalogue),
      remove: new RemoveResourceServer(resourceServers, directory),
      addSecret: new AddResourceServerSecret(resourceServers, directory, clock),
      removeSecret: new RemoveResourceServerSecret(resourceServers, directory),
    },
    revokeByOperator: new RevokeByOperator(accessTokens, refreshTokens, grants, users, clients, clock),
  };
}

function captured(): { stream: Writable; text(): string } {
  const chunks: Buffer[] = [];
  const stream = new PassThrough();
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}
