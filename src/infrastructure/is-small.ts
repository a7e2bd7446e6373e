/** Of the scopes and resources of a token that is kept in memory: whoever asks for long ones, or for many, does not fill it. */
const mostCharacters = 512;
const mostEntries = 16;

/** May it be kept in memory? */
export function isSmall({ scopes, resources }: { readonly scopes: readonly string[]; readonly resources: readonly string[] }): boolean {
  return scopes.length + resources.length <= mostEntries && lengthOf(scopes) + lengthOf(resources) <= mostCharacters;
}

function lengthOf(texts: readonly string[]): number {
  let length = 0;
  for (const text of texts) length += text.length;
  return length;
}
