import { describe, expect, it } from 'vitest';
import { renderPage } from '../../../src/interfaces/web/render.js';
import { type Message, MessagePage } from '../../../src/interfaces/web/views/message-page.js';
import { messages } from '../../../src/interfaces/web/views/messages.js';
import { site } from './every-page.js';
import { tagsOf, textOf } from './html.js';

function page(message: Message): string {
  return renderPage(<MessagePage site={site} message={message} />);
}

function links(html: string): (string | undefined)[] {
  return tagsOf(html)
    .filter((tag) => tag.attributes.get('class')?.startsWith('button'))
    .map((tag) => tag.attributes.get('href'));
}

describe('a message page', () => {
  it('tells the developer the error that must not be redirected, and offers no way back to an address that nobody trusts (RFC 6749 §4.1.2.1)', () => {
    const html = page(messages.untrustedRequest({ code: 'invalid_request', description: 'redirect_uri is not registered for this client' }));
    expect(textOf(html)).toContain('invalid_request');
    expect(textOf(html)).toContain('redirect_uri is not registered for this client');
    expect(links(html)).toEqual([]);
  });

  it('leads back to the client that was already answered', () => {
    const html = page(messages.alreadyAnswered({ name: 'Zapier', homepageUri: 'https://zapier.com/app' }));
    expect(textOf(html)).toContain('Your answer to Zapier was kept');
    expect(links(html)).toEqual(['https://zapier.com/app']);
  });

  it('leads nowhere when the client has no web address', () => {
    expect(links(page(messages.alreadyAnswered({ name: 'App', homepageUri: 'javascript:alert(1)' })))).toEqual([]);
    expect(links(page(messages.requestExpired()))).toEqual([]);
  });

  it('opens the form again that was open too long', () => {
    expect(links(page(messages.formTooOld('/sign-in?request=1')))).toEqual(['/sign-in?request=1']);
  });

  it('shows a reference to the log and nothing else about a failure', () => {
    expect(textOf(page(messages.somethingBroke('req-1')))).toContain('Reference req-1');
    expect(textOf(page(messages.somethingBroke()))).not.toContain('Technical details');
  });
});
