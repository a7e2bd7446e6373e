import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { cpuTime, cpuTimeOfFamily } from './cpu-time.js';

/** Seconds before a measurement in which the server gets warm and nothing counts. */
const warmUp = 0.7;

/** Seconds of it the first time that a server meets a scenario: until its code is compiled, it answers at half its speed. */
const firstWarmUp = 4;

/** More than any server here answers in a second; for material that is used up. */
const mostPerSecond = 6000;

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

/** One measurement of one server: what it did, and what it cost it and PostgreSQL. */
export async function measure(driver, target, postgres, { scenario, connections, seconds, signIns = 0 }) {
  const requests = Math.ceil(seconds * mostPerSecond);
  const warmingUp = target.warmFor === scenario ? warmUp : firstWarmUp;
  target.warmFor = scenario;
  const job = { port: target.port, scenario, connections, signIns };
  await driver.run({ ...job, seconds: warmingUp, material: await target.material(scenario, { connections, requests: Math.ceil(warmingUp * mostPerSecond) }) });
  const material = await target.material(scenario, { connections, requests });
  const before = await Promise.all([cpuTime(target.pid), cpuTimeOfFamily(postgres.pid)]);
  const result = await driver.run({ ...job, seconds, material });
  const after = await Promise.all([cpuTime(target.pid), cpuTimeOfFamily(postgres.pid)]);
  const [node, database] = after.map((time, index) => (time - before[index]) / result.requests);
  return { ...result, node, database };
}
