import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clientMetadataSource } from '../src/client-metadata-source.js';

const host = createServer((_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
let uri: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  uri = `http://127.0.0.1:${(host.address() as AddressInfo).port}/client.json`;
});
afterAll(() => host.close());

it.each([
  ['is read by a server at localhost, for trying out', 'http://localhost:3000', false, 'read'],
  ['is not by one in production', 'http://localhost:3000', true, 'unreadable'],
  ['is not by one elsewhere', 'https://auth.example.com', false, 'unreadable'],
])('A metadata document on the machine of a server %s', async (_, issuer, production, outcome) => {
  const source = clientMetadataSource({ admittedMetadata: 'any', issuer, production });
  expect(await source?.documents.read(uri)).toMatchObject({ outcome });
});
