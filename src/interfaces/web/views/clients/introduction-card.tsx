import type { Introduction } from '../../../../domain/clients/introduction.js';
import { Address } from '../parts/address.js';
import { Copyable } from '../parts/copyable.js';

interface IntroductionCardProps {
  readonly id: string;
  readonly introduction: Introduction;
}

/** Of a client that nobody registered here: how it introduced itself, and what that means. */
export function IntroductionCard({ id, introduction }: IntroductionCardProps) {
  return (
    <section class="card" aria-labelledby="introduction">
      {introduction.by === 'registration' ? (
        <>
          <h2 id="introduction">It registered itself</h2>
          <p>
            Nobody else registered this app here. What it is called, and where people are sent back to, is what it said; any app that says the same is this one.
            It is here because somebody allowed it.
          </p>
          <Copyable name="client-id" label="Client id" value={id} hint="What it said is in it." />
        </>
      ) : (
        <>
          <div class="card-head">
            <h2 id="introduction">
              It describes itself at <Address of={introduction.host} kind="strong" />
            </h2>
            <a class="button button-secondary" href={id} target="_blank" rel="noopener noreferrer">
              Open the document
            </a>
          </div>
          <p>
            Nobody registered this app here. What it is called, and where people are sent back to, is what its document says. That is read anew when the app
            asks to connect, and kept for as long as its host allows.
          </p>
          <Copyable name="client-id" label="Client id" value={id} hint="The address of the document." />
        </>
      )}
    </section>
  );
}

/** The same in two words. */
export function introduced(introduction: Introduction): string {
  return introduction.by === 'registration' ? 'Registered itself' : 'Describes itself';
}
