import { Layout, type Site } from './layout.js';
import { Address } from './parts/address.js';
import { AskingClient, type AskingClientProps } from './parts/asking-client.js';
import { Button } from './parts/button.js';
import { Field } from './parts/field.js';
import { Notice } from './parts/notice.js';
import { PostForm } from './parts/post-form.js';
import { readableName } from './readable-name.js';

export interface SignInPageProps {
  readonly site: Site;
  readonly action: string;
  readonly csrfToken: string;
  /** Whether there is a password to type; otherwise people sign in elsewhere. */
  readonly passwords?: boolean;
  /** Where else people can sign in, each with what begins it. */
  readonly providers?: readonly { readonly name: string; readonly action: string }[];
  /** Pages of others at which people sign in and from which they come back. */
  readonly elsewhere?: readonly { readonly name: string; readonly href: string }[];
  /** Sites that hand people over signed in, without a sign-in page that could be linked; needed where there is nothing else. */
  readonly handedOverBy?: readonly string[];
  /** Where somebody goes on who is signed in at one of them by now. */
  readonly continueHref?: string | undefined;
  /** They are to confirm that it is they. */
  readonly again?: boolean;
  /** Who is signed in as it is, where somebody is. */
  readonly signedInAs?: string | undefined;
  /** The client whose authorization request waits for the person. */
  readonly client?: AskingClientProps | undefined;
  /** What is in the field already: what was typed before, or whoever it must be. */
  readonly email?: string | undefined;
  readonly error?: string | undefined;
  /** Where to choose a new password, and where to make an account; left out where that cannot be done. */
  readonly forgotHref?: string | undefined;
  readonly registerHref?: string | undefined;
}

export function SignInPage({
  site,
  action,
  csrfToken,
  passwords = true,
  providers = [],
  elsewhere = [],
  handedOverBy = [],
  continueHref,
  again = false,
  signedInAs,
  client,
  email,
  error,
  forgotHref,
  registerHref,
}: SignInPageProps) {
  const heading = again ? 'Confirm that it is you' : 'Sign in';
  const title = client === undefined ? heading : `Sign in to continue to ${readableName(client.name)}`;
  const choices = providers.length + elsewhere.length;
  const only = !passwords && choices === 1;
  const errorId = error === undefined ? undefined : 'sign-in-error';
  return (
    <Layout site={site} title={title} width="narrow">
      <div class="card">
        <h1>{heading}</h1>
        <p class="lead">
          {again && <>by signing in once more {signedInAs && <As email={signedInAs} />}</>}
          {client === undefined ? (
            <>
              at <Address of={site.host} />
            </>
          ) : (
            <>
              to continue to <AskingClient id={client.id} name={client.name} />
            </>
          )}
        </p>
        {error !== undefined && (
          <Notice tone="problem" id="sign-in-error">
            <p>{error}</p>
          </Notice>
        )}
        {passwords && (
          <PostForm class="form" action={action} csrfToken={csrfToken}>
            {/* Not type="email": browsers rewrite such a value (punycode) and refuse addresses that are not ASCII. */}
            <Field name="email" label="E-mail address" value={email} inputMode="email" autocomplete="username" required autoFocus={!email} errorId={errorId} />
            <Field name="password" label="Password" type="password" autocomplete="current-password" required autoFocus={!!email} errorId={errorId} />
            <Button kind="primary">Sign in</Button>
          </PostForm>
        )}
        {forgotHref !== undefined && (
          <p class="way-on">
            <a href={forgotHref}>Forgot your password?</a>
          </p>
        )}
        {registerHref !== undefined && !again && (
          <p>
            New here? <a href={registerHref}>Create an account</a>
          </p>
        )}
        {!passwords && choices === 0 && (
          <>
            <p>
              You sign in here through{' '}
              {handedOverBy.map((name, index) => (
                <>
                  {index > 0 && ' or '}
                  <bdi key={name}>{name}</bdi>
                </>
              ))}
              . Sign in there first, then come back.
            </p>
            {continueHref !== undefined && (
              <Button kind="primary" href={continueHref}>
                I am signed in there
              </Button>
            )}
          </>
        )}
        {choices > 0 && (
          <div class="other-ways">
            {passwords && <p class="other-ways-or">or</p>}
            {providers.map((provider) => (
              <PostForm key={provider.action} action={provider.action} csrfToken={csrfToken}>
                <ContinueWith name={provider.name} only={only} />
              </PostForm>
            ))}
            {elsewhere.map(({ name, href }) => (
              <ContinueWith key={href} name={name} href={href} only={only} />
            ))}
          </div>
        )}
      </div>
    </Layout>
  );
}

/** In words, because the field may be too narrow for all of it. */
function As({ email }: { readonly email: string }) {
  return (
    <>
      as <Address of={email} kind="strong" />{' '}
    </>
  );
}

/** One text for the button, or the space between its words would be the gap between its parts. */
function ContinueWith({ name, href, only }: { readonly name: string; readonly href?: string; readonly only: boolean }) {
  return (
    <Button href={href} kind={only ? 'primary' : 'secondary'}>
      <span>
        Continue with <bdi>{name}</bdi>
      </span>
    </Button>
  );
}
