import { describe, expect, it } from 'vitest';
import { everyPage, hostile } from './every-page.js';
import { tagsOf } from './html.js';

const text = new Set(['text', 'password', 'url', 'number', 'date']);

describe.each(everyPage)('%s', (_name, html) => {
  const tags = tagsOf(html);
  const named = (name: string) => tags.filter((tag) => tag.name === name);
  const labels = new Set(named('label').map((tag) => tag.attributes.get('for')));
  const ids = tags.flatMap((tag) => tag.attributes.get('id') ?? []);

  it('has no inline script, no inline style and no event handler', () => {
    expect(html.replaceAll(/<script src="\/assets\/copy\.js\?v=v1" defer><\/script>/g, '')).not.toContain('<script');
    expect([...named('style'), ...named('iframe'), ...named('object')]).toEqual([]);
    expect(tags.flatMap((tag) => [...tag.attributes.keys()]).filter((name) => name === 'style' || name.startsWith('on'))).toEqual([]);
  });

  it('lets nothing from outside out of its place', () => {
    expect(html).not.toContain(hostile);
    expect(html).not.toContain('<script>');
    expect(named('title')).toHaveLength(1);
    expect(named('img').every((tag) => tag.attributes.get('src')?.startsWith('https://'))).toBe(true);
    expect(tags.some((tag) => tag.attributes.get('src') === 'x')).toBe(false);
  });

  it('has a language, a title of its own and one heading of the first level', () => {
    expect(named('html')[0]?.attributes.get('lang')).toBe('en');
    expect(html).toMatch(/<title>[^<]+ · Keywright<\/title>/);
    expect(named('h1')).toHaveLength(1);
  });

  it('labels everything that can be filled in', () => {
    const inputs = [...named('input'), ...named('textarea')].filter(({ attributes }) => attributes.get('type') !== 'hidden' && !attributes.has('hidden'));
    for (const input of inputs.filter((tag) => text.has(tag.attributes.get('type') ?? 'text'))) expect(labels).toContain(input.attributes.get('id'));
    const choices = inputs.filter((tag) => !text.has(tag.attributes.get('type') ?? 'text'));
    expect(html.match(/<label class="choice"><input /g) ?? []).toHaveLength(choices.length);
  });

  it('refers only to ids that are there, each once', () => {
    expect(new Set(ids).size).toBe(ids.length);
    const references = tags.flatMap((tag) => ['aria-describedby', 'aria-labelledby', 'for'].flatMap((name) => tag.attributes.get(name)?.split(' ') ?? []));
    expect(references.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('posts every form with its CSRF token', () => {
    for (const form of named('form')) {
      expect(form.attributes.get('method')).toBe('post');
      const first = tags[tags.indexOf(form) + 1]?.attributes;
      expect([first?.get('type'), first?.get('name'), first?.get('value') !== '']).toEqual(['hidden', '_csrf', true]);
    }
  });
});
