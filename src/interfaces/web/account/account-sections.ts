import { DeleteAccountCard } from '../views/account/delete-account-card.js';
import { PasswordCard } from '../views/account/password-card.js';
import { PersonCard } from '../views/account/person-card.js';
import type { AccountPages } from './account-pages.js';
import type { AccountSection } from './account-section.js';
import { browsersSection } from './browsers-section.js';
import { waysSection } from './ways-section.js';

/** What stands on the account page, from top to bottom. */
export function accountSections(pages: AccountPages): readonly AccountSection[] {
  return [
    async ({ person }) => PersonCard({ person }),
    async ({ person }) => (pages.localAccounts && person.passwordHash !== null ? PasswordCard() : null),
    waysSection(pages),
    browsersSection(pages),
    async () => DeleteAccountCard(),
  ];
}
