import { guaranteeOf } from './guarantees.js';
import type { RuleResult } from './noting.js';

/** Which guarantees hold: a line for each, by port, then every rule that was broken. `results` are of one store, whose name is their outermost group. */
export function guaranteeTable(name: string, results: readonly RuleResult[]): string {
  const broken = results.filter(({ held }) => !held);
  const lines = [`${name}: ${results.length - broken.length} rules held, ${broken.length} broken`, '', row('', 'held', 'broken')];
  for (const [port, ofPort] of groupedBy(results, ({ groups }) => groups[1] ?? '')) {
    lines.push(line(port, ofPort));
    const byGuarantee = groupedBy(ofPort, ({ groups, rule }) => guaranteeOf(groups.slice(1), rule));
    for (const [guarantee, ofGuarantee] of byGuarantee) lines.push(line(`  ${guarantee}`, ofGuarantee));
  }
  if (broken.length > 0)
    lines.push('', 'broken:', ...broken.map(({ groups, rule, failure }) => `  ${[...groups.slice(1), rule].join(' › ')}\n${because(failure)}`));
  return lines.join('\n');
}

function line(title: string, results: readonly RuleResult[]): string {
  const held = results.filter((result) => result.held).length;
  return row(title, String(held), held === results.length ? '-' : String(results.length - held));
}

const row = (title: string, held: string, broken: string) => `${title.padEnd(62)}${held.padStart(6)}${broken.padStart(8)}`;

function because(failure: unknown): string {
  const [first = ''] = (failure instanceof Error ? failure.message : String(failure)).split('\n');
  return `    ${first}`;
}

function groupedBy(results: readonly RuleResult[], keyOf: (result: RuleResult) => string): Map<string, RuleResult[]> {
  const grouped = new Map<string, RuleResult[]>();
  for (const result of results) grouped.set(keyOf(result), [...(grouped.get(keyOf(result)) ?? []), result]);
  return grouped;
}
