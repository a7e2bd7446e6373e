import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redirectTarget, redirectUriMatches, redirectUriProblem } from '../../src/domain/authorization/redirect-uri.js';

const registrable = [
  'https://app.example/callback',
  'https://app.example',
  'https://app.example:8443/cb?tenant=7&x=%20',
  'https://chatgpt.com/connector/oauth/abc_123',
  'https://zapier.com/dashboard/auth/oauth/return/App123CLIAPI/',
  'https://xn--bcher-kva.example/cb',
  'https://app.example/javascript:alert(1)',
  'https://app.example/cb?next=user@host',
  'http://127.0.0.1/callback',
  'http://127.0.0.1:49152/callback?x=1',
  'http://[::1]:8080/cb',
  'http://localhost/cb',
  'com.example.app:/oauth2redirect',
  'cursor://anysphere.cursor-retrieval/oauth/callback',
  'vscode://vscode.github-authentication/did-authenticate',
];

const refused: readonly (readonly [uri: string, reason: RegExp])[] = [
  ['', /absolute/],
  ['/callback', /absolute/],
  ['//app.example/cb', /absolute/],
  ['app.example/cb', /absolute/],
  ['javascript:alert(1)', /scheme javascript:/],
  ['JavaScript:alert(1)', /scheme javascript:/],
  ['urn:ietf:wg:oauth:2.0:oob', /scheme urn:/],
  ['JAVASCRIPT://app.example/%0aalert(1)', /scheme javascript:/],
  ['javascript://app.example/cb', /scheme javascript:/],
  [' javascript:alert(1)', /space|control/],
  ['java\tscript:alert(1)', /space|control/],
  ['java\nscript:alert(1)', /space|control/],
  ['java\r\nscript:alert(1)', /space|control/],
  ['\u0001javascript:alert(1)', /space|control/],
  ['\u0000javascript:alert(1)', /space|control/],
  ['javascript\u00ad:alert(1)', /percent-encoded/],
  ['ｊavascript:alert(1)', /percent-encoded/],
  ['java%0ascript:alert(1)', /absolute/],
  ['%6aavascript:alert(1)', /absolute/],
  ['javascript%3aalert(1)', /absolute/],
  ['data:text/html,hello', /scheme data:/],
  ['vbscript:msgbox', /scheme vbscript:/],
  ['file:///etc/passwd', /scheme file:/],
  ['blob:https://app.example/1', /scheme blob:/],
  ['about:blank', /scheme about:/],
  ['view-source:https://app.example/', /scheme view-source:/],
  ['intent://scan/', /scheme intent:/],
  ['https://app.example/cb#', /fragment/],
  ['https://app.example/cb#fragment', /fragment/],
  ['com.example.app:/cb#x', /fragment/],
  ['https://*.app.example/cb', /wildcard/],
  ['https://app.example/*', /wildcard/],
  ['https://app.example/cb?x=*', /wildcard/],
  ['https://user@app.example/cb', /user name/],
  ['https://user:secret@app.example/cb', /user name/],
  ['https://app.example@evil.example/cb', /user name/],
  ['https://@evil.example/cb', /user name/],
  ['https://:@evil.example/cb', /user name/],
  ['http://localhost@evil.example', /user name/],
  ['http://@localhost/cb', /user name/],
  ['com.example.app://user@host/cb', /user name/],
  ['app://callback', /has a dot/],
  ['ms-msdt:/id', /has a dot/],
  ['search-ms:query', /has a dot/],
  ['chrome://settings', /has a dot/],
  ['JavaScript://com.example.app/%0aalert(1)', /has a dot/],
  ['https:\\\\evil.example\\cb', /percent-encoded/],
  ['https://app.example\\@evil.example', /percent-encoded/],
  ['https://app.example/cb?x=<script>', /percent-encoded/],
  ['https://app.example/"onload=', /percent-encoded/],
  ['https://bücher.example/cb', /percent-encoded/],
  ['http://app.example/cb', /https/],
  ['HTTP://app.example/cb', /https/],
  ['http://127.0.0.1.evil.example/cb', /https/],
  ['http://localhost.evil.example/cb', /https/],
  ['http://evil.example/127.0.0.1', /https/],
  ['http://127.0.0.2/cb', /https/],
  ['http://[::2]/cb', /https/],
  ['http://localhost%2eevil.example/cb', /https/],
  ['http://0.0.0.0/cb', /https/],
  ['https:app.example/cb', /host/],
  ['https:/app.example/cb', /host/],
  ['https:///app.example/cb', /host/],
  ['http:localhost/cb', /host/],
  ['https://', /not a valid URI/],
  ['https://app.example:99999/cb', /not a valid URI/],
  ['https://[::1/cb', /not a valid URI/],
  [`https://app.example/${'a'.repeat(2000)}`, /2,000/],
];

