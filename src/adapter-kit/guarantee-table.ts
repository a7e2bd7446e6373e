import { guaranteeOf } from './guarantees.js';
import type { RuleNotes, RuleResult } from './noting.js';
import type { HarnessTrouble } from './watched-harness.js';

/** Lines of what a rule failed with that are shown. */
const shownLines = 6;

/** Which guarantees hold: a line for each, by port, then every rule that was broken; `unexamined` is what no rule was about. `results` are of one store, whose name is their outermost group. */
export function guaranteeTable(
  name: string,
  { results, registered }: RuleNotes,
  trouble: HarnessTrouble = new Map(),
  unexamined: readonly string[] = [],
): string {
  const broken = results.filter(({ held }) => !held);
  const left = registered - results.length;
  const head = `${name}: ${results.length - broken.length} rules held, ${broken.length} broken${left > 0 ? `, ${left} not run` : ''}`;
  const lines = [
    `══ adapter kit ${'═'.repeat(62)}`,
    head,
    ...[...trouble].flatMap(([said, times]) => troubleLines(said, times)),
    ...(unexamined.length > 0 ? [`not examined: ${unexamined.join(', ')}`] : []),
    '',
    row('', 'held', 'broken'),
  ];
  for (const [port, ofPort] of groupedBy(results, ({ groups }) => groups[1] ?? '')) {
    lines.push(line(port, ofPort));
    const byGuarantee = groupedBy(ofPort, ({ groups, rule }) => guaranteeOf(groups.slice(1), rule));
    for (const [guarantee, ofGuarantee] of byGuarantee) lines.push(line(`  ${guarantee}`, ofGuarantee));
  }
  if (broken.length > 0)
    lines.push('', 'broken:', ...broken.map(({ groups, rule, failure }) => `  ${[...groups.slice(1), rule].join(' › ')}\n${because(failure)}`));
  return [...lines, '═'.repeat(76)].join('\n');
}

function troubleLines(said: string, times: number): string[] {
  return [`!! ${said.split('\n').slice(0, shownLines).join('\n   ')}`, `   ${times === 1 ? 'once' : `${times} times`}; no rule that needs it was run`];
}

function line(title: string, results: readonly RuleResult[]): string {
  const held = results.filter((result) => result.held).length;
  return row(title, String(held), held === results.length ? '-' : String(results.length - held));
}

const row = (title: string, held: string, broken: string) => `${title.padEnd(62)}${held.padStart(6)}${broken.padStart(8)}`;

/** The message, and those of what caused it: an error that stands for another says little by itself. */
function because(failure: unknown): string {
  const lines: string[] = [];
  for (let error = failure, depth = 0; error !== undefined && depth < 4; error = error instanceof Error ? error.cause : undefined, depth += 1) {
    const said = (error instanceof Error ? error.message : String(error)).split('\n').filter((text) => text.trim() !== '');
    lines.push(...said.slice(0, shownLines).map((text, index) => `    ${depth > 0 && index === 0 ? 'caused by: ' : ''}${text}`));
  }
  return lines.join('\n');
}

function groupedBy(results: readonly RuleResult[], keyOf: (result: RuleResult) => string): Map<string, RuleResult[]> {
  const grouped = new Map<string, RuleResult[]>();
  for (const result of results) grouped.set(keyOf(result), [...(grouped.get(keyOf(result)) ?? []), result]);
  return grouped;
}
