/**
 * What one connection sends, request after request. `next` makes the next request from what was answered to the one before; `null`: there is nothing left to send.
 * `good` says whether an answer is what was asked for.
 */
export const scenarios = {
  client_credentials: ({ paths, client }) => always(post(paths.token, client, 'grant_type=client_credentials'), (body) => body.includes('"access_token"')),

  refresh: ({ paths, client, refreshTokens }, lane) => {
    let token = refreshTokens[lane];
    return {
      next: () => post(paths.token, client, `grant_type=refresh_token&refresh_token=${encodeURIComponent(token)}`),
      good(body) {
        const successor = /"refresh_token":"([^"]+)"/.exec(body)?.[1];
        if (successor === undefined || successor === token) return false;
        token = successor;
        return true;
      },
    };
  },

  code: ({ paths, client, codes, redirectUri, codeVerifier }, lane, lanes) => {
    let at = lane - lanes;
    const rest = `&redirect_uri=${encodeURIComponent(redirectUri)}&code_verifier=${codeVerifier}`;
    return {
      next() {
        at += lanes;
        return at < codes.length ? post(paths.token, client, `grant_type=authorization_code&code=${encodeURIComponent(codes[at])}${rest}`) : null;
      },
      good: (body) => body.includes('"access_token"'),
    };
  },

  introspection: ({ paths, client, accessTokens }, lane, lanes) =>
    inTurn(
      once(accessTokens, (token) => post(paths.introspect, client, `token=${encodeURIComponent(token)}`)),
      lane,
      lanes,
      (body) => body.includes('"active":true'),
    ),

  me: ({ paths, accessTokens }, lane, lanes) =>
    inTurn(
      once(accessTokens, (token) => `GET ${paths.me} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n\r\n`),
      lane,
      lanes,
      (body) => body.includes('"sub"'),
    ),
};

function always(request, good) {
  return { next: () => request, good };
}

const made = new WeakMap();

/** The requests for a list of tokens, which all connections share. */
function once(tokens, request) {
  if (!made.has(tokens)) made.set(tokens, tokens.map(request));
  return made.get(tokens);
}

function inTurn(requests, lane, lanes, good) {
  let at = lane;
  return {
    next() {
      const request = requests[at % requests.length];
      at += lanes;
      return request;
    },
    good,
  };
}

/** A form with the client's credentials as HTTP Basic (RFC 6749 §2.3.1). */
function post(path, { id, secret }, form) {
  const basic = Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64');
  const type = 'Content-Type: application/x-www-form-urlencoded';
  return `POST ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic ${basic}\r\n${type}\r\nContent-Length: ${form.length}\r\n\r\n${form}`;
}
