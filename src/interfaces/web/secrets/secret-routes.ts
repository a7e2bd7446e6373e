import type { VNode } from 'preact';
import type { Idempotently } from '../../../application/operations/idempotently.js';
import type { Clock } from '../../../application/ports/clock.js';
import { InvalidInput, NotFound, type Problem } from '../../../domain/errors.js';
import { secretAdvice } from '../../../domain/secret-advice.js';
import { onlyOnce } from '../only-once.js';
import type { PersonRoutes } from '../person-routes.js';
import type { Section } from '../sections.js';
import { NewSecretPage } from '../views/secrets/new-secret-page.js';
import { RemoveSecretPage } from '../views/secrets/remove-secret-page.js';
import type { SecretHolder } from '../views/secrets/secret-holder.js';
import type { Visit } from '../visit.js';
import { endOfDay } from './end-of-day.js';

/** What differs between the secrets of apps and those of APIs. */
export interface SecretRoutes<Found> {
  /** The page of the holder, with its parameter; those of its secrets lie beneath. */
  readonly path: string;
  /** The holder that an address names. Throws `NotFound` where there is none for this person. */
  find(visit: Visit): Promise<Found>;
  readonly view: (found: Found, visit: Visit) => SecretHolder & { readonly section: Section; readonly mayHaveMore: boolean };
  /** Adds one, and answers it in full. */
  add(found: Found, visit: Visit, chosen: { readonly label: string; readonly expiresAt: Date | null }): Promise<string>;
  /** The only page that shows it. */
  readonly made: (found: Found, visit: Visit, plain: string) => VNode;
  remove(found: Found, visit: Visit, secretId: string): Promise<unknown>;
}

/** `{holder}/secrets`: adding one beside the others, and removing one. */
export function secretRoutes<Found>(
  routes: PersonRoutes,
  { idempotently, clock }: { readonly idempotently: Idempotently; readonly clock: Clock },
  { path, find, view, add, made, remove }: SecretRoutes<Found>,
): void {
  const show = (visit: Visit, found: Found, form: { label: string; expiresAt: string }, problems: readonly Problem[] = []) => {
    const holder = view(found, visit);
    const page = NewSecretPage({ frame: visit.frame(holder.section), holder, form, problems, once: visit.onceName() });
    return visit.show(page, { status: problems.length > 0 ? 422 : 200 });
  };

  routes.get(`${path}/secrets/new`, async (visit) => {
    const found = await find(visit);
    if (!view(found, visit).mayHaveMore) throw new NotFound('secrets');
    return show(visit, found, { label: '', expiresAt: '' });
  });

  routes.post(`${path}/secrets/new`, async (visit) => {
    const found = await find(visit);
    const posted = visit.form();
    const form = { label: posted.one('label') ?? '', expiresAt: posted.one('expiresAt') ?? '' };
    try {
      const plain = await onlyOnce(idempotently, visit, form, () => add(found, visit, { label: form.label, expiresAt: endOfDay(form.expiresAt) }));
      return visit.show(made(found, visit, plain), { script: true });
    } catch (error) {
      if (error instanceof InvalidInput) return show(visit, found, form, error.problems);
      throw error;
    }
  });

  routes.get(`${path}/secrets/:secretId/remove`, async (visit) => {
    const holder = view(await find(visit), visit);
    const secret = holder.secrets.find(({ id }) => id === visit.part('secretId'));
    if (!secret) throw new NotFound('secret');
    const now = clock.now();
    return visit.show(RemoveSecretPage({ frame: visit.frame(holder.section), holder, secret, advice: secretAdvice(secret, holder.secrets, now), now }));
  });

  routes.post(`${path}/secrets/:secretId/remove`, async (visit) => {
    const found = await find(visit);
    await remove(found, visit, visit.part('secretId'));
    return visit.goTo(`${view(found, visit).href}?done=secret-removed`);
  });
}
