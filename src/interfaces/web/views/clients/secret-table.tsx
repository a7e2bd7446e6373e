import type { Client } from '../../../../domain/clients/client.js';
import type { ClientSecret } from '../../../../domain/clients/client-secret.js';
import { type SecretAdvice, secretAdvice } from '../../../../domain/secret-advice.js';
import { Badge } from '../parts/badge.js';
import { Button } from '../parts/button.js';
import { type Column, DataTable } from '../parts/data-table.js';
import { Ago, Day } from '../parts/moment.js';
import { readableText } from '../readable-text.js';

const advice: Record<SecretAdvice, { tone: 'success' | 'neutral'; text: string } | null> = {
  safe_to_remove: { tone: 'success', text: 'Safe to remove' },
  in_use: { tone: 'neutral', text: 'In use' },
  unused: null,
};

export interface SecretTableProps {
  readonly client: Pick<Client, 'id' | 'secrets' | 'ownerId'>;
  /** Who looks at it. */
  readonly viewerId: string;
  readonly now: Date;
}

/** A client's secrets, by what is still known of them. */
export function SecretTable({ client, viewerId, now }: SecretTableProps) {
  const { id, secrets } = client;
  const columns: [Column<ClientSecret>, ...Column<ClientSecret>[]] = [
    { heading: 'Secret', cell: (secret) => <Name secret={secret} all={secrets} now={now} /> },
    { heading: 'Last used', cell: ({ lastUsed }) => <LastUsed lastUsed={lastUsed} now={now} /> },
    { heading: 'Created', cell: (secret) => <Created secret={secret} ownerId={client.ownerId} viewerId={viewerId} /> },
    { heading: 'Expires', cell: ({ expiresAt }) => <Expiry expiresAt={expiresAt} now={now} /> },
    { heading: 'What to do', selfEvident: true, cell: (secret) => <Remove clientId={id} secret={secret} /> },
  ];
  return <DataTable caption="Client secrets" columns={columns} rows={secrets} rowKey={(secret) => secret.id} />;
}

function Name({ secret, all, now }: { secret: ClientSecret; all: readonly ClientSecret[]; now: Date }) {
  const word = advice[secretAdvice(secret, all, now)];
  return (
    <>
      <bdi>{readableText(secret.label)}</bdi> <code class="muted nowrap">…{secret.lastFour}</code> {word && <Badge tone={word.tone}>{word.text}</Badge>}
    </>
  );
}

function Created({ secret: { createdAt, createdBy }, ownerId, viewerId }: { secret: ClientSecret; ownerId: string | null; viewerId: string }) {
  const others = createdBy === ownerId ? 'its owner' : 'an administrator';
  return (
    <>
      <Day date={createdAt} /> <span class="muted">by {createdBy === null ? 'the command line' : createdBy === viewerId ? 'you' : others}</span>
    </>
  );
}

function LastUsed({ lastUsed, now }: { lastUsed: ClientSecret['lastUsed']; now: Date }) {
  if (lastUsed === null) return <span class="muted">never</span>;
  return (
    <>
      <Ago date={lastUsed.at} now={now} />
      {lastUsed.from !== null && <span class="muted"> from {lastUsed.from}</span>}
    </>
  );
}

function Expiry({ expiresAt, now }: { expiresAt: Date | null; now: Date }) {
  if (expiresAt === null) return <span class="muted">never</span>;
  return expiresAt > now ? <Day date={expiresAt} /> : <Badge tone="warning">Expired</Badge>;
}

function Remove({ clientId, secret: { id, label } }: { clientId: string; secret: ClientSecret }) {
  return (
    <Button href={`/clients/${clientId}/secrets/${id}/remove`}>
      Remove<span class="visually-hidden"> {readableText(label)}</span>
    </Button>
  );
}
