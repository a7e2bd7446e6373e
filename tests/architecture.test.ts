import { readdir } from 'node:fs/promises';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { expect, test } from 'vitest';
import { architectureRules } from './architecture/rules.js';

const generated = 'src/infrastructure/prisma/generated/';

async function examine(root: string): Promise<ICruiseResult> {
  const { output } = await cruise([root], {
    validate: true,
    ruleSet: { forbidden: architectureRules(root) },
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules', generated] },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  });
  return output as ICruiseResult;
}

async function typeScriptFiles(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true });
  return entries.map((entry) => `${root}/${entry}`).filter((path) => /\.tsx?$/.test(path) && !path.startsWith(generated));
}

test('dependencies point inward, and every library has one home', async () => {
  const { modules, summary } = await examine('src');
  expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
  // Under a TypeScript that it does not understand dependency-cruiser reads nothing and finds nothing wrong.
  const read = new Set(modules.filter(({ dependencies }) => dependencies !== undefined).map(({ source }) => source));
  expect((await typeScriptFiles('src')).filter((path) => !read.has(path))).toEqual([]);
  expect(modules.flatMap(({ dependencies }) => dependencies).length).toBeGreaterThan(read.size / 2);
});

test('what is planted against the rules is reported', async () => {
  const { summary } = await examine('tests/architecture/planted');
  const found = summary.violations.map(({ rule, from }) => `${from.split('/')[3]}: ${rule.name}`);
  expect([...new Set(found)].sort()).toEqual([
    'application: application-points-inward',
    'application: core-without-libraries',
    'application: fastify-at-home',
    'domain: core-without-libraries',
    'domain: domain-points-inward',
    'domain: domain-without-the-machine',
    'domain: zod-at-home',
    'infrastructure: infrastructure-points-inward',
    'infrastructure: no-circles',
    'infrastructure: tsyringe-at-home',
    'interfaces: every-library-has-a-home',
    'interfaces: interfaces-points-inward',
    'interfaces: no-circles',
    'interfaces: pg-at-home',
    'verify: fastify-at-home',
    'verify: verify-points-inward',
  ]);
});
