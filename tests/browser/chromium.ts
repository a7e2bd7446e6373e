import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const whole = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** Without what draws its windows: shows the same pages in half the time. */
const withoutWindows = '/usr/bin/chromium-headless-shell';
const usual = process.env.CHROMIUM === undefined && existsSync(withoutWindows) ? withoutWindows : whole;
const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How people look at pages: with what they read by, and on what. */
export interface Look {
  readonly colorScheme: 'light' | 'dark';
  readonly width: 1280 | 360;
}

export const looks: readonly Look[] = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'light', width: 360 },
  { colorScheme: 'dark', width: 1280 },
  { colorScheme: 'dark', width: 360 },
];

export interface Chromium {
  /** A browser profile of its own; without JavaScript unless asked for. */
  readonly open: (look?: Partial<Look>, options?: BrowserContextOptions) => Promise<BrowserContext>;
}

/** Tests in a real Chromium. Where it is not installed one test says so; a build server must have it. */
export function describeInChromium(name: string, body: (chromium: Chromium) => void): void {
  describeIn(usual, name, body);
}

/** The same in one that has all that Chromium has for its windows, the password manager among it. */
export function describeInWholeChromium(name: string, body: (chromium: Chromium) => void): void {
  describeIn(whole, name, body);
}

function describeIn(executablePath: string, name: string, body: (chromium: Chromium) => void): void {
  if (!existsSync(executablePath) && process.env.CI === undefined) {
    describe(name, () => {
      it(`was not tried: chromium is not installed (no ${executablePath})`, () => expect(existsSync(executablePath)).toBe(false));
    });
    return;
  }
  describe(name, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath, args });
    });
    afterAll(() => browser?.close());
    body({
      open: ({ colorScheme = 'light', width = 1280 } = {}, options = {}) =>
        browser.newContext({ javaScriptEnabled: false, colorScheme, viewport: { width, height: width === 360 ? 740 : 900 }, ...options }),
    });
  });
}
