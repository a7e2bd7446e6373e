import type { Page } from '../support/browser.js';

/** What stands in the field with this label, as the HTML writes it; `undefined` when there is no such field. */
export function valueAt({ text }: Page, label: string): string | undefined {
  const [, id] = new RegExp(`<label for="([^"]+)">${label}</label>`).exec(text) ?? [];
  const [, value, lines] = new RegExp(`<(?:input\\b[^>]*\\bid="${id}"[^>]*? value="([^"]*)"|textarea\\b[^>]*\\bid="${id}"[^>]*>([^<]*)<)`).exec(text) ?? [];
  return value ?? lines;
}
