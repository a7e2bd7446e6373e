import type { ComponentChildren } from 'preact';
import { Layout, type Site } from './layout.js';
import { Button } from './parts/button.js';
import { type Fact, FactList } from './parts/fact-list.js';
import { Icon } from './parts/icon.js';
import { type Tone, toneIcons } from './parts/notice.js';

/** What a page has to say when there is nothing to fill in. */
export interface Message {
  readonly tone: Tone;
  readonly title: string;
  /** What happened, in a plain sentence. */
  readonly text: ComponentChildren;
  /** What the person can do now. */
  readonly next?: ComponentChildren;
  readonly actions?: readonly { readonly href: string; readonly text: ComponentChildren }[];
  /** For the developer to whom the person shows the page. */
  readonly details?: readonly Fact[];
}

export interface MessagePageProps {
  readonly site: Site;
  /** One of `messages`, or one made on the spot. */
  readonly message: Message;
}

export function MessagePage({ site, message: { tone, title, text, next, actions = [], details = [] } }: MessagePageProps) {
  return (
    <Layout site={site} title={title} width="narrow">
      <div class="card message">
        <span class={`message-sign tone-${tone}`}>
          <Icon name={toneIcons[tone]} />
        </span>
        <h1>{title}</h1>
        <p>{text}</p>
        {next && <p>{next}</p>}
        {actions.length > 0 && (
          <div class="actions">
            {actions.map(({ href, text: label }, index) => (
              <Button key={href} kind={index === 0 ? 'primary' : 'secondary'} href={href}>
                {label}
              </Button>
            ))}
          </div>
        )}
        {details.length > 0 && (
          <div class="technical">
            <h2>Technical details</h2>
            <FactList facts={details} />
          </div>
        )}
      </div>
    </Layout>
  );
}
