import type { Preset } from '../../../../application/clients/preset.js';
import { Layout, type PersonFrame } from '../layout.js';
import { BackLink } from '../parts/back-link.js';
import { LinkList } from '../parts/link-list.js';

/** The first question about a new client: what is it for? */
export function ChoosePresetPage({ frame, presets }: { frame: PersonFrame; presets: readonly Preset[] }) {
  const links = presets.map(({ id, title, summary }) => ({ href: `/clients/new/${id}`, title, text: summary }));
  const other = {
    href: '/clients/new/custom',
    title: 'Something else',
    text: 'A web app with a server behind it, or whatever is not in this list: choose everything yourself.',
  };
  return (
    <Layout {...frame} title="New app" width="wide">
      <div class="page-head">
        <BackLink href="/clients">Your apps</BackLink>
        <h1>What would you like to connect?</h1>
        <p class="lead">Your answer fills in the form that follows; you can change everything there.</p>
      </div>
      <div class="card preset-list">
        <LinkList links={[...links, other]} />
      </div>
    </Layout>
  );
}
