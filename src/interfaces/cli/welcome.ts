import { isMissed, type Listened, toBeFound } from './missed-issuer.js';

export interface WelcomeFacts extends Listened {
  readonly issuer: string;
  /** What a command of this command line begins with where the server runs. */
  readonly command: string;
  readonly admin: { readonly email: string; readonly password: string | null } | null;
  /** The e-mail address of the administrator of an earlier start, whose password was shown then; `null` where no command chooses another, or nobody has it. */
  readonly mayHaveLost: string | null;
  /** Nobody was ever here: somebody who comes must become the administrator. */
  readonly nobodyYet: boolean;
  /** Whether anybody signs in with a password that is typed here: a terminal can walk through nothing else. */
  readonly passwords: boolean;
  /** The public client to try the flow with; `null` where there is none. */
  readonly demoClientId: string | null;
}

/** What `serve` prints when it is ready: where it is, who can sign in, and commands that walk the whole flow. */
export function welcome({ issuer, host, port, command, admin, mayHaveLost, nobodyYet, passwords, demoClientId }: WelcomeFacts): string {
  const missed = isMissed(new URL(issuer), { host, port });
  const lines = [`Keywright is ready at ${missed ? `${host}, port ${port}` : issuer}`];
  if (missed) lines.push('', `Nobody finds it there who asks for ${issuer}, as it calls itself: ${toBeFound}`);
  if (admin) {
    lines.push('', 'The first administrator was created:', `  e-mail    ${admin.email}`);
    lines.push(admin.password === null ? '  password  the one in ADMIN_PASSWORD' : `  password  ${admin.password}   (shown only this once)`);
  }
  if (mayHaveLost !== null)
    lines.push('', `Is the password of ${mayHaveLost} lost? With the settings of this server: ${command} users reset-link ${quoted(mayHaveLost)}`);
  if (nobodyYet)
    lines.push(
      '',
      `There is no administrator yet. Sign in once, then: ${command} users promote YOUR-E-MAIL-ADDRESS`,
      '(or name the address beforehand, as first_administrator of a provider)',
    );
  if (!passwords) lines.push('', `People sign in elsewhere and come back; begin at ${issuer}/sign-in`);
  else if (demoClientId && !missed) lines.push('', 'Try the whole flow: paste this into a second terminal.', '', walkThrough(issuer, demoClientId, admin));
  return `${lines.join('\n')}\n`;
}

/** Authorization code with PKCE by curl: sign in, allow, exchange, use, refresh, revoke. */
function walkThrough(issuer: string, clientId: string, admin: WelcomeFacts['admin']): string {
  const redirectUri = 'http://127.0.0.1/callback';
  const email = admin ? `EMAIL=${quoted(admin.email)}` : ask('E-mail', 'EMAIL');
  const password = admin?.password ? `PASSWORD=${quoted(admin.password)}` : askUnseen('Password', 'PASSWORD');
  // In brackets, so that a shell reads all of it before a question in it reads the keyboard.
  return [
    '(',
    `URL=${issuer} CLIENT=${clientId} BACK=${redirectUri} JAR=$(mktemp)`,
    // It holds a session. A shell that a signal ends need not run what is to be done at its exit.
    `trap 'rm -f "$JAR"' EXIT; trap 'exit 1' INT QUIT TERM HUP`,
    email,
    password,
    `VERIFIER=$(node -p "require('crypto').randomBytes(32).toString('hex')")`,
    `CHALLENGE=$(node -p "require('crypto').createHash('sha256').update('$VERIFIER').digest('base64url')")`,
    `form() { curl -s -b "$JAR" -c "$JAR" "$URL$1" | sed -n 's/.*name="_csrf" value="\\([^"]*\\)".*/\\1/p' | head -n 1; }`,
    `to() { sed -n 's/^[Ll]ocation: *//p' | tr -d '\\r'; }`,
    `field() { sed -n "s/.*\\"$1\\":\\"\\([^\\"]*\\)\\".*/\\1/p"; }`,
    `stop() { echo "$1" >&2; exit 1; }`,
    // No comments: zsh takes none from a keyboard, unless it is told to.
    `: '1. the client sends you to the server, which asks you to sign in'`,
    `SIGN_IN=$(curl -s -G -D - -o /dev/null -b "$JAR" -c "$JAR" "$URL/oauth/authorize" -d response_type=code -d client_id=$CLIENT --data-urlencode "redirect_uri=$BACK" --data-urlencode 'scope=default email' -d state=xyz -d code_challenge=$CHALLENGE -d code_challenge_method=S256 | to)`,
    `[ -n "$SIGN_IN" ] || stop "The server at $URL does not answer, or does not ask you to sign in."`,
    // Not as an argument, which others on the machine can list.
    `CONSENT=$(printf %s "$PASSWORD" | curl -s -D - -o /dev/null -b "$JAR" -c "$JAR" "$URL$SIGN_IN" --data-urlencode "_csrf=$(form "$SIGN_IN")" --data-urlencode "email=$EMAIL" --data-urlencode password@- | to)`,
    `[ -n "$CONSENT" ] || stop 'Sign-in was refused: a wrong e-mail address or password, or too many attempts.'`,
    `: '2. you allow it (or have before), and go back to the client with a code'`,
    `ASKED=$(curl -s -D - -b "$JAR" -c "$JAR" "$URL$CONSENT"); BACK_TO=$(printf %s "$ASKED" | to)`,
    `ACTION=$(printf %s "$ASKED" | sed -n 's/.*<form class="form" method="post" action="\\([^"]*\\)".*/\\1/p')`,
    `[ -n "$BACK_TO" ] || BACK_TO=$(curl -s -D - -o /dev/null -b "$JAR" -c "$JAR" "$URL$ACTION" --data-urlencode "_csrf=$(form "$CONSENT")" -d decision=allow | to)`,
    `CODE=$(printf %s "$BACK_TO" | sed -n 's/.*[?&]code=\\([^&]*\\).*/\\1/p')`,
    `[ -n "$CODE" ] || stop 'No code came back: the app was not allowed.'`,
    `: '3. the client exchanges the code, calls, refreshes and revokes'`,
    `TOKENS=$(curl -s "$URL/oauth/token" -d grant_type=authorization_code -d client_id=$CLIENT -d "code=$CODE" -d "redirect_uri=$BACK" -d code_verifier=$VERIFIER); echo "$TOKENS"`,
    `curl -s "$URL/oauth/me" -H "Authorization: Bearer $(printf %s "$TOKENS" | field access_token)"; echo`,
    `TOKENS=$(curl -s "$URL/oauth/token" -d grant_type=refresh_token -d client_id=$CLIENT -d "refresh_token=$(printf %s "$TOKENS" | field refresh_token)"); echo "$TOKENS"`,
    `curl -s "$URL/oauth/revoke" -d client_id=$CLIENT -d "token=$(printf %s "$TOKENS" | field refresh_token)"; echo`,
    ')',
  ].join('\n');
}

/** As one word of a shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function ask(question: string, variable: string): string {
  return `printf '${question}: '; IFS= read -r ${variable} < /dev/tty || exit 1`;
}

/** What is typed is not shown; whoever breaks it off, also by what would only halt it (Ctrl-Z), has a terminal again that shows. */
function askUnseen(question: string, variable: string): string {
  const [hide, show] = ['stty -echo < /dev/tty', 'stty echo < /dev/tty'];
  return `trap '${show}; rm -f "$JAR"' EXIT; trap 'exit 1' TSTP; ${hide}; ${ask(question, variable)}; ${show}; trap - TSTP; echo`;
}
