import { once } from 'node:events';
import { get } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { Doors } from '../../src/interfaces/http/doors.js';

const never = new Promise<never>(() => undefined);

async function openDoors(doors = new Doors()) {
  const door = doors.open((_request, response) => response.end('answered'), {}).listen(0, '127.0.0.1');
  await once(door, 'listening');
  return { doors, door, port: (door.address() as AddressInfo).port };
}

it('a server that leaves lets in everybody who is connected already, and says with each answer that it is the last', async () => {
  const { doors, port } = await openDoors();
  const callers = Array.from({ length: 30 }, () => connect(port, '127.0.0.1'));
  for (const caller of callers) caller.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  // From here on they wait in the queue of the operating system: nothing has looked into it since.
  await new Promise(process.nextTick);
  const left = doors.leave(never);
  const answers = await Promise.all(callers.map((caller) => text(caller)));
  expect(answers).toEqual(callers.map(() => expect.stringMatching(/^HTTP\/1\.1 200 OK\r\nconnection: close\r\n/)));
  await left;
});

it('a door that others close leaves by that: its idle connections go on until they were told', async () => {
  const { doors, door, port } = await openDoors(new Doors(true));
  const caller = connect(port, '127.0.0.1');
  const request = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';
  caller.write(request);
  await once(caller, 'data');
  door.close();
  caller.write(request);
  expect(await text(caller)).toMatch(/^HTTP\/1\.1 200 OK\r\nconnection: close\r\n/);
  await doors.leave(never);
});

it('a worker whose primary does not close the port leaves after four seconds', async () => {
  const { doors, port } = await openDoors(new Doors(true));
  await doors.leave(never);
  await expect(once(connect(port, '127.0.0.1'), 'connect')).rejects.toThrow('ECONNREFUSED');
});

it('a server leaves though people never stop coming', async () => {
  const { doors, port } = await openDoors();
  const knock = () =>
    new Promise<boolean>((resolve) => {
      const request = get({ port, host: '127.0.0.1', agent: false }, (response) => response.resume().once('end', () => resolve(true)));
      request.once('error', () => resolve(false));
    });
  const callers = Array.from({ length: 8 }, async () => {
    while (await knock());
  });
  await knock();
  await doors.leave(never);
  await Promise.all(callers);
});
