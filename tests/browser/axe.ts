import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { type Look, looks } from './chromium.js';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What depends on colours, sizes and the order of boxes. All else is in the HTML, which is the same in every look. */
const rulesOfALook = ['color-contrast', 'link-in-text-block', 'target-size', 'scrollable-region-focusable', 'meta-viewport'];

/** What axe-core calls serious or critical on the page, one line each: by all its rules in the first of the looks, in the others by what they change. The page's context must have JavaScript. */
export async function seriousProblems(page: Page, look: Look | undefined = looks[0]): Promise<string[]> {
  // A function of this name in the page's world only; the page's own policy lets no script in. It is half a megabyte, and stays as long as the page.
  if (await page.evaluate("typeof axe === 'undefined'")) await page.evaluate(`${source}; undefined`);
  const options: RunOptions = { resultTypes: ['violations'], ...(look !== looks[0] && { runOnly: rulesOfALook }) };
  const { violations, passes } = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as AxeResults;
  if (passes.length === 0) throw new Error('axe-core looked at nothing');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id} (${help}): ${target.join(' ')}`));
}
