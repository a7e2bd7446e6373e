import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core calls serious or critical on the page, one line each. The page's context must have JavaScript. */
export async function seriousProblems(page: Page): Promise<string[]> {
  // A function of this name in the page's world only; the page's own policy lets no script in.
  await page.evaluate(`${source}; undefined`);
  const { violations, passes } = (await page.evaluate('axe.run(document)')) as AxeResults;
  if (passes.length === 0) throw new Error('axe-core looked at nothing');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id} (${help}): ${target.join(' ')}`));
}
