/** What a browser calls itself, the most particular first: each copies the names of those before it. */
const browsers = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\b(?:OPR|Opera|OPiOS)\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Vivaldi', /\bVivaldi\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|Chromium|HeadlessChrome|CriOS)\//],
  ['Safari', /\bVersion\/[\d.]+ .*\bSafari\//],
] as const;

const systems = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Mac', /\bMac(?:intosh| OS X)\b/],
  ['Linux', /\b(?:Linux|X11)\b/],
] as const;

/**
 * A `User-Agent` header (RFC 9110 §10.1.5) in words by which people know their own device, such as `Firefox on Windows`; `null` when it says
 * neither. Only these words are kept: what else the header holds, anybody may have written.
 */
export function browserName(userAgent: string | null): string | null {
  // Far longer than any browser's own.
  const text = userAgent?.slice(0, 1000) ?? '';
  const [browser, system] = [browsers, systems].map((known) => known.find(([, pattern]) => pattern.test(text))?.[0]);
  if (browser && system) return `${browser} on ${system}`;
  return browser ?? (system ? `A browser on ${system}` : null);
}
