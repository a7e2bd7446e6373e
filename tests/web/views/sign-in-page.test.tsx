import { describe, expect, it } from 'vitest';
import { renderPage } from '../../../src/interfaces/web/render.js';
import { SignInPage, type SignInPageProps } from '../../../src/interfaces/web/views/sign-in-page.js';
import { site } from './every-page.js';
import { tagsOf, textOf } from './html.js';

function page(props: Partial<SignInPageProps> = {}): string {
  return renderPage(<SignInPage site={site} action="/sign-in" csrfToken="csrf" {...props} />);
}

function field(html: string, name: string): ReadonlyMap<string, string> | undefined {
  return tagsOf(html).find((tag) => tag.attributes.get('name') === name)?.attributes;
}

describe('the sign-in page', () => {
  it('says where the person is going', () => {
    expect(textOf(page({ client: { id: 'c1', name: 'Zapier' } }))).toContain('Sign in to continue to Zapier');
    const described = { id: 'https://claude.ai/oauth/claude-code-client-metadata', name: 'Claude Code' };
    expect(textOf(page({ client: described }))).toContain('to continue to Claude Code, an app of claude.ai');
    expect(textOf(page())).toContain('Sign in at auth.example.com');
  });

  it('lets a password manager fill it in', () => {
    expect(field(page(), 'email')?.get('autocomplete')).toBe('username');
    expect(field(page(), 'password')?.get('autocomplete')).toBe('current-password');
  });

  it('keeps the e-mail address and drops the password after a mistake', () => {
    const html = page({ email: 'ada@example.com', error: 'No.' });
    expect(field(html, 'email')?.get('value')).toBe('ada@example.com');
    expect(field(html, 'password')?.has('value')).toBe(false);
  });

  it('ties a mistake to both fields, and marks none without one', () => {
    const html = page({ error: 'That e-mail address and password do not go together.' });
    const alert = tagsOf(html).find((tag) => tag.attributes.get('role') === 'alert');
    for (const name of ['email', 'password']) {
      expect(field(html, name)?.get('aria-describedby')).toBe(alert?.attributes.get('id'));
      expect(field(html, name)?.get('aria-invalid')).toBe('true');
      expect(field(page(), name)?.has('aria-invalid')).toBe(false);
    }
    expect(textOf(html)).toContain('do not go together');
  });

  it('shows nothing to type where people sign in elsewhere, and the only way as the one thing to do', () => {
    const acme = { name: 'Acme', action: '/sign-in/with/acme' };
    const only = page({ passwords: false, providers: [acme] });
    expect(field(only, 'password')).toBeUndefined();
    expect(textOf(only)).toContain('Continue with Acme');
    const kinds = (html: string) => tagsOf(html).flatMap(({ attributes }) => /button-(?:primary|secondary)/.exec(attributes.get('class') ?? '') ?? []);
    expect(kinds(only)).toEqual(['button-primary']);
    expect(kinds(page({ passwords: false, providers: [acme], elsewhere: [{ name: 'Team', href: 'https://team.example' }] }))).toEqual([
      'button-secondary',
      'button-secondary',
    ]);
    expect(kinds(page({ providers: [acme] }))).toEqual(['button-primary', 'button-secondary']);
  });
});
