import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createServer } from 'node:tls';
import { onTestFinished } from 'vitest';
import { freePort } from '../process/keywright-process.js';

const modules = '/usr/lib/apache2/modules';
const needed = ['/usr/bin/openssl', '/usr/sbin/apache2', `${modules}/mod_auth_openidc.so`, '/usr/bin/python3', '/usr/lib/python3/dist-packages/authlib'];
const missing = needed.filter((file) => !existsSync(file));
export const missingPrograms = missing.join(', ');
// On the machine that decides nothing may be left out unnoticed.
if (process.env.CI && missing.length > 0) throw new Error(`${missingPrograms} is missing: .ci/run installs it`);

export interface ProtectedBy {
  readonly issuer: string;
  readonly id: string;
  readonly secret: string;
}

export interface Service {
  readonly address: string;
  end(): Promise<void>;
}

/** Apache with mod_auth_openidc as an OAuth 2.0 resource server: `/` needs a token with the scope `invoices:read`. */
export async function apache({ issuer, id, secret }: ProtectedBy): Promise<Service> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'keywright-apache-'));
  const load = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'auth_openidc'].map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`);
  const configuration = `${load.join('\n')}
ServerName 127.0.0.1
ServerRoot ${folder}
DocumentRoot ${folder}
PidFile ${folder}/pid
ErrorLog ${folder}/error.log
User www-data
Group www-data
Listen 127.0.0.1:${port}
OIDCOAuthIntrospectionEndpoint ${await overTls(issuer, folder)}/oauth/introspect
OIDCOAuthSSLValidateServer Off
OIDCOAuthClientID ${id}
OIDCOAuthClientSecret ${secret}
OIDCOAuthIntrospectionEndpointAuth client_secret_basic
OIDCOAuthTokenIntrospectionInterval -1
OIDCOAuthRemoteUserClaim sub
<Location />
  AuthType oauth20
  Require claim scope~(^|[^!-~])invoices:read($|[^!-~])
</Location>
`;
  await writeFile(join(folder, 'httpd.conf'), configuration);
  await writeFile(join(folder, 'invoices'), 'your invoices');
  // It gives up being root before it reads them.
  await chmod(folder, 0o755);
  return started(spawn('/usr/sbin/apache2', ['-X', '-f', join(folder, 'httpd.conf')]), port, folder);
}

/** The same server by https, without which this module asks nobody; anybody's certificate. */
async function overTls(issuer: string, folder: string): Promise<string> {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=127.0.0.1', '-keyout', key, '-out', cert];
  execFileSync('/usr/bin/openssl', request, { stdio: 'ignore' });
  const server = createServer({ key: await readFile(key), cert: await readFile(cert) }, (near) => {
    const onward = connect(Number(new URL(issuer).port), '127.0.0.1');
    near.on('error', () => onward.destroy()).pipe(onward);
    onward.on('error', () => near.destroy()).pipe(near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server of Python's own library, whose tokens Authlib checks: `/` needs a token with the scope `invoices:read`. */
export async function authlib({ issuer, id, secret }: ProtectedBy): Promise<Service> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'keywright-authlib-'));
  const program = `
import http.server, os, requests
from authlib.oauth2 import OAuth2Error, ResourceProtector
from authlib.oauth2.rfc7662 import IntrospectTokenValidator

class Keywright(IntrospectTokenValidator):
    def introspect_token(self, token):
        answer = requests.post(os.environ['ISSUER'] + '/oauth/introspect', data={'token': token, 'token_type_hint': 'access_token'},
                               auth=(os.environ['ID'], os.environ['SECRET']), timeout=10)
        answer.raise_for_status()
        return answer.json()

protector = ResourceProtector()
protector.register_token_validator(Keywright())

class Invoices(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        try:
            protector.validate_request(['invoices:read'], self)
            status = 200
        except OAuth2Error as error:
            status = error.status_code
        self.send_response(status)
        self.send_header('content-length', '0')
        self.end_headers()

http.server.ThreadingHTTPServer(('127.0.0.1', int(os.environ['PORT'])), Invoices).serve_forever()
`;
  const env = { PATH: process.env.PATH, ISSUER: issuer, ID: id, SECRET: secret, PORT: String(port), NO_PROXY: '127.0.0.1' };
  return started(spawn('/usr/bin/python3', ['-c', program], { env }), port, folder);
}

/** Resolves when it answers. */
async function started(child: ChildProcess, port: number, folder: string): Promise<Service> {
  const address = `http://127.0.0.1:${port}`;
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const exit = new Promise((resolve) => child.once('exit', resolve));
  while (!(await fetch(address).catch(() => null))) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${said}`);
    await pause(50);
  }
  return {
    address,
    async end() {
      child.kill('SIGTERM');
      await exit;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
