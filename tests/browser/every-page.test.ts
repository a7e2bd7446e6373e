import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addressParts } from '../../src/interfaces/web/views/address-parts.js';
import { everyPage, hostile, site } from '../web/views/every-page.js';
import { describeInChromium } from './chromium.js';
import { layoutProblems } from './layout-problems.js';

/** Longer than any line at 360 pixels, and with few places to break it. */
const long = 'maximiliane.oberhuber-lichtenstein@subdomain.example-company.com/0f1e2d3c4b5a69788796a5b4c3d2e1f0/return?tenant=emea-production-blue';
const written = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const asAddress = (text: string) => addressParts(text).map(written).join('<wbr/>');
const withLongTexts = (html: string) => html.replaceAll(asAddress(hostile), asAddress(long)).replaceAll(written(hostile), long);

/** Without the one whose headings and badges are long: those are words of ours. */
const pages = everyPage.filter(([name]) => name !== 'the parts of forms and lists');

const address = `https://${site.host}/`;
const asset = (name: string) => readFileSync(new URL(`../../src/interfaces/web/assets/${name}`, import.meta.url), 'utf8');
const assets = [
  { name: 'keywright.css', contentType: 'text/css', body: asset('keywright.css') },
  { name: 'copy.js', contentType: 'text/javascript', body: asset('copy.js') },
];

describeInChromium('every page with long addresses, ids and names', ({ open }) => {
  let page: Page;
  let html = '';

  beforeAll(async () => {
    const context = await open({}, { javaScriptEnabled: true });
    await context.route('**/*', (route) => {
      const url = route.request().url();
      if (url === address) return route.fulfill({ contentType: 'text/html', body: html });
      const found = assets.find(({ name }) => url.startsWith(`${address}assets/${name}`));
      return found ? route.fulfill(found) : route.abort();
    });
    page = await context.newPage();
  });
  afterAll(() => page?.context().close());

  /** What is wrong with a page at a width; it is loaded for each, as people load it. */
  const problemsAt = async (width: number, text: string): Promise<string[]> => {
    html = text;
    await page.setViewportSize({ width, height: 800 });
    await page.goto(address);
    return layoutProblems(page);
  };

  it.each(pages)('shows all of it, and lets it be tapped, at 360, 700 and 1280 pixels: %s', async (_name, text) => {
    for (const width of [360, 700, 1280]) expect([width, await problemsAt(width, withLongTexts(text))]).toEqual([width, []]);
  });

  it('has the long texts in their places', () => {
    expect(everyPage.filter(([, text]) => withLongTexts(text).includes(long)).length).toBeGreaterThan(50);
    expect(everyPage.filter(([, text]) => withLongTexts(text).includes('alert(1)&lt;')).map(([name]) => name)).toEqual([]);
  });

  it.each([
    ['cut: bdi', '<p><bdi style="display:block; overflow:hidden; text-overflow:ellipsis; white-space:nowrap">LONG</bdi></p>'],
    ['cut: p', '<p style="height:1.5em; overflow:hidden">LONG LONG LONG LONG LONG LONG LONG LONG</p>'],
    ['cut: input', '<p><input readonly value="LONG" style="width:100%; height:44px"></p>'],
    ['cut: textarea', '<p><textarea readonly rows="1" style="width:100%; height:44px">LONG LONG LONG</textarea></p>'],
    ['outside of its box: p', '<div class="card" style="width:200px"><p style="white-space:nowrap">LONG</p></div>'],
    ['torn: “@subdomain', '<h1 class="whole">LONG</h1>'],
    ['the page is wider than the window', '<p style="width:2000px">wide</p>'],
    ['smaller than 24 by 24: a', '<ul><li><a href="/">alone</a></li></ul>'],
    ['smaller than 24 by 24: button', '<button type="submit" style="padding:0; border:0; font-size:10px">tap</button>'],
  ])('would find “%s”', async (problem, body) => {
    const shell = (inner: string) =>
      `<!doctype html><link rel="stylesheet" href="/assets/keywright.css"><body class="page-wide"><main>${inner.replaceAll('LONG', long)}</main>`;
    expect(await problemsAt(360, shell('<p>A sentence with <a href="/">a link</a> and LONG</p>'))).toEqual([]);
    expect((await problemsAt(360, shell(body))).join('\n')).toContain(problem);
  });
});
