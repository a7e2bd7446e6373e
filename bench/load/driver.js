import { performance } from 'node:perf_hooks';
import { HttpConnection } from './http-connection.js';
import { scenarios } from './scenarios.js';
import { signInsInParallel } from './sign-ins.js';

/** The process that makes the load. Each message is one job, each answer what came of it. */
process.on('message', async (job) => {
  try {
    process.send({ result: await closedLoop(job) });
  } catch (error) {
    process.send({ error: error.message });
  }
});

/**
 * `connections` callers, each of which sends the next request when the one before was answered, for `seconds`. With `signIns`, as many people sign in over and
 * over beside them.
 */
async function closedLoop({ port, scenario, material, connections, seconds, signIns = 0 }) {
  const latencies = [];
  const people = signIns > 0 ? await signInsInParallel(port, material.person, signIns) : null;
  const started = performance.now();
  const end = started + seconds * 1000;
  let firstBad = null;
  const callers = Array.from(
    { length: connections },
    (_, lane) =>
      new Promise((resolve, reject) => {
        const turns = scenarios[scenario](material, lane, connections);
        let sentAt = 0;
        const send = () => {
          const request = performance.now() < end ? turns.next() : null;
          if (request === null) {
            connection.close();
            resolve();
            return;
          }
          sentAt = performance.now();
          connection.send(request);
        };
        const connection = new HttpConnection(
          port,
          (status, body) => {
            latencies.push(performance.now() - sentAt);
            if (status !== 200 || !turns.good(body)) {
              firstBad ??= `${status} ${body.slice(0, 300)}`;
              connection.close();
              reject(new Error(`${scenario}: ${firstBad}`));
              return;
            }
            send();
          },
          reject,
        );
        send();
      }),
  );
  await Promise.all(callers);
  const elapsed = (performance.now() - started) / 1000;
  const signedIn = people === null ? 0 : await people.stop();
  return { ...summary(latencies, elapsed), signedIn };
}

/** Latencies in milliseconds. */
function summary(latencies, elapsed) {
  const sorted = Float64Array.from(latencies).sort();
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { requests: sorted.length, perSecond: sorted.length / elapsed, p50: at(0.5), p99: at(0.99), elapsed };
}
