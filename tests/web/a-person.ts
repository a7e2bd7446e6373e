import { CreateUser } from '../../src/application/people/create-user.js';
import type { User } from '../../src/domain/people/user.js';
import { type Browser, formOf, type Page } from '../support/browser.js';
import { OAuthCaller } from '../support/oauth.js';
import type { TestServer } from '../support/test-server.js';

export type Typed = Readonly<Record<string, string | readonly string[]>>;

/** A person who works on the pages, in a browser of their own. */
export interface APerson {
  readonly user: User;
  readonly browser: Browser;
  readonly open: (path: string) => Promise<Page>;
  /** Opens a page, changes what is typed into its form and sends it. A list stands for the boxes that are ticked. */
  readonly fill: (path: string, typed?: Typed, action?: RegExp) => Promise<Page>;
  /** A token that the forms of this browser carry. */
  readonly csrf: () => Promise<string>;
}

export async function aPerson(world: TestServer, email: string, { admin = false } = {}): Promise<APerson> {
  const password = 'a long enough password';
  const user = await world.container.resolve(CreateUser).execute({ actor: 'operator', email, password, admin });
  const browser = new OAuthCaller(world).browser();
  await browser.signIn('/sign-in', { email, password });
  const open = (path: string) => browser.open(path);
  return {
    user,
    browser,
    open,
    fill: async (path, typed = {}, action = new RegExp(`^${path}$`)) => send(browser, await open(path), action, typed),
    csrf: async () => formOf(await open('/'), /^\/sign-out$/).fields._csrf ?? '',
  };
}

async function send(browser: Browser, page: Page, action: RegExp, typed: Typed): Promise<Page> {
  const form = formOf(page, action);
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...textAreas(page), ...form.fields, ...ticked(page), ...typed }))
    for (const one of [value].flat()) body.append(name, one);
  return browser.open(form.action, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: body.toString() });
}

function textAreas(page: Page): Record<string, string> {
  return Object.fromEntries(
    [...page.text.matchAll(/<textarea\b[^>]*\bname="(\w+)"[^>]*>([^<]*)<\/textarea>/g)].map(([, name = '', text = '']) => [name, text]),
  );
}

/** Of each list, every box that is ticked; the simple browser knows only one. */
function ticked(page: Page): Record<string, string[]> {
  const boxes: Record<string, string[]> = {};
  for (const [, name = '', value = ''] of page.text.matchAll(/<input type="checkbox" name="(\w+)" value="([^"]*)" checked/g))
    boxes[name] = [...(boxes[name] ?? []), value];
  return boxes;
}
