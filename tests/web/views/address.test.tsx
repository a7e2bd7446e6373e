import { expect, it } from 'vitest';
import { renderPage } from '../../../src/interfaces/web/render.js';
import { addressParts } from '../../../src/interfaces/web/views/address-parts.js';
import { Address } from '../../../src/interfaces/web/views/parts/address.js';
import { textOf } from './html.js';

it.each([
  ['localhost:3000', ['localhost:3000']],
  ['auth.example.com:8443', ['auth', '.example', '.com:8443']],
  ['ada.lovelace@example.com', ['ada', '.lovelace', '@example', '.com']],
  ['https://auth.example.com/return?tenant=blue&x#y', ['https://', 'auth', '.example', '.com', '/return', '?tenant=blue', '&x', '#y']],
  ['com.example.app:/oauth', ['com', '.example', '.app:/oauth']],
  ['/.well-known/oauth-authorization-server', ['/.well-known', '/oauth-authorization-server']],
  ['@', ['@']],
  ['', ['']],
])('breaks %j before a dot, an at sign, a slash and what begins a query, and after the slashes before a host', (address, parts) => {
  expect(addressParts(address)).toEqual(parts);
});

it('is read as it is, with what comes behind it', () => {
  const html = renderPage(
    <Address of="https://auth.example.com/a" kind="strong">
      .
    </Address>,
  );
  expect(html).toContain('https://<wbr/>auth');
  expect(textOf(`<body>${html}`)).toContain('https://auth.example.com/a.');
});
