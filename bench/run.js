/** `npm run bench`: how fast Keywright is, beside yardsticks and peers, on this machine at this moment. See `--help`. */
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { measure, startDriver } from './measure.js';
import { readOptions, usage } from './options.js';
import { benchPostgres } from './postgres.js';
import { medians, shuffled } from './statistics.js';
import { table } from './table.js';
import { keywright } from './targets/keywright.js';
import { yardstick } from './targets/yardstick.js';

const names = ['keywright', 'hello', 'limit-pg1'];
const options = chosenOptions();
if (options.help) {
  process.stdout.write(usage);
  process.exit();
}

const progress = (text) => process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}` : `${text}\n`);
const nodeOptions = options.profile === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profile}`];
const known = [keywright({ nodeOptions }), yardstick('hello'), yardstick('limit-pg1')];
const chosen = known.filter(({ name }) => options.targets.includes(name));

progress('starting PostgreSQL');
const postgres = await benchPostgres();
const driver = startDriver();
const running = [];
try {
  for (const target of chosen) {
    progress(`starting ${target.name}`);
    running.push({ name: target.name, peer: target.peer ?? false, ...(await target.start(postgres)) });
  }
  const results = [];
  for (const connections of options.connections) {
    for (const scenario of options.scenarios.filter((name) => name !== 'sign-ins')) results.push(...(await compared(scenario, connections)));
  }
  if (options.scenarios.includes('sign-ins')) results.push(...(await besideSignIns()));
  if (options.out !== null) {
    const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version };
    await writeFile(options.out, `${JSON.stringify({ machine, seconds: options.seconds, rounds: options.rounds, results }, null, 2)}\n`);
  }
} finally {
  progress('');
  for (const target of running) await target.stop();
  driver.stop();
  await postgres.stop();
}

function chosenOptions() {
  try {
    return readOptions(process.argv.slice(2), names);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}

/** Every server on one scenario, in rounds of another order each time. */
async function compared(scenario, connections) {
  const measurements = new Map(running.map(({ name }) => [name, []]));
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const target of shuffled(running)) {
      progress(`${scenario}, ${connections} connections, round ${round} of ${options.rounds}: ${target.name}`);
      measurements.get(target.name).push(await measure(driver, target, postgres, { scenario, connections, seconds: options.seconds }));
    }
  }
  const rows = running.map(({ name, peer }) => ({ target: name, peer, scenario, connections, ...medians(measurements.get(name)) }));
  progress('');
  process.stdout.write(`${table(`${scenario}, ${connections} connection${connections === 1 ? '' : 's'}`, rows)}\n`);
  return rows;
}

/** The token endpoint alone, and while ten people sign in over and over. */
async function besideSignIns() {
  const target = running.find(({ name }) => name === 'keywright');
  if (!target) return [];
  const [alone, beside] = [[], []];
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const [signIns, kept] of shuffled([
      [0, alone],
      [10, beside],
    ])) {
      progress(`client_credentials with ${signIns} people signing in, round ${round} of ${options.rounds}`);
      kept.push(await measure(driver, target, postgres, { scenario: 'client_credentials', connections: 4, seconds: options.seconds, signIns }));
    }
  }
  const [quiet, busy] = [medians(alone), medians(beside)];
  progress('');
  const line = ({ perSecond, p50, p99 }) => `${perSecond.toFixed(0)} tokens/s, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`;
  process.stdout.write(
    [
      '',
      'the token endpoint, 4 connections, while ten people sign in over and over',
      `alone   ${line(quiet)}`,
      `beside  ${line(busy)}; ${(busy.signedIn / busy.elapsed).toFixed(1)} sign-ins/s`,
      `p99     × ${(busy.p99 / quiet.p99).toFixed(2)}`,
      '',
    ].join('\n'),
  );
  return [
    { target: 'keywright', scenario: 'client_credentials alone', connections: 4, ...quiet },
    { target: 'keywright', scenario: 'client_credentials beside ten sign-ins', connections: 4, ...busy },
  ];
}
