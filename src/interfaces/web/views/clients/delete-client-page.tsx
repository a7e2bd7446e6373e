import type { Client } from '../../../../domain/clients/client.js';
import { ConfirmPage } from '../confirm-page.js';
import type { PersonFrame } from '../layout.js';
import { ClientName } from '../parts/client-name.js';

export interface DeleteClientPageProps {
  readonly frame: PersonFrame;
  readonly client: Pick<Client, 'id' | 'name'>;
  /** How many people it acts for now, and how many tokens end with it. */
  readonly reach: { readonly people: number; readonly tokens: number } | null;
}

export function DeleteClientPage({ frame, client, reach }: DeleteClientPageProps) {
  return (
    <ConfirmPage
      frame={frame}
      title="Delete this app?"
      text={
        <>
          <ClientName name={client.name} /> is removed with all its secrets, and its client id never works again. This cannot be undone; to stop it for a while,
          disable it instead.
        </>
      }
      warning={reach && reachText(reach)}
      action={`/clients/${client.id}/delete`}
      submit="Delete the app"
      cancelHref={`/clients/${client.id}`}
    />
  );
}

function reachText({ people, tokens }: { people: number; tokens: number }) {
  if (people === 0 && tokens === 0) return 'Nobody has allowed it anything, and it holds no tokens.';
  return `It ends the access that ${counted(people, 'person has', 'people have')} given it, with ${counted(tokens, 'token', 'tokens')}, at once.`;
}

function counted(count: number, one: string, several: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : several}`;
}
