declare module 'simple-oauth2' {
  export interface AccessToken {
    readonly token: { readonly access_token: string; readonly refresh_token: string; readonly expires_at: Date };
    expired(): boolean;
    refresh(): Promise<AccessToken>;
    revoke(which: 'access_token' | 'refresh_token'): Promise<unknown>;
    revokeAll(): Promise<void>;
  }
  export interface Options {
    readonly client: { readonly id: string; readonly secret: string };
    readonly auth: { readonly tokenHost: string };
    readonly options: { readonly authorizationMethod: 'header' | 'body'; readonly credentialsEncodingMode?: 'strict' | 'loose' };
  }
  export class AuthorizationCode {
    constructor(options: Options);
    authorizeURL(parameters: Record<string, string | readonly string[]>): string;
    getToken(parameters: Record<string, string>): Promise<AccessToken>;
  }
  export class ClientCredentials {
    constructor(options: Options);
    getToken(parameters: Record<string, string>): Promise<AccessToken>;
  }
}

declare module 'passport-oauth2' {
  type Done = (error: unknown, user?: unknown, info?: unknown) => void;
  export interface Options {
    readonly authorizationURL: string;
    readonly tokenURL: string;
    readonly clientID: string;
    readonly clientSecret?: string;
    readonly callbackURL: string;
    readonly scope: readonly string[];
    readonly state: boolean;
    readonly pkce: boolean;
    readonly customHeaders?: Record<string, string>;
  }
  interface OAuth2 {
    useAuthorizationHeaderforGET(use: boolean): void;
    get(url: string, accessToken: string, done: (error: { statusCode: number } | null, body: string) => void): void;
    getOAuthAccessToken(
      token: string,
      parameters: object,
      done: (error: { statusCode: number; data: string } | null, access: string, refresh: string) => void,
    ): void;
  }
  export default class OAuth2Strategy {
    constructor(options: Options, verify: (access: string, refresh: string, profile: unknown, done: Done) => void);
    readonly _oauth2: OAuth2;
    authenticate(request: object): void;
    success: (user: unknown) => void;
    fail: (challenge: unknown) => void;
    redirect: (url: string) => void;
    error: (error: unknown) => void;
  }
}
