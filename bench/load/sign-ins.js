import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * `count` people who open the sign-in page, type their password and send it, over and over, in a process of their own: what they cost is not to be found in the
 * latencies of others. Answers once all of them have signed in for the first time, when the process and the pages are warm. `stop` answers how many times somebody
 * was signed in since then.
 */
export async function signInsInParallel(port, person, count) {
  const child = fork(fileURLToPath(import.meta.url));
  const failed = new Promise((_, reject) => {
    child.on('message', ({ error }) => error !== undefined && reject(new Error(error)));
    child.once('exit', () => reject(new Error('the people who sign in are gone')));
  });
  failed.catch(() => child.kill());
  const word = () => Promise.race([failed, new Promise((resolve) => child.once('message', ({ signedIn }) => resolve(signedIn)))]);
  child.send({ port, person, count });
  const before = await word();
  return {
    async stop() {
      child.send('stop');
      const all = await word();
      child.kill();
      return all - before;
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.once('message', async ({ port, person, count }) => {
    let stopped = false;
    let signedIn = 0;
    process.once('message', () => (stopped = true));
    let warm = 0;
    const people = Array.from({ length: count }, async () => {
      for (let times = 1; !stopped; times += 1) {
        await signIn(`http://127.0.0.1:${port}`, person);
        signedIn += 1;
        if (times === 1 && ++warm === count) process.send({ signedIn });
      }
    });
    await Promise.all(people).then(
      () => process.send({ signedIn }),
      (error) => process.send({ error: error.message }),
    );
  });
}

/** Types e-mail and password into the sign-in page of `origin`; answers the cookies of whoever is signed in then. */
export async function signIn(origin, { email, password }) {
  const page = await fetch(`${origin}/sign-in`);
  const cookie = cookiesOf(page);
  const form = new URLSearchParams(hiddenFields(await page.text()));
  form.set('email', email);
  form.set('password', password);
  const answer = await fetch(`${origin}/sign-in`, { method: 'POST', body: form, redirect: 'manual', headers: { cookie, origin } });
  await answer.arrayBuffer();
  if (answer.status !== 303 && answer.status !== 302) throw new Error(`signing in was answered with ${answer.status}`);
  return `${cookie}; ${cookiesOf(answer)}`;
}

function cookiesOf(response) {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}

function hiddenFields(html) {
  const inputs = html.match(/<input[^>]*type="hidden"[^>]*>/g) ?? [];
  return inputs.map((input) => [/name="([^"]*)"/.exec(input)?.[1] ?? '', /value="([^"]*)"/.exec(input)?.[1] ?? '']);
}
