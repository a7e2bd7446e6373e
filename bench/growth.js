/** `npm run bench:growth`: whether Keywright stays as fast, and as frugal, when its tables are full and when what is dead leaves them. See `--help`. */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { deadPartition } from './growth/dead-partition.js';
import { walOf } from './growth/write-ahead-log.js';
import { measure, startDriver } from './measure.js';
import { benchPostgres, query } from './postgres.js';
import { median, medians, shuffled } from './statistics.js';
import { keywright } from './targets/keywright.js';

const usage = `npm run bench:growth -- [options]

  --tokens N    live tokens in the full tables (default: 5000000)
  --dead N      tokens that expire together (default: 1000000)
  --rounds N    measurements of which the median counts (default: 3)
  --seconds N   of a measurement (default: 3)
  --minutes N   at full load, while memory is watched (default: 1)
  --out FILE    writes the results as JSON

About six minutes with the defaults, of which filling the tables takes two or three.
`;
const { values } = parseArgs({
  options: {
    tokens: { type: 'string', default: '5000000' },
    dead: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '3' },
    minutes: { type: 'string', default: '1' },
    out: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(usage);
  process.exit();
}
const [tokens, dead, rounds, seconds, minutes] = ['tokens', 'dead', 'rounds', 'seconds', 'minutes'].map((name) => Number(values[name]));
const progress = (text) => process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}` : `${text}\n`);
const say = (text) => process.stdout.write(`${text}\n`);
const connections = 32;

/** In the tables that are called empty: as many as it takes to ask for as many grants as in the full ones, so that what is found, and noted as used, is as much in both. */
const few = 100_000;

const postgres = await benchPostgres();
const driver = startDriver();
const running = [];
try {
  for (const one of [keywright({ name: 'empty', tokens: few }), keywright({ name: 'full', tokens })]) {
    progress(`starting Keywright with ${one.name} tables`);
    running.push({ name: one.name, ...(await one.start(postgres, progress)) });
  }
  const [, full] = running;
  const results = { tokens, dead };
  progress('');
  say(`${tokens.toLocaleString('en')} live tokens beside ${few.toLocaleString('en')}, ${connections} connections, median of ${rounds}`);
  // First, while there is nothing to be cleaned up: what autovacuum writes would be counted, too.
  results.issuing = await issuing(full);
  results.expiring = await expiring(full);
  results.speed = {};
  for (const scenario of ['client_credentials', 'refresh', 'introspection']) results.speed[scenario] = await fullBesideEmpty(scenario);
  results.memory = await memory(full);
  if (values.out !== undefined) await writeFile(values.out, `${JSON.stringify(results, null, 2)}\n`);
} finally {
  progress('');
  for (const target of running) await target.stop();
  driver.stop();
  await postgres.stop();
}

async function fullBesideEmpty(scenario) {
  const measured = { empty: [], full: [] };
  for (let round = 1; round <= rounds; round += 1) {
    for (const target of shuffled(running)) {
      progress(`${scenario}, round ${round} of ${rounds}: ${target.name}`);
      measured[target.name].push(await measure(driver, target, postgres, { scenario, connections, seconds, warmUp: 4 }));
    }
  }
  const [empty, full] = [medians(measured.empty), medians(measured.full)];
  const ratio = full.perSecond / empty.perSecond;
  const cpu = (full.node + full.database) / (empty.node + empty.database);
  progress('');
  say(`  ${scenario.padEnd(20)} ${full.perSecond.toFixed(0)}/s, × ${ratio.toFixed(2)} of empty; processor time × ${cpu.toFixed(2)}`);
  return { empty, full, ratio, cpu };
}

/** What a token costs the log, with everything else that the server writes; and what it takes of the disk. */
async function issuing(target) {
  const material = await target.material('client_credentials', { connections, requests: 0 });
  const perToken = [];
  for (let round = 0; round < rounds; round += 1) {
    progress(`log written for each access token, round ${round + 1} of ${rounds}`);
    const job = { port: target.port, scenario: 'client_credentials', connections, seconds, material };
    const { result, bytes } = await walOf(target.databaseUrl, () => driver.run(job));
    perToken.push(bytes / result.requests);
  }
  const [sizes] = await query(
    target.databaseUrl,
    `SELECT sum(pg_relation_size(relid))::float8 / (SELECT count(*) FROM access_tokens) AS row, sum(pg_indexes_size(relid))::float8 / (SELECT count(*) FROM access_tokens) AS index
     FROM pg_partition_tree('access_tokens') WHERE isleaf`,
  );
  const bytes = { log: median(perToken), ...sizes };
  progress('');
  say(`an access token: ${bytes.log.toFixed(0)} bytes of log; ${bytes.row.toFixed(0)} bytes of table, ${bytes.index.toFixed(0)} of index`);
  return bytes;
}

/** A million tokens of four days ago leave, at rest and then while tokens are issued. */
async function expiring(target) {
  const { client } = await target.material('client_credentials', { connections: 1, requests: 0 });
  const prepare = () => {
    progress(`${dead.toLocaleString('en')} tokens of four days ago`);
    return deadPartition(target.databaseUrl, client.id, dead);
  };
  const { result: quiet, bytes } = await walOf(target.databaseUrl, await prepare());
  const load = (duration) => measure(driver, target, postgres, { scenario: 'client_credentials', connections: 4, seconds: duration, warmUp: 1 });
  const alone = await load(2 * seconds);
  const drop = await prepare();
  const later = new Promise((resolve, reject) => setTimeout(() => drop().then(resolve, reject), (1 + seconds) * 1000));
  const [beside, busy] = await Promise.all([load(2 * seconds), later]);
  progress('');
  say(`${dead.toLocaleString('en')} tokens expire: ${(bytes / 1e6).toFixed(2)} MB of log, ${quiet.milliseconds.toFixed(0)} ms`);
  say(`the token endpoint meanwhile, 4 connections: p99 ${beside.p99.toFixed(2)} ms, alone ${alone.p99.toFixed(2)} ms; dropped at attempt ${busy.attempts}`);
  return { bytes, quiet, busy, p99: { alone: alone.p99, beside: beside.p99 } };
}

/** Resident memory of the server at full load, of the second and of the last quarter of the time. */
async function memory(target) {
  const samples = [];
  const timer = setInterval(async () => samples.push(await residentMegabytes(target.pid)), 1000);
  progress(`${minutes} minute(s) at full load`);
  const material = await target.material('client_credentials', { connections, requests: 0 });
  await driver.run({ port: target.port, scenario: 'client_credentials', connections, seconds: minutes * 60, material });
  clearInterval(timer);
  const quarter = (n) => median(samples.slice(Math.floor((samples.length * n) / 4), Math.ceil((samples.length * (n + 1)) / 4)));
  const [before, after] = [quarter(1), quarter(3)];
  progress('');
  say(`memory at full load for ${minutes} min: ${before.toFixed(0)} MB in the second quarter, ${after.toFixed(0)} MB in the last`);
  return { minutes, before, after, samples };
}

async function residentMegabytes(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1000;
}
