import type { Client } from '../../domain/clients/client.js';
import type { Preset } from './preset.js';

type Described = Pick<Client, 'name' | 'type' | 'redirectUris' | 'grantTypes'>;

/** The preset that a client was most likely made from, by its redirect URIs, its name, or what it may do; `null` when none fits. */
export function presetOfClient(presets: readonly Preset[], client: Described): Preset | null {
  return (
    presets.find((preset) => client.redirectUris.some((uri) => isRedirectUriOf(preset, uri))) ??
    presets.find(({ settings }) => settings.name === client.name) ??
    presets.find(({ settings }) => settings.name === undefined && settings.type === client.type && settings.grantTypes?.join() === client.grantTypes.join()) ??
    null
  );
}

function isRedirectUriOf({ settings, redirectTemplates }: Preset, uri: string): boolean {
  return settings.redirectUris?.includes(uri) || redirectTemplates.some((template) => !template.startsWith('{') && pattern(template).test(uri));
}

/** The template as a pattern in which every blank is one part of a host or path. */
function pattern(template: string): RegExp {
  return new RegExp(`^${template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '[^/]+')}$`);
}
