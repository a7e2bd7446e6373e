import type { ComponentChildren } from 'preact';
import type { Preset } from '../../../../application/clients/preset.js';
import { introductionOf } from '../../../../domain/clients/introduction.js';
import { clientPath } from '../../../client-path.js';
import { Layout, type PersonFrame } from '../layout.js';
import { BackLink } from '../parts/back-link.js';
import { Badge } from '../parts/badge.js';
import { Button } from '../parts/button.js';
import { ClientMark } from '../parts/client-mark.js';
import { Copyable } from '../parts/copyable.js';
import { DoneNotice } from '../parts/done-notice.js';
import { Notice } from '../parts/notice.js';
import { readableName } from '../readable-name.js';
import { SecretsCard } from '../secrets/secrets-card.js';
import { ClientFacts, type ClientFactsProps } from './client-facts.js';
import { clientWords } from './client-words.js';
import { DangerZone } from './danger-zone.js';
import { holderOf } from './holder-of.js';
import { IntroductionCard, introduced } from './introduction-card.js';

export interface ClientPageProps extends ClientFactsProps {
  readonly frame: PersonFrame;
  readonly viewerId: string;
  readonly now: Date;
  readonly preset: Preset | null;
  readonly back: { readonly href: string; readonly text: string };
  readonly done?: ComponentChildren;
  /** An administrator disabled it, and who looks is none. */
  readonly heldByHouse?: boolean;
}

/** One client: what it is, its secrets, and how it is ended. */
export function ClientPage(props: ClientPageProps) {
  const { frame, client, viewerId, now, preset, back, done, heldByHouse } = props;
  const introduction = introductionOf(client.id);
  return (
    <Layout {...frame} title={readableName(client.name)} width="wide" copying>
      <div class="page-head">
        <BackLink href={back.href}>{back.text}</BackLink>
        <div class="client-title">
          <ClientMark name={client.name} logoUri={client.logoUri} />
          <h1>
            <bdi>{readableName(client.name)}</bdi>
          </h1>
          <Badge>{introduction ? introduced(introduction) : clientWords.type[client.type]}</Badge>
          {client.disabledAt && <Badge tone="warning">Disabled</Badge>}
        </div>
      </div>
      <DoneNotice done={done} />
      {client.disabledAt && (
        <Notice tone="warning">
          <p>
            This app is switched off: it gets no tokens, and those it has are refused.{' '}
            {client.disabledBy === 'with_owner' && 'It was switched off with the person whose it is, and works again when they are enabled. '}
            {heldByHouse ? 'An administrator can enable it.' : 'Enable it below.'}
          </p>
        </Notice>
      )}
      {introduction ? (
        <IntroductionCard id={client.id} introduction={introduction} />
      ) : (
        <section class="card" aria-labelledby="connect">
          <div class="card-head">
            <h2 id="connect">Connect it</h2>
            <Button href={`${clientPath(client.id)}/recipe`}>{preset ? `Values for ${preset.title}` : 'Every value to paste'}</Button>
          </div>
          <Copyable name="client-id" label="Client id" value={client.id} />
        </section>
      )}
      {client.type === 'confidential' && <SecretsCard title="Client secrets" holder={holderOf(client)} viewerId={viewerId} now={now} />}
      <section class="card" aria-labelledby="settings">
        <div class="card-head">
          <h2 id="settings">Settings</h2>
          {!introduction && <Button href={`${clientPath(client.id)}/edit`}>Edit</Button>}
        </div>
        {introduction && <p class="hint">As it said when it was last allowed. People are asked, and PKCE is required, whatever it says.</p>}
        <ClientFacts {...props} />
      </section>
      <DangerZone {...{ client, heldByHouse }} csrfToken={frame.csrfToken} />
    </Layout>
  );
}
