import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const source = readFileSync(new URL('layout-problems.in-page.js', import.meta.url), 'utf8');

/**
 * What cannot be read, or hit with a finger, on the page as it stands: a page that scrolls sideways, text that is cut or leaves its box, an address that is torn where a reader would not break it, what is tapped and
 * smaller than 24 by 24 pixels (WCAG 2.2, 2.5.8). One line each.
 */
export async function layoutProblems(page: Page): Promise<string[]> {
  // Without its stylesheet every page has some.
  await page.waitForLoadState();
  return (await page.evaluate(source)) as string[];
}
