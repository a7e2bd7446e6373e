import { afterAll, beforeAll, expect, it } from 'vitest';
import { clientMetadataSource } from '../src/client-metadata-source.js';
import { MetadataHost } from './support/metadata-host.js';

let host: MetadataHost;
beforeAll(async () => {
  host = await MetadataHost.start({});
});
afterAll(() => host.close());

it.each([
  ['is read by a server at localhost, for trying out', 'http://localhost:3000', false, 'read'],
  ['is not by one in production', 'http://localhost:3000', true, 'away'],
  ['is not by one elsewhere', 'https://auth.example.com', false, 'away'],
])('A metadata document on the machine of a server %s', async (_, issuer, production, outcome) => {
  const source = clientMetadataSource({ introductions: { documents: 'any', redirects: [] }, issuer, production });
  expect(await source?.documents.read(`${host.origin}/client.json`)).toMatchObject({ outcome });
});
