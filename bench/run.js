/** `npm run bench`: how fast Keywright is, beside yardsticks and peers, on this machine at this moment. See `--help`. */
import { besideSignIns } from './beside-sign-ins.js';
import { measure, startDriver } from './measure.js';
import { readOptions, usage } from './options.js';
import { benchPostgres } from './postgres.js';
import { writeResults } from './results.js';
import { medians, shuffled } from './statistics.js';
import { block, notes, tableHead } from './table.js';
import { allTargets, usualNames } from './targets/all.js';

const names = allTargets({}).map(({ name }) => name);
const options = chosenOptions();
if (options.help) {
  process.stdout.write(usage(names));
  process.exit();
}

/** On a terminal one line that changes, `''` takes it away; elsewhere a line for each step. */
function progress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
  else if (text !== '') process.stderr.write(`${text}\n`);
}
const nodeOptions = options.profile === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profile}`];
const wanted = ({ name }) => options.targets.includes(name) || !names.includes(name);
const chosen = allTargets({ nodeOptions, tokens: options.tokens }).filter(wanted);

progress('starting PostgreSQL');
const postgres = await benchPostgres();
const driver = startDriver();
const running = [];
try {
  for (const target of chosen) await join(target);
  progress('');
  process.stdout.write(`${tableHead}\n`);
  const rows = [];
  const scenarios = options.scenarios.filter((name) => name !== 'sign-ins');
  const total = scenarios.reduce((sum, scenario) => sum + able(scenario).length, 0) * options.connections.length * options.rounds;
  let done = 0;
  for (const scenario of scenarios) {
    for (const connections of options.connections) rows.push(...(await compared(scenario, connections, () => `${++done} of ${total}: `)));
  }
  process.stdout.write(`${notes(rows)}\n`);
  const target = running.find(({ name }) => name === 'keywright');
  if (target && options.scenarios.includes('sign-ins')) rows.push(...(await besideSignIns({ driver, postgres, target, options, progress })));
  if (options.out !== null) await writeResults(options, rows);
} finally {
  progress('');
  await Promise.all(running.map((target) => target.stop()));
  driver.stop();
  await postgres.stop();
}

function chosenOptions() {
  try {
    return readOptions(process.argv.slice(2), { targets: names, usual: usualNames });
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}

/** Without a peer that cannot be installed or does not start the others are compared all the same. */
async function join(target) {
  const { name, peer = false } = target;
  try {
    await target.prepare?.(progress);
    progress(`starting ${name}`);
    running.push({ name, peer, missing: {}, ...(await target.start(postgres, progress)) });
  } catch (error) {
    if (!peer) throw error;
    progress('');
    process.stderr.write(`${name} is left out: ${error.message}\n`);
  }
}

function able(scenario) {
  return running.filter(({ missing }) => missing[scenario] === undefined);
}

/** Every server on one scenario, in rounds of another order each time. `next`: how far the whole is. */
async function compared(scenario, connections, next) {
  const measurements = new Map(able(scenario).map(({ name }) => [name, []]));
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const target of shuffled(able(scenario))) {
      progress(`${next()}${scenario}, ${connections} connections, round ${round} of ${options.rounds}: ${target.name}`);
      const { seconds, warmUp } = options;
      try {
        measurements.get(target.name).push(await measure(driver, target, postgres, { scenario, connections, seconds, warmUp }));
      } catch (error) {
        // A peer that does not bear the load must not take the rest of the run with it.
        if (!target.peer) throw error;
        target.missing = { ...target.missing, [scenario]: `broke off: ${error.message}` };
      }
    }
  }
  const rows = running.map(({ name, peer, missing }) => ({
    target: name,
    peer,
    scenario,
    connections,
    ...(missing[scenario] === undefined ? medians(measurements.get(name)) : { missing: missing[scenario] }),
  }));
  progress('');
  process.stdout.write(`${block(`${scenario}, ${connections} connection${connections === 1 ? '' : 's'}`, rows)}\n`);
  return rows;
}
