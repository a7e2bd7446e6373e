import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { cpuTime, cpuTimeOfFamily } from './cpu-time.js';

/** Seconds before a further measurement of the same in which the server gets warm again and nothing counts. */
const furtherWarmUp = 0.7;

/** How much of what is used up is laid out for a server whose pace is not known yet, for each second. When it is used up, the measurement ends earlier. */
const firstPace = 6000;

export function startDriver() {
  const child = fork(fileURLToPath(new URL('load/driver.js', import.meta.url)));
  return {
    run: (job) =>
      new Promise((resolve, reject) => {
        child.once('message', ({ result, error }) => (error === undefined ? resolve(result) : reject(new Error(error))));
        child.send(job);
      }),
    stop: () => child.kill(),
  };
}

/**
 * One measurement of one server: what it did, and what it cost it and PostgreSQL.
 *
 * @param {{ scenario: string, connections: number, seconds: number, warmUp: number, signIns?: number }} what `warmUp`: seconds the first time that the server
 *   meets this scenario in a row. Until its code is compiled, it answers at half its speed.
 */
export async function measure(driver, target, postgres, { scenario, connections, seconds, warmUp, signIns = 0 }) {
  const warmingUp = target.warmFor === scenario ? Math.min(furtherWarmUp, warmUp) : warmUp;
  target.warmFor = scenario;
  const run = async (duration) => {
    const requests = Math.ceil(duration * paceOf(target, scenario));
    const material = await target.material(scenario, { connections, requests });
    return () => driver.run({ port: target.port, scenario, connections, signIns, seconds: duration, material });
  };
  const warm = await (await run(warmingUp))();
  target.paces = { ...target.paces, [scenario]: warm.perSecond };
  const start = await run(seconds);
  const before = await Promise.all([cpuTime(target.pid), cpuTimeOfFamily(postgres.pid)]);
  const result = await start();
  const after = await Promise.all([cpuTime(target.pid), cpuTimeOfFamily(postgres.pid)]);
  const [node, database] = after.map((time, index) => (time - before[index]) / result.requests);
  return { ...result, node, database };
}

/** Requests in a second, more than the server will answer. */
function paceOf({ paces, pace = firstPace }, scenario) {
  const seen = paces?.[scenario];
  return seen === undefined ? pace : seen * 2 + 100;
}
