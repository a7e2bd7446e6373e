import { connectsByItself } from '../../../application/clients/connects-by-itself.js';
import type { ChosenSettings } from '../../../application/clients/default-settings.js';
import { withDefaults } from '../../../application/clients/default-settings.js';
import { presetRedirectUris } from '../../../application/clients/fill-preset.js';
import type { Preset } from '../../../application/clients/preset.js';
import { presets } from '../../../application/clients/presets.js';
import { recipeForClient } from '../../../application/clients/recipe-for-client.js';
import { unreachableIssuer } from '../../../application/clients/unreachable-issuer.js';
import { InvalidInput, NotFound, type Problem } from '../../../domain/errors.js';
import { byItselfText } from '../../by-itself-text.js';
import { onlyOnce } from '../only-once.js';
import type { PersonRoutes } from '../person-routes.js';
import { ChoosePresetPage } from '../views/clients/choose-preset-page.js';
import { ClientFormPage } from '../views/clients/client-form-page.js';
import { ClientMadePage } from '../views/clients/client-made-page.js';
import type { Visit } from '../visit.js';
import { type ClientForm, formOfSettings, typedForm } from './client-form.js';
import type { ClientPages } from './client-pages.js';
import { settingsOfForm } from './form-settings.js';

/** `/clients/new`: which product, then its form, then the credentials. */
export function createClientController(routes: PersonRoutes, { idempotently, createClient, issuer, introductions, knownScopes, usual }: ClientPages): void {
  const show = async (visit: Visit, preset: Preset | null, form: ClientForm, problems: readonly Problem[] = []) => {
    const view = ClientFormPage({
      frame: visit.frame('clients'),
      title: preset ? `New app: ${preset.title}` : 'New app',
      lead: preset?.summary,
      action: `/clients/new/${preset?.id ?? 'custom'}`,
      submit: 'Create the app',
      back: { href: '/clients/new', text: 'What would you like to connect?' },
      house: visit.person.admin ? 'create' : 'none',
      once: visit.onceName(),
      unreachable: preset && unreachableIssuer(preset, issuer),
      byItself: preset ? byItselfText(connectsByItself(preset, introductions)) : null,
      ...{ form, problems, catalogue: await knownScopes.all(), usual, preset },
    });
    return visit.show(view, { status: problems.length > 0 ? 422 : 200 });
  };

  routes.get('/clients/new', async (visit) => visit.show(ChoosePresetPage({ frame: visit.frame('clients'), presets })));

  routes.get('/clients/new/:preset', async (visit) => {
    const preset = namedPreset(visit.part('preset'));
    return show(visit, preset, formOfSettings(withDefaults(preset?.settings ?? byHand, knownScopes.own)));
  });

  routes.post('/clients/new/:preset', async (visit) => {
    const preset = namedPreset(visit.part('preset'));
    const form = typedForm(visit.form(), preset?.blanks.map(({ name }) => name) ?? []);
    try {
      const settings = settingsFor(preset, form);
      const { client, secret } = await onlyOnce(idempotently, visit, form, async () => {
        const owner = form.owner === 'nobody' ? ('nobody' as const) : undefined;
        const made = await createClient.execute({ actor: visit.person, settings, owner });
        const { id, name, type, scopes, redirectUris } = made.client;
        return { client: { id, name, type, scopes, redirectUris }, secret: made.secret };
      });
      const lines = preset ? recipeForClient(preset, client, issuer, secret) : [];
      const unreachable = preset && unreachableIssuer(preset, issuer);
      const view = ClientMadePage({ frame: visit.frame('clients'), title: 'Your app is ready', client, secret, preset, lines, unreachable });
      return visit.show(view, { script: true });
    } catch (error) {
      if (error instanceof InvalidInput) return show(visit, preset, form, error.problems);
      throw error;
    }
  });
}

/** What is ticked where everything is chosen by hand: it acts for people. For what acts for itself there is a preset. */
const byHand: ChosenSettings = { grantTypes: ['authorization_code', 'refresh_token'] };

/** `null`: everything is chosen by hand. */
function namedPreset(id: string): Preset | null {
  const preset = presets.find((candidate) => candidate.id === id);
  if (!preset && id !== 'custom') throw new NotFound('preset');
  return preset ?? null;
}

/** The form's redirect URIs hold those that are the same for everybody; the ones with blanks come on top. */
function settingsFor(preset: Preset | null, form: ClientForm): ChosenSettings {
  const settings = settingsOfForm(form);
  if (!preset) return settings;
  const templates = { ...preset, settings: { redirectUris: [] } };
  return { ...settings, redirectUris: [...presetRedirectUris(templates, (blank) => form.blanks[blank] ?? null), ...(settings.redirectUris ?? [])] };
}
