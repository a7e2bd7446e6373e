/** What a rule guarantees, told by the first of these that its name fits. */
const guarantees: readonly [string, RegExp][] = [
  ['a store that is away says so, and comes back', /is away/],
  ['what was kept is there when the store is opened again', /opened again/],
  ['nobody sees what is another tenant’s', /tenant/],
  ['a failure leaves nothing half-done', /half-done|that fails|is taken|refuses a second|refused under an id|its own successor/],
  ['of many at once one wins, and nothing is lost', /at once|same moment|in a race|in flight|however close|while |instance|winner/],
  ['lists go on where they were, whatever is added', /page|list|meanwhile|goes on after/],
  ['what is dead goes, in bounded steps, and nothing else', /purg|delete|forget/],
  ['every field comes back equal', /every field|keeps the bytes|awkward|shares n|lists in their order/],
  ['an end is exact to the millisecond', /millisecond|expire|expiry|window|over with|is over/],
  ['what is not there is told from what is', /other key|unknown|nothing under|not there|nobody/],
  ['what is revoked is ended, with all that descends from it', /revok|replay|ended?\b|ends|removed|reason stays/],
];

export function guaranteeOf(groups: readonly string[], rule: string): string {
  const name = [...groups.slice(1), rule].join(' ');
  return guarantees.find(([, fits]) => fits.test(name))?.[0] ?? 'each verb does what the port says';
}
