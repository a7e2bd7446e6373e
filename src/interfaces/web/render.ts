import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** A view as the whole HTML document to send. Every text and attribute in it is escaped. */
export function renderPage(view: VNode): string {
  return `<!doctype html>\n${renderToString(view)}\n`;
}
