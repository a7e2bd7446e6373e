import type { Secret } from '../../../../domain/secret.js';
import { type SecretAdvice, secretAdvice } from '../../../../domain/secret-advice.js';
import { Badge } from '../parts/badge.js';
import { Button } from '../parts/button.js';
import { type Column, DataTable } from '../parts/data-table.js';
import { Ago, Day } from '../parts/moment.js';
import { readableText } from '../readable-text.js';
import type { SecretHolder } from './secret-holder.js';

const advice: Record<SecretAdvice, { tone: 'success' | 'neutral'; text: string } | null> = {
  safe_to_remove: { tone: 'success', text: 'Safe to remove' },
  in_use: { tone: 'neutral', text: 'In use' },
  unused: null,
};

export interface SecretTableProps {
  readonly caption: string;
  readonly holder: SecretHolder;
  /** Who looks at it. */
  readonly viewerId: string;
  readonly now: Date;
}

/** Secrets, by what is still known of them. */
export function SecretTable({ caption, holder: { href, ownerId, secrets }, viewerId, now }: SecretTableProps) {
  const columns: [Column<Secret>, ...Column<Secret>[]] = [
    { heading: 'Secret', cell: (secret) => <Name secret={secret} all={secrets} now={now} /> },
    { heading: 'Last used', cell: ({ lastUsed }) => <LastUsed lastUsed={lastUsed} now={now} /> },
    { heading: 'Created', cell: (secret) => <Created secret={secret} ownerId={ownerId} viewerId={viewerId} /> },
    { heading: 'Expires', cell: ({ expiresAt }) => <Expiry expiresAt={expiresAt} now={now} /> },
    { heading: 'What to do', selfEvident: true, cell: (secret) => <Remove holderHref={href} secret={secret} /> },
  ];
  return <DataTable caption={caption} columns={columns} rows={secrets} rowKey={(secret) => secret.id} />;
}

function Name({ secret, all, now }: { secret: Secret; all: readonly Secret[]; now: Date }) {
  const word = advice[secretAdvice(secret, all, now)];
  return (
    <>
      <bdi>{readableText(secret.label)}</bdi> <code class="muted nowrap">…{secret.lastFour}</code> {word && <Badge tone={word.tone}>{word.text}</Badge>}
    </>
  );
}

function Created({ secret: { createdAt, createdBy }, ownerId, viewerId }: { secret: Secret; ownerId: string | null; viewerId: string }) {
  const others = createdBy === ownerId ? 'its owner' : 'an administrator';
  return (
    <>
      <Day date={createdAt} /> <span class="muted">by {createdBy === null ? 'the command line' : createdBy === viewerId ? 'you' : others}</span>
    </>
  );
}

function LastUsed({ lastUsed, now }: { lastUsed: Secret['lastUsed']; now: Date }) {
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

function Remove({ holderHref, secret: { id, label } }: { holderHref: string; secret: Secret }) {
  return (
    <Button href={`${holderHref}/secrets/${id}/remove`}>
      Remove<span class="visually-hidden"> {readableText(label)}</span>
    </Button>
  );
}
