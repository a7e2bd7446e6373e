import { type AdmittedMetadata, isAdmitted } from '../../domain/clients/metadata-uri.js';
import type { Preset } from './preset.js';

/** Which programs of a preset need no registration here, because they describe themselves where this server reads it. */
export function connectsByItself({ describesItself }: Pick<Preset, 'describesItself'>, admitted: AdmittedMetadata): readonly string[] {
  return describesItself.filter(({ at }) => isAdmitted(at, admitted)).map(({ program }) => program);
}
