import { parseArgs } from 'node:util';

const everyScenario = ['client_credentials', 'refresh', 'code', 'introspection', 'me'];

/** What to measure, from the command line: see `usage`. */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      scenario: { type: 'string', multiple: true },
      target: { type: 'string', multiple: true },
      connections: { type: 'string', multiple: true },
      seconds: { type: 'string' },
      rounds: { type: 'string' },
      profile: { type: 'string' },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    help: values.help,
    scenarios: [...(values.scenario ?? [...everyScenario, 'sign-ins'])],
    targets: values.target ?? null,
    connections: (values.connections ?? (values.quick ? ['32'] : ['1', '32', '128'])).map(Number),
    seconds: Number(values.seconds ?? (values.quick ? 1.5 : 4)),
    rounds: Number(values.rounds ?? (values.quick ? 1 : 3)),
    profile: values.profile ?? null,
    out: values.out ?? null,
    quick: values.quick,
    full: values.full,
  };
}

export const usage = `npm run bench -- [options]

  --quick               one short round at 32 connections: under two minutes
  --full                again with 5 million live tokens in the store
  --scenario NAME       ${everyScenario.join(', ')}, sign-ins; may be repeated (default: all)
  --target NAME         a server to compare; may be repeated (default: all that are installed)
  --connections N       may be repeated (default: 1, 32, 128)
  --seconds N           of a measurement (default: 4)
  --rounds N            measurements of which the median counts (default: 3)
  --profile DIR         writes a CPU profile of Keywright there when it stops
  --out FILE            writes the results as JSON
`;
