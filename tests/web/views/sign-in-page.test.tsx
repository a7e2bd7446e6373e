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
    expect(textOf(page({ clientName: 'Zapier' }))).toContain('Sign in to continue to Zapier');
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
});
