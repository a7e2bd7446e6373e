import type { User } from '../../domain/people/user.js';
import type { NavLink } from './views/layout.js';
import type { PageLink } from './views/parts/link-list.js';

export type Section = 'start' | 'account' | 'connected-apps' | 'clients' | 'all-clients' | 'resource-servers' | 'people';

interface SectionLink extends NavLink {
  readonly section: Section;
  /** What the person finds there. */
  readonly purpose: string;
  readonly forAdministrators: boolean;
}

const sections: readonly SectionLink[] = [
  { section: 'connected-apps', href: '/connected-apps', text: 'Connected apps', purpose: 'See what acts for you, and end it', forAdministrators: false },
  { section: 'clients', href: '/clients', text: 'Your apps', purpose: 'Register an app, and look after its secrets', forAdministrators: false },
  { section: 'account', href: '/account', text: 'Your account', purpose: 'Who you are here, and where you are signed in', forAdministrators: false },
  { section: 'all-clients', href: '/admin/clients', text: 'All apps', purpose: 'Every app that is registered here', forAdministrators: true },
  { section: 'resource-servers', href: '/admin/resource-servers', text: 'APIs', purpose: 'Which APIs take tokens of this server', forAdministrators: true },
  { section: 'people', href: '/admin/users', text: 'People', purpose: 'Who can sign in here', forAdministrators: true },
];

function sectionsOpenTo(person: User): SectionLink[] {
  return sections.filter(({ forAdministrators }) => person.admin || !forAdministrators);
}

/** Where this person can go, with the section they are in. */
export function sectionsFor(person: User, current: Section): NavLink[] {
  return sectionsOpenTo(person).map(({ section, href, text }) => ({ href, text, current: section === current }));
}

/** The same with a word on each, for the start page. */
export function sectionLinksFor(person: User): PageLink[] {
  return sectionsOpenTo(person).map(({ href, text, purpose }) => ({ href, title: text, text: purpose }));
}
