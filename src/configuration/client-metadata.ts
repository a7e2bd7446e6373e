import { presets } from '../application/clients/presets.js';
import { isPlace } from '../domain/clients/places.js';
import { admittedList, places } from './admitted-list.js';

/** Where the programs of the presets describe themselves. */
export const knownMetadata: readonly string[] = [
  ...new Set(presets.flatMap(({ describesItself }) => describesItself.map(({ at }) => at.slice('https://'.length)))),
];

/** Reads `CLIENT_METADATA_DOCUMENTS`: `any`, `none`, or places. */
export const parseAdmitted = admittedList(isPlace, places);
