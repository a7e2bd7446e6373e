import { isAdmittedRedirect } from '../../domain/clients/admitted-redirects.js';
import type { AdmittedIntroductions } from '../../domain/clients/introduction.js';
import { isAdmitted } from '../../domain/clients/places.js';
import type { Preset } from './preset.js';

/** Which programs of a preset need nobody who registers them here, because they introduce themselves in a way that this server takes. */
export function connectsByItself(
  { describesItself, registersItself }: Pick<Preset, 'describesItself' | 'registersItself'>,
  { documents, redirects }: AdmittedIntroductions,
): readonly string[] {
  const described = describesItself.filter(({ at }) => isAdmitted(at, documents));
  const registered = registersItself.filter(({ redirectUri }) => isAdmittedRedirect(redirectUri, redirects));
  return [...new Set([...described, ...registered].map(({ program }) => program))];
}
