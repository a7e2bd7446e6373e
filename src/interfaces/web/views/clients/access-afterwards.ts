import { actsForPeople, type Client, mayUse } from '../../../../domain/clients/client.js';

/** What an app can do when all its access was ended, and whether people are asked again, by what it may. `byOwner`: it is its owner who ends it. */
export function accessAfterwards(client: Client, byOwner: boolean): string {
  const stopped = whatStops(client);
  const sentences = [
    stopped && `It gets nothing new ${stopped.now}.`,
    actsForPeople(client) && `${stopped ? `Once it ${stopped.until}, people` : 'People'} can connect it again${askedText(client, byOwner)}`,
    mayUse(client, 'client_credentials') && !stopped && 'It can obtain new access for itself.',
  ];
  return sentences.filter(Boolean).join(' ');
}

/** What keeps it from new access, and what lets it have some. */
function whatStops({ disabledAt, type, secrets }: Client): { readonly now: string; readonly until: string } | null {
  if (disabledAt) return { now: 'while it is switched off', until: 'is enabled' };
  return type === 'confidential' && secrets.length === 0 ? { now: 'without a secret', until: 'has one' } : null;
}

function askedText({ consent }: Client, byOwner: boolean): string {
  if (consent === 'skip') return '.';
  return byOwner ? '; those who agreed before are not asked again.' : ', and are asked first.';
}
