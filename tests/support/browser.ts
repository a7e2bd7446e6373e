import { testPerson } from './test-server.js';
import type { Message, Transport } from './transport.js';

/** What a browser shows: a page of the server, or the address somewhere else where it ended up. */
export interface Page {
  readonly url: URL;
  readonly status: number;
  /** Its HTML, without the places at which a line of an address may end. */
  readonly text: string;
  readonly headers: Headers;
}

export interface Form {
  readonly action: URL;
  readonly fields: Record<string, string>;
}

/** A person's browser without JavaScript: keeps cookies, follows redirects within the server, fills in forms. */
export class Browser {
  readonly cookies = new Map<string, string>();
  private readonly origin: string;

  constructor(
    private readonly send: Transport,
    issuer: string,
  ) {
    this.origin = new URL(issuer).origin;
  }

  /** Opens an address and goes where it leads. A redirect to another origin is not followed: it is the page, with status 0. */
  async open(address: string | URL, message: Message = {}): Promise<Page> {
    let url = new URL(address, this.origin);
    let next = message;
    for (let hops = 0; hops < 10; hops += 1) {
      const response = await this.request(url, next);
      const location = response.headers.get('location');
      if (location === null) return { url, status: response.status, text: (await response.text()).replaceAll('<wbr/>', ''), headers: response.headers };
      url = new URL(location, url);
      if (url.origin !== this.origin) return { url, status: 0, text: '', headers: response.headers };
      next = {};
    }
    throw new Error(`redirected in a circle at ${url}`);
  }

  /** Sends the form of a page whose action matches, with what the person typed and the button they pressed. */
  submit(page: Page, action: RegExp, typed: Record<string, string> = {}): Promise<Page> {
    const form = formOf(page, action);
    return this.post(form.action, { ...form.fields, ...typed });
  }

  post(address: string | URL, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Page> {
    return this.open(address, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(fields).toString(),
    });
  }

  /** Opens the address and signs in where it asks for it. */
  async signIn(address: string | URL = '/sign-in', { email, password }: { email: string; password: string } = testPerson): Promise<Page> {
    const page = await this.open(address);
    return page.url.pathname === '/sign-in' ? this.submit(page, /^\/sign-in/, { email, password }) : page;
  }

  /** What a person does who says yes to everything; answers where the browser ends up: back at the client. */
  async allow(authorizationUrl: string | URL): Promise<URL> {
    const page = await this.signIn(authorizationUrl);
    const end = page.status === 0 ? page : await this.submit(page, /^\/consent\/[^/]+\/(?!switch)/, { decision: 'allow' });
    if (end.status !== 0) throw new Error(`the browser is still at ${end.url} with ${end.status}: ${end.text}`);
    return end.url;
  }

  /** One request with this browser's cookies, which it keeps up to date; nothing is followed. */
  async request(url: string | URL, message: Message = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await this.send(new URL(url, this.origin), {
      ...message,
      headers: { accept: 'text/html', ...(cookie !== '' && { cookie }), ...message.headers },
    });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    return response;
  }

  private keep(line: string): void {
    const [pair = '', ...attributes] = line.split(/; */);
    const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
    const gone = attributes.some((attribute) => /^max-age=0$/i.test(attribute) || /^expires=Thu, 01 Jan 1970/i.test(attribute));
    if (gone) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

/** The form of a page whose action matches. */
export function formOf(page: Page, action: RegExp): Form {
  for (const [, attributes = '', content = ''] of page.text.matchAll(/<form\b((?:[^>"]|"[^"]*")*)>(.*?)<\/form>/gs)) {
    const target = attribute(attributes, 'action') ?? '';
    if (!action.test(target)) continue;
    const inputs = [...content.matchAll(/<input\b((?:[^>"]|"[^"]*")*)>/g)]
      .map(([, text = '']) => text)
      // A box that is not ticked is not sent.
      .filter((text) => !/\btype="(?:radio|checkbox)"/.test(text) || /\bchecked\b/.test(text.replace(/"[^"]*"/g, '')))
      .map((text) => [attribute(text, 'name') ?? '', attribute(text, 'value') ?? ''] as const);
    return { action: new URL(target, page.url), fields: Object.fromEntries(inputs.filter(([name]) => name !== '')) };
  }
  throw new Error(`no form for ${action} at ${page.url} (${page.status}): ${page.text}`);
}

function attribute(text: string, name: string): string | undefined {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(text)?.[1];
  return value?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
}
