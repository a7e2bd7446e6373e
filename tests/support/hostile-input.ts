/** A request in parts, so that one of them can be spoilt. */
export interface Parts {
  readonly query: readonly (readonly [string, string])[];
  readonly form: readonly (readonly [string, string])[] | null;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent in place of the form. */
  readonly body?: string | Buffer;
}

type Spoil = (parts: Parts) => Parts[];

const formType = 'application/x-www-form-urlencoded';

const withHeaders =
  (...headers: Record<string, string>[]): Spoil =>
  (parts) =>
    headers.map((more) => ({ ...parts, headers: { ...parts.headers, ...more } }));

const withBody =
  (type: string | null, ...bodies: (string | Buffer)[]): Spoil =>
  (parts) =>
    bodies.map((body) => ({ ...parts, form: null, body, headers: { ...parts.headers, ...(type !== null && { 'content-type': type }) } }));

/** Puts each value in the place of each parameter, one after the other, in the query and in the form. */
const eachParameter =
  (...values: string[]): Spoil =>
  (parts) =>
    (['query', 'form'] as const).flatMap((where) =>
      (parts[where] ?? []).flatMap((_, index) =>
        values.map((value) => ({ ...parts, [where]: (parts[where] ?? []).map((entry, at) => (at === index ? [entry[0], value] : entry)) })),
      ),
    );

/** Adds entries to the query, and to the form where there is one. */
const added =
  (...lists: (readonly (readonly [string, string])[])[]): Spoil =>
  (parts) =>
    lists.flatMap((list) => [{ ...parts, query: [...parts.query, ...list] }, ...(parts.form ? [{ ...parts, form: [...parts.form, ...list] }] : [])]);

/** Sends the form as it is, followed by bytes that no encoder would write. */
const followedBy =
  (...tails: (string | Buffer)[]): Spoil =>
  (parts) =>
    tails.map((tail) => ({
      ...parts,
      form: null,
      body: Buffer.concat([Buffer.from(encoded(parts.form ?? [])), Buffer.from(tail)]),
      headers: { ...parts.headers, 'content-type': formType },
    }));

const repeated: Spoil = (parts) => [
  ...parts.query.map((entry) => ({ ...parts, query: [...parts.query, entry] })),
  ...(parts.form ?? []).map((entry) => ({ ...parts, form: [...(parts.form ?? []), entry] })),
];

const objectNames = ['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString', 'valueOf'];

