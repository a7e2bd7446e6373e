import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const patience = 60_000;

/** Starts a server in a process of its own, as its users would, and waits until `path` is answered. With `channel` the two processes can send each other messages. */
export async function startServer({ script, args = [], env, port, path, cwd, nodeOptions = [], channel = false }) {
  const child = spawn(process.execPath, [...nodeOptions, script, ...args], {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production', PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe', ...(channel ? ['ipc'] : [])],
  });
  let words = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (words = (words + text).slice(-4000)));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const deadline = Date.now() + patience;
  while (!(await answers(`http://127.0.0.1:${port}${path}`))) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`${script} ended: ${words}`);
    if (Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`${script} does not answer: ${words}`);
    }
    await pause(50);
  }
  return {
    child,
    pid: child.pid,
    async stop() {
      child.kill('SIGTERM');
      const cut = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(cut);
    },
  };
}

async function answers(url) {
  return fetch(url).then(
    async (response) => {
      await response.arrayBuffer();
      return response.status < 500;
    },
    () => false,
  );
}

/** A port that nobody listens on at the moment. */
export async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
