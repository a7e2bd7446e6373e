import { z } from 'zod';
import type { Preset, RecipeLine } from '../../../application/clients/preset.js';
import { presets } from '../../../application/clients/presets.js';
import { noBody, nothing, operation } from '../operation.js';
import { clientChangesSchema } from './client-schema.js';
import { settingsOnTheWire } from './client-wire.js';

const blankSchema = z
  .object({ name: z.string(), label: z.string(), hint: z.string(), example: z.string() })
  .meta({ id: 'PresetBlank', description: 'What only you know: it stands in braces in `redirect_templates`.' });

const recipeLineSchema = z
  .object({
    label: z.string().meta({ description: "The field of the product's own form." }),
    value: z.string().nullable().meta({ description: 'Which value of this server goes into it; `null` where `text` does.' }),
    text: z.string().nullable(),
  })
  .meta({ id: 'RecipeLine' });

const presetSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    summary: z.string(),
    settings: clientChangesSchema,
    redirect_templates: z.array(z.string()).meta({ description: 'Redirect URIs to add once their blanks are filled.' }),
    redirect_hint: z.string().nullable(),
    blanks: z.array(blankSchema),
    describes_itself: z
      .array(z.object({ program: z.string(), at: z.string().meta({ description: 'Where its identifier begins.' }) }).meta({ id: 'SelfDescribed' }))
      .meta({ description: 'Programs that need no client where `CLIENT_METADATA_DOCUMENTS` lets them describe themselves.' }),
    registers_itself: z
      .array(
        z.object({ program: z.string(), redirect_uri: z.string().meta({ description: 'Where its redirect URIs begin.' }) }).meta({ id: 'RegistersItself' }),
      )
      .meta({ description: 'Programs that need no client where `CLIENT_REGISTRATION` lets them register themselves.' }),
    recipe: z.object({ where: z.string(), lines: z.array(recipeLineSchema), notes: z.array(z.string()) }).meta({ id: 'Recipe' }),
  })
  .meta({ id: 'Preset', description: 'A product that people connect: the settings of a client for it, and where its values go.' });

const listPresets = operation({
  id: 'listPresets',
  method: 'GET',
  path: '/presets',
  tag: 'Presets',
  summary: 'List the products that clients can be made for',
  scopes: ['clients:read'],
  params: nothing,
  query: nothing,
  body: noBody,
  status: 200,
  answer: z.object({ data: z.array(presetSchema) }).meta({ id: 'PresetList' }),
  handle: async () => ({ data: presets.map(presetOnTheWire) }),
});

export const presetOperations = [listPresets];

function presetOnTheWire({
  id,
  title,
  summary,
  settings,
  redirectTemplates,
  redirectHint,
  blanks,
  describesItself,
  registersItself,
  recipe,
}: Preset): z.output<typeof presetSchema> {
  return {
    id,
    title,
    summary,
    settings: settingsOnTheWire(settings),
    redirect_templates: [...redirectTemplates],
    redirect_hint: redirectHint,
    blanks: [...blanks],
    describes_itself: [...describesItself],
    registers_itself: registersItself.map(({ program, redirectUri }) => ({ program, redirect_uri: redirectUri })),
    recipe: { where: recipe.where, lines: recipe.lines.map(lineOnTheWire), notes: [...recipe.notes] },
  };
}

function lineOnTheWire({ label, value }: RecipeLine): z.output<typeof recipeLineSchema> {
  return typeof value === 'string' ? { label, value: snakeCase(value), text: null } : { label, value: null, text: value.text };
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
