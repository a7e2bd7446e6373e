import { InvalidArgumentError, Option } from 'commander';
import { connectsByItself } from '../../application/clients/connects-by-itself.js';
import type { ChosenSettings } from '../../application/clients/default-settings.js';
import { presetRedirectUris } from '../../application/clients/fill-preset.js';
import type { Preset } from '../../application/clients/preset.js';
import { presets } from '../../application/clients/presets.js';
import { recipeForClient } from '../../application/clients/recipe-for-client.js';
import { unreachableIssuer } from '../../application/clients/unreachable-issuer.js';
import type { Client } from '../../domain/clients/client.js';
import type { AdmittedIntroductions } from '../../domain/clients/introduction.js';
import { InvalidInput } from '../../domain/errors.js';
import { byItselfText } from '../by-itself-text.js';
import { unreachableText } from '../unreachable-text.js';
import type { ClientOptions } from './client-options.js';
import { settingsFrom } from './client-settings.js';
import { type KeywrightCommand, RepeatableOption } from './keywright-command.js';
import { fields } from './terminal.js';

export interface PresetOptions extends ClientOptions {
  readonly preset?: string;
  /** `name=value` of what only the person knows about the other side. */
  readonly blank?: readonly string[];
}

export function addPresetOptions(command: KeywrightCommand): KeywrightCommand {
  return command
    .addOption(new Option('--preset <id>', 'what it connects: fills in what that needs').choices(presets.map(({ id }) => id)))
    .addOption(new RepeatableOption('--blank <name=value>', 'fills a blank of the preset, such as host=n8n.example.com', blank));
}

export function presetNamed(id: string | undefined): Preset | null {
  return presets.find((preset) => preset.id === id) ?? null;
}

/** What the preset chooses, and over it what the flags choose. Redirect URIs that were typed out stand for those with blanks, unless these are filled too. */
export function settingsWithPreset(preset: Preset | null, options: PresetOptions): ChosenSettings {
  const chosen = settingsFrom(options);
  if (preset === null) return chosen;
  const { blank: blanks = [], redirectUri: typed = [] } = options;
  const filled = (name: string) => blanks.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
  refuseUnknownBlanks(preset, blanks);
  const ofPreset = typed.length > 0 && blanks.length === 0 ? (preset.settings.redirectUris ?? []) : redirectUrisOf(preset, filled);
  const named = Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined));
  return { ...preset.settings, ...named, redirectUris: [...ofPreset, ...typed] };
}

/** A blank is no flag of its own: the problem is told as it has to be typed. */
function redirectUrisOf(preset: Preset, filled: (name: string) => string | null): string[] {
  try {
    return presetRedirectUris(preset, filled);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new InvalidInput(
      error.problems.map(({ field, message }) => ({ field: `blank ${field}=…`, message: `${message}; or give the whole address with --redirect-uri` })),
    );
  }
}

function refuseUnknownBlanks({ blanks: known }: Preset, typed: readonly string[]): void {
  const names = known.map(({ name }) => name);
  const unknown = typed.map((one) => one.split('=', 1)[0] as string).filter((name) => !names.includes(name));
  if (unknown.length === 0) return;
  const message = names.length === 0 ? 'this preset has no blanks' : `this preset has the blanks ${names.join(', ')}`;
  throw new InvalidInput(unknown.map((name) => ({ field: `blank ${name}`, message })));
}

const none: AdmittedIntroductions = { documents: [], redirects: [] };

interface Here {
  readonly issuer: string;
  readonly introductions?: AdmittedIntroductions;
}

/** What to paste where on the other side; before it what keeps that from arriving here or makes it needless, and after it what else helps there. */
export function recipeText(preset: Preset, client: Client, { issuer, introductions = none }: Here, secret: string | null): string {
  const lines = recipeForClient(preset, client, issuer, secret).map(({ label, value }) => [label, value] as const);
  const unreachable = unreachableIssuer(preset, issuer);
  const before = [unreachable && unreachableText(unreachable), byItselfText(connectsByItself(preset, introductions))];
  const { where, notes } = preset.recipe;
  return `${before.map((one) => (one === null ? '' : `\n${one}\n`)).join('')}\n${where}\n\n${fields(lines)}${notes.map((one) => `\n${one}\n`).join('')}`;
}

function blank(text: string): string[] {
  if (!/^\w+=./.test(text)) throw new InvalidArgumentError('Give the name of the blank and its value: host=n8n.example.com');
  return [text];
}
