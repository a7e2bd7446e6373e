import { spellingsOf } from '../../../application/identities/named-issuer.js';
import { WaysCard } from '../views/account/ways-card.js';
import type { AccountPages } from './account-pages.js';
import type { AccountSection } from './account-section.js';

/** How the person can sign in; nothing where there is no choice. */
export function waysSection({ listWays, linkableProviders }: AccountPages): AccountSection {
  return async ({ person }, { csrfToken }) => {
    const { password, linked } = await listWays.execute(person);
    if (linked.length === 0 && linkableProviders.length === 0) return null;
    // By issuer: two of them may be called alike.
    const linkable = linkableProviders.filter((provider) => !linked.some(({ issuer }) => spellingsOf(provider).includes(issuer)));
    return WaysCard({ password, linked, linkable, csrfToken });
  };
}
