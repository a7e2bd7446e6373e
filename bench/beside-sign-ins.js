import { measure } from './measure.js';
import { medians, shuffled } from './statistics.js';

/** Callers of the token endpoint: as many as in the other scenarios. */
const connections = 32;

/** The token endpoint alone, and while ten people sign in over and over. Answers the rows for the results, and prints what they say. */
export async function besideSignIns({ driver, postgres, target, options: { seconds, warmUp, rounds }, progress }) {
  const [alone, beside] = [[], []];
  for (let round = 1; round <= rounds; round += 1) {
    for (const [signIns, kept] of shuffled([
      [0, alone],
      [10, beside],
    ])) {
      progress(`client_credentials with ${signIns} people signing in, round ${round} of ${rounds}`);
      kept.push(await measure(driver, target, postgres, { scenario: 'client_credentials', connections, seconds, warmUp, signIns }));
    }
  }
  const [quiet, busy] = [medians(alone), medians(beside)];
  progress('');
  const line = ({ perSecond, p50, p99 }) => `${perSecond.toFixed(0)} tokens/s, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`;
  process.stdout.write(
    [
      '',
      `the token endpoint, ${connections} connections, while ten people sign in over and over`,
      `alone   ${line(quiet)}`,
      `beside  ${line(busy)}; ${(busy.signedIn / busy.elapsed).toFixed(1)} sign-ins/s`,
      `p99     × ${(busy.p99 / quiet.p99).toFixed(2)}`,
      '',
    ].join('\n'),
  );
  return [
    { target: target.name, scenario: 'client_credentials alone', connections, ...quiet },
    { target: target.name, scenario: 'client_credentials beside ten sign-ins', connections, ...busy },
  ];
}
