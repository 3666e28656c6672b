/** Who may do what in a test registry: Basic, or Bearer with a token endpoint of its own. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

export interface TestUser {
  readonly username: string;
  readonly password: string;
}

export type TestAuth =
  | ({ readonly kind: 'basic' } & TestUser)
  | ({
      readonly kind: 'bearer';
      /** Where tokens are handed out: `same` server, `port` another of 127.0.0.1, `host` one named localhost. */
      readonly endpoint?: 'same' | 'port' | 'host';
      /** The path of the endpoint, and the service that is named: they tell whose registry it is. */
      readonly path?: string;
      readonly service?: string;
      /** Tokens never have the right to delete. */
      readonly noDelete?: boolean;
      /** Overrides the realm that is named. */
      readonly realm?: string;
      /** What the endpoint takes: GET, POST or both. */
      readonly methods?: readonly string[];
      /** Taken by POST in place of the password. */
      readonly identityToken?: string;
      /** Seconds tokens are said to last, and do last. */
      readonly expiresIn?: number;
      /** Anybody may pull. */
      readonly publicPull?: boolean;
    } & TestUser);

export interface TokenRequest {
  readonly method: string;
  readonly authorization: string | undefined;
  readonly scopes: readonly string[];
  readonly service: string | null;
  readonly form: URLSearchParams | undefined;
}

export interface TestTokens {
  readonly requests: TokenRequest[];
  /** Makes all tokens invalid, as a restart or a revocation would. */
  forget(): void;
  handle(incoming: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Undefined: go ahead; else the challenge to answer with. */
  challenge(authorization: string | undefined, needed: readonly string[], realm: string): string | undefined;
}

export function testTokens(auth: TestAuth | undefined): TestTokens {
  const requests: TokenRequest[] = [];
  const issued = new Map<string, { readonly scopes: readonly string[]; readonly until: number }>();

  const issue = (scopes: readonly string[], expiresIn: number) => {
    const token = randomBytes(24).toString('base64url');
    issued.set(token, { scopes, until: Date.now() + expiresIn * 1000 });
    return { token, access_token: token, expires_in: expiresIn };
  };

  return {
    requests,
    forget: () => issued.clear(),

    async handle(incoming, response) {
      const url = new URL(incoming.url ?? '/', 'http://here');
      const form = incoming.method === 'POST' ? new URLSearchParams(await text(incoming)) : undefined;
      const source = form ?? url.searchParams;
      const request: TokenRequest = {
        method: incoming.method ?? '',
        authorization: incoming.headers.authorization,
        scopes: source.getAll('scope').flatMap((each) => each.split(' ')),
        service: source.get('service'),
        form,
      };
      requests.push(request);
      const say = (status: number, document: unknown) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(document));
      };
      if (auth?.kind !== 'bearer') return say(404, {});
      if (auth.methods?.includes(request.method) === false) return say(405, {});
      if (request.service !== (auth.service ?? 'test-registry'))
        return say(400, { error: 'invalid_request' });
      const known = form === undefined ? request.authorization === basic(auth) : isKnown(form, auth);
      const { expiresIn = 300 } = auth;
      const granted = request.scopes.filter((scope) => auth.noDelete !== true || !scope.endsWith(':delete'));
      if (known) return say(200, issue(granted, expiresIn));
      const anonymous = form === undefined && request.authorization === undefined;
      const pulls = request.scopes.map((scope) => scope.replace(/:[a-z,]+$/, ':pull'));
      if (anonymous && auth.publicPull === true) return say(200, issue(pulls, expiresIn));
      return say(401, { errors: [{ code: 'UNAUTHORIZED', message: 'who are you?' }] });
    },

    challenge(authorization, needed, realm) {
      if (auth === undefined) return undefined;
      if (auth.kind === 'basic')
        return authorization === basic(auth) ? undefined : 'Basic realm="test registry"';
      const token = issued.get(/^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '');
      if (
        token !== undefined &&
        token.until > Date.now() &&
        needed.every((scope) => covers(token.scopes, scope))
      ) {
        return undefined;
      }
      const error = token === undefined ? '' : ',error="insufficient_scope"';
      return `Bearer realm="${realm}",service="${auth.service ?? 'test-registry'}",scope="${needed.join(' ')}"${error}`;
    },
  };
}

function isKnown(form: URLSearchParams, auth: Extract<TestAuth, { kind: 'bearer' }>): boolean {
  switch (form.get('grant_type')) {
    case 'password':
      return form.get('username') === auth.username && form.get('password') === auth.password;
    case 'refresh_token':
      return auth.identityToken !== undefined && form.get('refresh_token') === auth.identityToken;
    default:
      return false;
  }
}

function basic({ username, password }: TestUser): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function covers(granted: readonly string[], needed: string): boolean {
  const at = needed.lastIndexOf(':');
  const rights = granted
    .filter((scope) => scope.slice(0, scope.lastIndexOf(':')) === needed.slice(0, at))
    .flatMap((scope) => scope.slice(scope.lastIndexOf(':') + 1).split(','));
  return needed
    .slice(at + 1)
    .split(',')
    .every((right) => rights.includes(right));
}
