import { z } from 'zod';
import type { ApiScope } from '../domain/api-scope.js';
import { isScopeToken, type ScopeCatalogue } from '../domain/scope.js';
import { parsedJson } from './problems.js';

/** What the server grants out of the box, each scope with the sentence that people read. */
const standardScopes: Record<string, string> & Record<ApiScope, string> = {
  default: 'Use your account in the ways the app offers you',
  profile: 'See your user name',
  email: 'See your e-mail address',
  offline_access: 'Keep working for you while you are away',
  'clients:read': 'See the apps you registered here',
  'clients:write': 'Register, change and delete apps in your name, and make secrets for them',
  'grants:read': 'See which apps act for you, and when they last did',
  'grants:write': 'Disconnect apps that act for you, and end the access that people gave your own apps',
  'sessions:read': 'See in which browsers you are signed in here',
  'sessions:write': 'Sign you out here, in one browser or in all',
  admin: 'Administer this server where you may: everybody’s apps, connected apps and accounts',
};

export const standardCatalogue: ScopeCatalogue = catalogueOf(standardScopes);

/** Reads SCOPES: `{"name": "sentence", …}`. */
export function parseCatalogue(text: string, context: z.RefinementCtx): ScopeCatalogue {
  const parsed = z.record(z.string().refine(isScopeToken), z.string().min(1)).safeParse(parsedJson(text));
  if (parsed.success && Object.keys(parsed.data).length > 0) return catalogueOf(parsed.data);
  context.addIssue({ code: 'custom', message: 'must be a JSON object of scope names, each with the sentence that people read' });
  return z.NEVER;
}

function catalogueOf(sentences: Readonly<Record<string, string>>): ScopeCatalogue {
  return Object.entries(sentences).map(([name, sentence]) => ({ name, sentence }));
}