const schemesThatRun = [
  'javascript:',
  'data:',
  'vbscript:',
  'file:',
  'filesystem:',
  'blob:',
  'about:',
  'view-source:',
  'ws:',
  'wss:',
  'ftp:',
  'mailto:',
  'tel:',
  'sms:',
  'intent:',
];

describe('redirectUriProblem', () => {
  it.each(registrable)('lets %s be registered (RFC 6749 §3.1.2, RFC 8252 §7)', (uri) => {
    expect(redirectUriProblem(uri)).toBeNull();
  });

  it.each(refused)('refuses %j and says why', (uri, reason) => {
    expect(redirectUriProblem(uri)).toMatch(reason);
  });

  it.each([
    ['Cursor', 'cursor://anysphere.cursor-mcp/oauth/callback'],
    ['Visual Studio Code', 'vscode://vscode.github-authentication/did-authenticate'],
    ['its insiders', 'vscode-insiders://publisher.extension/callback'],
    ['Windsurf', 'windsurf://publisher.extension/callback'],
  ])('lets %s connect, whose scheme has no dot', (_, uri) => {
    expect(redirectUriProblem(uri)).toBeNull();
  });

  it('accepts no other scheme without a dot, known or not: only what is named passes, https, http on loopback, and schemes of an app’s own (RFC 8252 §7.1)', () => {
    const scheme = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9+-]{0,12}$/);
    fc.assert(
      fc.property(scheme, fc.constantFrom(':', ':/', '://'), fc.webPath(), (name, separator, rest) => {
        const known = /^(https?|claude|codex|cursor|goose|raycast|vscode|vscode-insiders|vscodium|warp|windsurf|zed)$/i.test(name);
        if (!known) expect(redirectUriProblem(`${name}${separator}host${rest}`)).not.toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  it('accepts no URI that a browser would run, open from disk or hand to another program, however it is spelled', () => {
    const noise = fc.constantFrom('', ' ', '\t', '\n', '\r', '\0', '\u0001', '\u200b', '/', '%0a');
    const spelled = fc.tuple(fc.constantFrom(...schemesThatRun), fc.nat(), noise, fc.nat(20), fc.string()).map(([scheme, mask, dirt, at, rest]) => {
      const letters = [...scheme].map((letter, index) => ((mask >> index) & 1 ? letter.toUpperCase() : letter)).join('');
      const place = Math.min(at, letters.length);
      return letters.slice(0, place) + dirt + letters.slice(place) + rest;
    });
    fc.assert(
      fc.property(fc.oneof(spelled, fc.string(), fc.webUrl({ withFragments: true })), (uri) => {
        if (redirectUriProblem(uri) === null) expect(schemesThatRun).not.toContain(new URL(uri).protocol);
      }),
      { numRuns: 1000 },
    );
  });

  it('accepts nothing that a parser would read as another URI than the characters say', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl({ withQueryParameters: true }),
          fc.string().map((text) => `https://app.example/${text}`),
        ),
        (uri) => {
          if (redirectUriProblem(uri) !== null) return;
          expect(uri).toMatch(/^[\x21-\x7e]+$/);
          expect(uri).not.toMatch(/[#*\\]/);
          expect(new URL(uri).username + new URL(uri).password).toBe('');
        },
      ),
    );
  });
});

const sameButForThePort: readonly (readonly [registered: string, requested: string])[] = [
  ['http://127.0.0.1/cb', 'http://127.0.0.1:49152/cb'],
  ['http://127.0.0.1:1/cb', 'http://127.0.0.1:65535/cb'],
  ['http://127.0.0.1:1/cb', 'http://127.0.0.1/cb'],
  ['http://[::1]/cb?x=1', 'http://[::1]:3000/cb?x=1'],
  ['http://localhost/cb', 'http://localhost:5173/cb'],
  ['http://localhost', 'http://localhost:5173'],
];

const notTheSame: readonly (readonly [registered: string, requested: string])[] = [
  ['http://127.0.0.1/cb', 'http://127.0.0.1:49152/other'],
  ['http://127.0.0.1/cb', 'http://127.0.0.1:49152/cb/'],
  ['http://127.0.0.1/cb', 'http://127.0.0.1:49152/cb?x=1'],
  ['http://127.0.0.1/cb', 'http://127.0.0.1:49152/cb#x'],
  ['http://127.0.0.1/cb#x', 'http://127.0.0.1:49152/cb#x'],
  ['http://127.0.0.1/cb', 'http://localhost:49152/cb'],
  ['http://127.0.0.1/cb', 'http://[::1]:49152/cb'],
  ['http://127.0.0.1/cb', 'https://127.0.0.1:49152/cb'],
  ['http://127.0.0.1/cb', 'http://127.0.0.1:65536/cb'],
  ['http://127.0.0.1/cb', 'http://127.0.0.1:/cb'],
  ['http://127.0.0.1/cb', 'http://127.0.0.1:80:80/cb'],
  ['http://127.0.0.1/cb', 'http://127.0.0.1.evil.example/cb'],
  ['http://127.0.0.1/cb', 'http://127.0.0.1:80@evil.example/cb'],
  ['http://127.0.0.1/cb', 'http://user@127.0.0.1:80/cb'],
  ['http://localhost/cb', 'http://localhost@evil.example/cb'],
  ['http://localhost/cb', 'http://localhost.evil.example:80/cb'],
  ['http://localhost/cb', 'http://localhost:80\\@evil.example/cb'],
  ['http://localhost/cb', 'http://LOCALHOST:80/cb'],
  ['http://localhost/cb', 'http://localhost:80/%63b'],
  ['http://localhost/cb', 'http://localhost:80/x/../cb'],
  ['http://localhost/cb', 'http://localhost:80/cb\n'],
  ['https://app.example/cb', 'https://app.example:8443/cb'],
  ['https://app.example/cb', 'https://app.example:443/cb'],
  ['https://app.example/cb', 'https://APP.example/cb'],
  ['https://app.example/cb', 'https://app.example/cb/'],
  ['https://app.example/cb', 'https://app.example/cb?'],
  ['https://app.example/cb', 'https://app.example/CB'],
  ['https://app.example/cb', 'https://app.example/%63b'],
  ['https://app.example/cb', 'https://app.example/cb '],
];

const loopback = /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(?![^:/?])/;

describe('redirectUriMatches', () => {
  it.each(sameButForThePort)('takes %s for %s: the port of a loopback address is free (RFC 8252 §7.3)', (registered, requested) => {
    expect(redirectUriMatches(registered, requested)).toBe(true);
  });

  it.each(notTheSame)('does not take %s for %j (RFC 9700 §4.1.3)', (registered, requested) => {
    expect(redirectUriMatches(registered, requested)).toBe(false);
  });

  it('is equality of strings off loopback (RFC 9700 §2.1)', () => {
    const uri = fc.oneof(
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.constantFrom(...registrable, ...refused.map(([text]) => text)),
      fc.string(),
    );
    fc.assert(
      fc.property(uri, uri, (registered, requested) => {
        fc.pre(!loopback.test(registered) || !loopback.test(requested));
        expect(redirectUriMatches(registered, requested)).toBe(registered === requested);
        expect(redirectUriMatches(registered, registered)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('is lost by any change of one character, the port of a loopback address apart', () => {
    const registered = fc.constantFrom(...registrable);
    fc.assert(
      fc.property(registered, fc.nat(), fc.string({ minLength: 0, maxLength: 2, unit: 'binary-ascii' }), (uri, where, put) => {
        const at = where % (uri.length + 1);
        const changed = uri.slice(0, at) + put + uri.slice(at + 1);
        if (changed === uri || withoutPort(changed) === withoutPort(uri)) return;
        expect(redirectUriMatches(uri, changed)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('redirectTarget', () => {
  it.each([
    ['https://app.example/cb', 'app.example'],
    ['https://app.example:8443/cb', 'app.example:8443'],
    ['http://127.0.0.1:49152/cb', '127.0.0.1:49152'],
    ['com.example.app:/cb', 'com.example.app'],
    ['cursor://anysphere.cursor-retrieval/cb', 'cursor'],
  ])('of %s is shown to the person as %s', (uri, target) => {
    expect(redirectTarget(uri)).toBe(target);
  });
});

function withoutPort(uri: string): string {
  return uri.replace(/^(http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost)):\d{1,5}(?=[/?]|$)/, '$1');
}
