import { parseArgs } from 'node:util';

const everyScenario = ['client_credentials', 'refresh', 'code', 'introspection', 'me', 'sign-ins'];

/** What to measure, from the command line: see `usage`. `targets`: all servers by name, `usual`: those that are compared unless somebody chooses. Throws an `Error` that says what is wrong. */
export function readOptions(args, { targets, usual }) {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      scenario: { type: 'string', multiple: true },
      target: { type: 'string', multiple: true },
      connections: { type: 'string', multiple: true },
      seconds: { type: 'string' },
      'warm-up': { type: 'string' },
      rounds: { type: 'string' },
      tokens: { type: 'string' },
      profile: { type: 'string' },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const { quick } = values;
  return {
    help: values.help,
    scenarios: known('scenario', values.scenario ?? everyScenario, everyScenario),
    targets: known('target', values.target ?? usual, targets),
    connections: (values.connections ?? (quick ? ['32'] : ['1', '32', '128'])).map((text) => whole('connections', text)),
    seconds: positive('seconds', values.seconds ?? (quick ? '0.8' : '3')),
    warmUp: positive('warm-up', values['warm-up'] ?? (quick ? '1' : '4')),
    rounds: whole('rounds', values.rounds ?? (quick ? '1' : '3')),
    tokens: values.tokens === undefined ? 0 : whole('tokens', values.tokens),
    profile: values.profile ?? null,
    out: values.out ?? null,
  };
}

function known(option, names, all) {
  const stranger = names.find((name) => !all.includes(name));
  if (stranger !== undefined) throw new Error(`--${option} ${stranger} is unknown; it takes ${all.join(', ')}`);
  return names;
}

function positive(option, text) {
  const number = Number(text);
  if (!(number > 0) || !Number.isFinite(number)) throw new Error(`--${option} ${text} is not a number above 0`);
  return number;
}

function whole(option, text) {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`--${option} ${text} is not a whole number above 0`);
  return Number(text);
}

/** @param targets all servers by name */
export const usage = (targets) => `npm run bench -- [options]

  --quick               one short round at 32 connections: under two minutes
  --scenario NAME       ${everyScenario.join(', ')}; may be repeated (default: all)
  --target NAME         ${targets.join(', ')}; may be repeated (default: all but the variants of keywright)
  --connections N       may be repeated (default: 1, 32, 128)
  --seconds N           of a measurement (default: 3)
  --warm-up N           seconds when a server meets a scenario, which do not count (default: 4)
  --rounds N            measurements of which the median counts (default: 3)
  --tokens N            one more Keywright, with so many live tokens in its tables (5000000 take about two minutes)
  --profile DIR         writes a CPU profile of Keywright there when it stops
  --out FILE.json       writes the results there, and a chart of them to FILE.svg
`;
