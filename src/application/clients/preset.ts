import type { Client } from '../../domain/clients/client.js';
import type { ChosenSettings } from './default-settings.js';

/** A product or a kind of app that connects again and again: what a client for it needs, and where its values go. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  /** What is connected with it, in one sentence. */
  readonly summary: string;
  /** What is chosen for it; the rest takes its defaults. `redirectUris` are those that are the same for everybody. */
  readonly settings: ChosenSettings;
  /** Redirect URIs with a `{blank}` in them, each to be filled before the client can be saved. */
  readonly redirectTemplates: readonly string[];
  readonly blanks: readonly Blank[];
  /** Where the person finds redirect URIs that only they know. */
  readonly redirectHint: string | null;
  /** Who calls this server from the internet, wherever the person sits; `null` where that runs on machines of their choice. */
  readonly internetCaller: string | null;
  /** What of it describes itself, and where (Client ID Metadata Document): it connects without being registered. */
  readonly describesItself: readonly SelfDescribed[];
  /** What of it registers itself (RFC 7591), and comes back to where. */
  readonly registersItself: readonly RegistersItself[];
  readonly recipe: Recipe;
}

export interface SelfDescribed {
  /** The program, as people know it. */
  readonly program: string;
  /** Its identifier, or where that begins. */
  readonly at: string;
}

export interface RegistersItself {
  readonly program: string;
  /** One that it registers, or what those begin with. */
  readonly redirectUri: string;
}

/** What only the person knows about their side. */
export interface Blank {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly example: string;
}

/** What to do on the other side, once the client is made. */
export interface Recipe {
  /** Where in the product its form is. */
  readonly where: string;
  readonly lines: readonly RecipeLine[];
  /** What else helps there. */
  readonly notes: readonly string[];
}

/** A field of the product's own form and what goes into it: a value that this server knows, or the same text for everybody. */
export interface RecipeLine {
  readonly label: string;
  readonly value: RecipeValue | { readonly text: string };
}

export const recipeValues = [
  'issuer',
  'authorizationEndpoint',
  'deviceAuthorizationEndpoint',
  'tokenEndpoint',
  'meEndpoint',
  'clientId',
  'clientSecret',
  'scopes',
  'redirectUri',
] as const;
export type RecipeValue = (typeof recipeValues)[number];

/** What a client has to say about itself in a recipe. */
export type RecipeClient = Pick<Client, 'id' | 'scopes' | 'redirectUris' | 'type'>;
