/** `count` people who open the sign-in page, type their password and send it, over and over. `stop` answers how many times somebody was signed in. */
export function signInsInParallel(port, person, count) {
  let stopped = false;
  let signedIn = 0;
  const people = Array.from({ length: count }, async () => {
    while (!stopped) {
      await signIn(`http://127.0.0.1:${port}`, person);
      signedIn += 1;
    }
  });
  const all = Promise.all(people);
  all.catch(() => {});
  return {
    async stop() {
      stopped = true;
      await all;
      return signedIn;
    },
  };
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
