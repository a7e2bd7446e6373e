import { Option } from 'commander';
import { type GrantType, grantTypes } from '../../domain/clients/client.js';
import { type AccessTokenFormat, accessTokenFormats } from '../../domain/tokens/access-token.js';
import { type KeywrightCommand, RepeatableOption } from './keywright-command.js';
import { grantType, scopes, wholeNumber } from './option-values.js';

/** The flags of a client, as `create` and `edit` read them; `false`: the `--no-` form. */
export interface ClientOptions {
  readonly name?: string;
  readonly description?: string | false;
  readonly homepage?: string | false;
  readonly logo?: string | false;
  readonly public?: true;
  readonly redirectUri?: readonly string[];
  readonly grant?: readonly GrantType[];
  readonly scope?: readonly string[];
  readonly optionalScope?: readonly string[];
  readonly pkce?: boolean;
  readonly refresh?: 'rotate' | 'keep';
  readonly skipConsent?: true;
  readonly accessTokenFormat?: AccessTokenFormat;
  readonly accessTokenLifetime?: number | false;
  readonly refreshIdleLifetime?: number | false;
  readonly refreshAbsoluteLifetime?: number | false;
}

/** What `edit` has besides: the way back from each of them. */
export interface RemovalOptions extends ClientOptions {
  readonly confidential?: true;
  readonly askConsent?: true;
  readonly removeRedirectUri?: readonly string[];
  readonly removeGrant?: readonly GrantType[];
  readonly removeScope?: readonly string[];
  readonly removeOptionalScope?: readonly string[];
}

export function addClientOptions(command: KeywrightCommand): KeywrightCommand {
  return (
    command
      .option('--description <text>', 'a sentence or two for people')
      .option('--homepage <url>', 'its web page')
      .option('--logo <url>', 'its logo')
      .addOption(new RepeatableOption('--redirect-uri <uri>', 'where people are sent back to'))
      .addOption(new RepeatableOption('--grant <type>', grantTypes.join(', '), grantType))
      .addOption(
        new RepeatableOption('--scope <scope>', 'what it may ask for (a new one: all but those of the API, and of a person if it acts for itself)', scopes),
      )
      .addOption(new RepeatableOption('--optional-scope <scope>', 'what of it people may leave out', scopes))
      .option('--public', 'it cannot keep a secret: an app in a browser, on a phone or a desktop')
      // Before its negation: alone, that would be taken for a default of true, and every edit would set it.
      .option('--pkce', 'it must use PKCE (the default)')
      .option('--no-pkce', 'it may do without PKCE (confidential clients only)')
      .addOption(new Option('--refresh <rotate|keep>', 'a refresh hands out a new refresh token, or the same again').choices(['rotate', 'keep']))
      .option('--skip-consent', 'people are not asked: client and server belong to the same house')
      .addOption(new Option('--access-token-format <format>', 'what its tokens for one resource are, where no API decided').choices([...accessTokenFormats]))
      .option('--access-token-lifetime <seconds>', 'how long an access token lives', wholeNumber)
      .option('--refresh-idle-lifetime <seconds>', 'how long a refresh token may lie unused', wholeNumber)
      .option('--refresh-absolute-lifetime <seconds>', 'how long after consent the last refresh token ends', wholeNumber)
  );
}

/** A list option of `edit` adds; its `--remove-` form takes away. */
export function addRemovalOptions(command: KeywrightCommand): KeywrightCommand {
  return command
    .addOption(new Option('--confidential', 'it can keep a secret').conflicts('public'))
    .addOption(new Option('--ask-consent', 'people are asked').conflicts('skipConsent'))
    .option('--no-description', 'none')
    .option('--no-homepage', 'none')
    .option('--no-logo', 'none')
    .addOption(new RepeatableOption('--remove-redirect-uri <uri>', 'no longer there'))
    .addOption(new RepeatableOption('--remove-grant <type>', 'no longer this grant type', grantType))
    .addOption(new RepeatableOption('--remove-scope <scope>', 'no longer this scope', scopes))
    .addOption(new RepeatableOption('--remove-optional-scope <scope>', 'people may no longer leave it out', scopes))
    .option('--no-access-token-lifetime', "the server's")
    .option('--no-refresh-idle-lifetime', "the server's")
    .option('--no-refresh-absolute-lifetime', "the server's");
}