/** Everything that somebody who means no good, or does not know better, might send to any endpoint. */
export function hostileInputs(tokens: readonly string[]): [name: string, spoil: Spoil][] {
  return [
    ['each parameter twice', repeated],
    [
      'an unknown parameter twice',
      added([
        ['x', '1'],
        ['x', '2'],
      ]),
    ],
    [
      'an unknown parameter of every resource kind',
      added([
        ['resource', 'a'],
        ['resource', '\0'],
      ]),
    ],
    ['no content type', withBody(null, 'a=b', '')],
    ['text/plain', withBody('text/plain', 'a=b', '')],
    ['JSON', withBody('application/json', '{"grant_type":"client_credentials"}', '{', '[]', 'null', '{"__proto__":{"x":1}}', '')],
    ['multipart', withBody('multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n', '')],
    ['XML', withBody('application/xml', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')],
    ['a content type that is none', withBody(';;;', 'a=b')],
    ['a content type of 10 kB', withBody(`${formType}; ${'x'.repeat(10_000)}`, 'a=b')],
    ['a form in another character set', withBody(`${formType}; charset=utf-16`, 'a=b', Buffer.from('a=b', 'utf16le'))],
    ['a form that says it is compressed', withHeaders({ 'content-encoding': 'gzip' })],
    ['a form of nothing', withBody(formType, '', '&', '=', '&&==&&', '%', '%%%', '+', '?', '#', '\0', ' ', '\r\n')],
    ['a NUL byte', eachParameter('\0', 'a\0b')],
    ['a NUL byte, raw', followedBy('&a=\0', '\0', '&\0=a')],
    ['a NUL byte in a name', added([['\0', 'a']], [['scope\0', 'a']])],
    ['broken UTF-8', eachParameter('\ufffd')],
    ['broken UTF-8, raw', followedBy(Buffer.from([0x26, 0x61, 0x3d, 0xff]), Buffer.from([0xff, 0xfe]), Buffer.from([0x26, 0xc3, 0x28]))],
    ['broken UTF-8, encoded', followedBy('&a=%FF', '&%FF=a', '&a=%C3%28', '&a=%ED%A0%80', '&a=%F4%90%80%80', '&a=%', '&a=%zz', '&a=%u0041')],
    ['names that objects have', added(...objectNames.map((name) => [[name, name] as const]), [['__proto__[x]', '1']], [['a[b][c]', 'd']], [['a.b', 'c']])],
    ['values that objects have', eachParameter(...objectNames)],
    ['a body of 1 MB', withBody(formType, `a=${'x'.repeat(1_000_000)}`)],
    ['a body of 1 MB that is no form', withBody('application/octet-stream', Buffer.alloc(1_000_000))],
    ['10,000 parameters', withBody(formType, Array.from({ length: 10_000 }, (_, index) => `${index.toString(36)}=`).join('&'), 'a=b&'.repeat(10_000))],
    ['values of 8 kB', eachParameter('x'.repeat(8192))],
    ['values of 30 kB', eachParameter('é'.repeat(15_000))],
    ['empty values', eachParameter('', ' ')],
    [
      'strange values',
      eachParameter(
        'undefined',
        'null',
        '[object Object]',
        '-1',
        '1e309',
        'NaN',
        '{{7*7}}',
        '#{7*7}',
        "'; DROP TABLE clients; --",
        '<script>alert(1)</script>',
        '"',
        '\\',
      ),
    ],
    ['strange characters', eachParameter('\u202e', '\u0000\u0001\u0002', '\r\nSet-Cookie: a=b', '\u{1f600}', 'e\u0301', '\u2028', '\x7f', '\x80')],
    ['paths and addresses', eachParameter('../../etc/passwd', 'file:///etc/passwd', 'javascript:alert(1)', 'http://169.254.169.254/', '//evil.example')],
    ['tokens of every kind', eachParameter(...tokens)],
    [
      'an Authorization that cannot be read',
      withHeaders(
        ...[
          '',
          'Basic',
          'Basic ',
          'Basic :',
          'Basic !!!',
          'Basic Og==',
          'Basic //79',
          'Bearer',
          'Bearer  ',
          'Bearer \u00ff',
          'Digest a=b',
          'Negotiate',
          '\u00e9',
          'Basic a b',
          'Bearer a b',
          ',',
        ].map((authorization) => ({ authorization })),
      ),
    ],
    [
      'an Authorization of 100 kB',
      withHeaders(
        ...[
          `Basic ${'A'.repeat(100_000)}`,
          `Bearer ${'A'.repeat(100_000)}`,
          `Bearer ${'A'.repeat(100_000)}!`,
          `Basic${' '.repeat(100_000)}`,
          `Bearer${' '.repeat(100_000)}a b`,
        ].map((authorization) => ({ authorization })),
      ),
    ],
    ['tokens of every kind for Bearer', withHeaders(...tokens.map((token) => ({ authorization: `Bearer ${token}` })))],
    [
      'tokens of every kind by Basic',
      withHeaders(...tokens.map((token) => ({ authorization: `Basic ${Buffer.from(`${token}:${token}`).toString('base64')}` }))),
    ],
    [
      'cookies with rubbish',
      withHeaders(
        ...[
          '=',
          ';;;',
          'kw_session',
          'kw_session=%',
          'kw_session=%00',
          'kw_session="',
          'kw_csrf=s%3Ax.y',
          '__proto__=a',
          `kw_session=${'x'.repeat(100_000)}`,
          ...tokens.map((token) => `kw_session=${token}`),
        ].map((cookie) => ({ cookie })),
      ),
    ],
    [
      'other headers with rubbish',
      withHeaders(
        { host: '' },
        { host: 'evil.example' },
        { host: '\u00e9' },
        { accept: '\u00e9;q=x' },
        { accept: '*/*;'.repeat(10_000) },
        { origin: 'null' },
        { referer: '%' },
        { 'x-forwarded-for': ','.repeat(1000) },
        { 'x-forwarded-proto': 'javascript' },
        { 'x-request-id': '\u00ff' },
        { 'accept-language': '-'.repeat(10_000) },
        { 'if-none-match': '*' },
        { range: 'bytes=0-0' },
        { expect: '200-ok' },
        { 'content-length': '3' },
      ),
    ],
  ];
}

/** A query or form, encoded. U+FFFD stands for a byte that is no UTF-8. */
export function encoded(entries: readonly (readonly [string, string])[]): string {
  return new URLSearchParams(entries.map(([name, value]) => [name, value])).toString().replaceAll('%EF%BF%BD', '%FF');
}
