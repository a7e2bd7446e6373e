import { describe, expect, it } from 'vitest';
import { renderPage } from '../../../src/interfaces/web/render.js';
import { ConsentPage, type ConsentPageProps } from '../../../src/interfaces/web/views/consent-page.js';
import { consentProps } from './every-page.js';
import { tagsOf, textOf } from './html.js';

function page(changes: Partial<ConsentPageProps> = {}): string {
  return renderPage(<ConsentPage {...consentProps(changes)} />);
}

describe('the consent page', () => {
  it('names the client, the host it sends back to, the person and each scope in words', () => {
    const text = textOf(page());
    expect(text).toContain('Zapier wants to act for you');
    expect(text).toContain('Either way you go back to zapier.com.');
    expect(text).toContain('Signed in as ada@example.com');
    expect(text).toContain('See your name');
    expect(text).toContain('See your e-mail address');
    expect(text).toContain('You can end this access at any time.');
  });

  it('asks one question with two answers, and the Enter key gives the one that shares nothing', () => {
    const decisions = tagsOf(page()).filter((tag) => tag.name === 'button' && tag.attributes.get('name') === 'decision');
    expect(decisions.map((tag) => tag.attributes.get('value'))).toEqual(['deny', 'allow']);
  });

  it('isolates the client’s name wherever it stands among our words', () => {
    const html = page({ client: { id: 'c1', name: 'اسم' } });
    const body = html.slice(html.indexOf('<body'));
    expect(body.match(/<bdi class="client-name">اسم<\/bdi>/g)).toHaveLength(2);
    expect(body.replaceAll('<bdi class="client-name">اسم</bdi>', '')).not.toContain('اسم');
  });

  it('offers to leave out only what the client marked optional', () => {
    const html = page({
      scopes: [
        { name: 'profile', sentence: 'See your name' },
        { name: 'files', sentence: 'See your files', optional: true },
      ],
    });
    const boxes = tagsOf(html).filter((tag) => tag.attributes.get('type') === 'checkbox');
    expect(boxes.map((tag) => [tag.attributes.get('name'), tag.attributes.get('value'), tag.attributes.has('checked')])).toEqual([['scope', 'files', true]]);
  });

  it('says for whom the tokens are, when the client asked for a resource (RFC 8707 §2)', () => {
    expect(textOf(page({ resources: ['https://mcp.example.com/v1', 'https://files.example.com/'] }))).toContain(
      'For use at mcp.example.com, files.example.com.',
    );
    expect(textOf(page())).not.toContain('For use at');
  });

  it.each(['javascript:alert(1)', 'JAVASCRIPT:alert(1)', 'data:text/html,x', 'not an address', ' https://example.com'])(
    'does not link to %j',
    (homepageUri) => {
      const links = tagsOf(page({ client: { id: 'c1', name: 'App', homepageUri } })).filter((tag) => tag.attributes.has('target'));
      expect(links).toEqual([]);
    },
  );

  it('loads a logo over https, without telling its host where it is shown', () => {
    const [logo] = tagsOf(page({ client: { id: 'c1', name: 'App', logoUri: 'https://example.com/logo.png' } })).filter((tag) => tag.name === 'img');
    expect(logo?.attributes.get('src')).toBe('https://example.com/logo.png');
    expect(logo?.attributes.get('referrerpolicy')).toBe('no-referrer');
  });

  it.each(['http://example.com/logo.png', 'data:image/svg+xml,x', 'javascript:alert(1)'])('does not load a logo from %s', (logoUri) => {
    expect(tagsOf(page({ client: { id: 'c1', name: 'App', logoUri } })).filter((tag) => tag.name === 'img')).toEqual([]);
  });

  it('shows an international host in ASCII, so that no letter passes for another', () => {
    expect(textOf(page({ client: { id: 'c1', name: 'App', homepageUri: 'https://zаpier.com' } }))).toContain('xn--zpier-4ve.com');
  });

  it('says at which host a client describes itself, in place of its homepage', () => {
    const html = page({ client: { id: 'https://claude.ai/oauth/claude-code-client-metadata', name: 'Claude Code', homepageUri: 'https://claude.ai/code' } });
    expect(textOf(html)).toContain('Claude Code wants to act for you an app of claude.ai');
    expect(tagsOf(html).filter((tag) => tag.attributes.has('target'))).toEqual([]);
    expect(textOf(page())).not.toContain('describes itself');
  });

  it('lets the person switch account only where there is a way to', () => {
    expect(textOf(page())).not.toContain('Switch account');
    expect(
      tagsOf(page({ switchAccountAction: '/switch' }))
        .filter((tag) => tag.name === 'form')
        .map((tag) => tag.attributes.get('action')),
    ).toEqual(['/switch', '/consent/1']);
  });
});
