export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

const tagPattern = /<([a-z][a-z0-9]*)((?:\s+[a-zA-Z][a-zA-Z:-]*(?:="[^"]*")?)*)\s*\/?>/g;
const attributePattern = /\s([a-zA-Z][a-zA-Z:-]*)(?:="([^"]*)")?/g;

/** The opening tags of a page; throws where a `<` starts anything else, so that no tag escapes the tests that read this list. */
export function tagsOf(html: string): Tag[] {
  const rest = html.replace(tagPattern, '').replace(/<\/[a-z][a-z0-9]*>|<!doctype html>/g, '');
  if (rest.includes('<')) throw new Error(`not a tag: ${rest.slice(rest.indexOf('<'), rest.indexOf('<') + 80)}`);
  return [...html.matchAll(tagPattern)].map(([, name = '', attributes = '']) => ({
    name,
    attributes: new Map([...attributes.matchAll(attributePattern)].map(([, key = '', value = '']) => [key.toLowerCase(), unescaped(value)])),
  }));
}

/** What a person reads: the text of a page without its head, spaces as they show. */
export function textOf(html: string): string {
  const body = html.slice(html.indexOf('<body'));
  const inline = body.replace(/<\/?(?:a|bdi|code|span|strong|wbr)(?:\s(?:[^>"]|"[^"]*")*)?\/?>/g, '');
  return unescaped(inline.replace(/<(?:[^>"]|"[^"]*")*>/g, ' ')).replace(/\s+/g, ' ');
}

function unescaped(text: string): string {
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
}
