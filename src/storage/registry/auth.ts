/**
 * Authorization at a registry: Basic, or Bearer with a token from where the registry says (the token specification of
 * distribution/distribution, and its OAuth2 variant by POST). A token is kept for as long as it lasts, one for each
 * set of rights, and fetched once, however many requests need it.
 *
 * Credentials belong to a host. The registry may name as its token endpoint its own host (any port), a host of the
 * same owner, or the well-known one of Docker's hub. Credentials are sent to these. They are sent to another host
 * only if docker's config.json has the very same credentials for that host. (docker and containerd send them
 * anywhere.) Another host's own credentials never get a token for this registry: a registry could name the token
 * endpoint of another one that we are logged in to, and would be handed a token of that one. Credentials are never
 * sent over plain HTTP, except to a registry that was itself configured with `oci+http://`.
 */
import { isDeepStrictEqual } from 'node:util';
import { BuildcacheError } from '../../core/errors.ts';
import { redactUrl } from '../../core/redact.ts';
import type { HttpClient } from '../http/client.ts';
import { isLedAway } from '../http/http.ts';
import { requireOutside } from '../http/inner-address.ts';
import { once } from '../once.ts';
import { parseChallenges } from './challenge.ts';
import type { FindCredentials, FoundCredentials } from './credentials.ts';
import { DOCKER_HUB, type Repository } from './reference.ts';
import { basicHeader, type Endpoint, fetchToken, type Token } from './token.ts';

type Signal = AbortSignal | undefined;

export interface Authorizer {
  /** The header for requests that need these rights; undefined while the registry has not asked for one. */
  authorization(scopes: readonly string[], signal: Signal): Promise<string | undefined>;
  /**
   * Called after a 401.
   * @param challenges its `WWW-Authenticate`
   * @param used the header that was refused
   * @returns another one to try
   * @throws BuildcacheError `denied` when there is none, saying what would have helped; `protocol` for a token
   *   endpoint that can be none; and what asking it fails with
   */
  renew(
    challenges: string | undefined,
    scopes: readonly string[],
    used: string | undefined,
    signal: Signal,
  ): Promise<string>;
  /** The token endpoint that the registry has named, if it has. */
  issuer(): Endpoint | undefined;
  /** The error for a refusal: whether there were credentials, and which would help. */
  refused(status: number, signal: Signal): Promise<BuildcacheError>;
  /** Takes our secrets out of a text of the registry's. */
  scrub(text: string): string;
}

type Method = { readonly kind: 'basic'; readonly header: string } | ({ readonly kind: 'bearer' } & Endpoint);

/** One set of rights. */
interface Grant {
  token: Token | undefined;
  /** The fetch under way. */
  renewal: ((signal: Signal) => Promise<void>) | undefined;
  /** The rights that the registry asked for beside ours. */
  further: readonly string[];
}

export function openAuthorizer(
  client: HttpClient,
  repository: Repository,
  findCredentials: FindCredentials,
): Authorizer {
  const registry = `${repository.scheme}://${repository.host}`;
  const grants = new Map<string, Grant>();
  const lookUps = new Map<string, (signal: Signal) => Promise<void>>();
  const found = new Map<string, FoundCredentials>();
  const secrets = new Set<string>();
  let method: Method | undefined;
  let issuer: Endpoint | undefined;

  /** Looked up once for each host, however many ask: credential helpers are programs. */
  const credentialsFor = async (host: string, signal: Signal): Promise<FoundCredentials> => {
    const name = host === repository.host ? repository.name : '';
    const lookUp =
      lookUps.get(host) ??
      once(async (mine) => {
        const result = await findCredentials({ host, name }, mine);
        found.set(host, result);
        const { credentials } = result;
        if (credentials !== undefined) {
          secrets.add(credentials.kind === 'pair' ? credentials.secret : credentials.token);
        }
      });
    lookUps.set(host, lookUp);
    await lookUp(signal);
    return found.get(host) ?? { credentials: undefined, source: 'nowhere', remarks: [] };
  };

  const refused: Authorizer['refused'] = async (status, signal) => {
    if (status === 403 && method === undefined) {
      return new BuildcacheError('denied', 'the registry refuses access, and asks for no credentials', {
        url: registry,
        status,
        hint: 'check the name, and whether the registry admits this machine',
      });
    }
    const { credentials, source, remarks } = await credentialsFor(repository.host, signal);
    const facts = { url: registry, status };
    const also = remarks.length === 0 ? {} : { found: remarks.join('; ') };
    if (credentials === undefined) {
      const hint = whatWouldHelp(repository.host);
      return new BuildcacheError(
        'denied',
        `the registry wants credentials, and there are none for ${repository.host}`,
        { ...facts, ...also, hint },
      );
    }
    return new BuildcacheError(
      'denied',
      `the registry refuses access with the credentials from ${source} (${status})`,
      {
        ...facts,
        hint: whatToCheck(repository),
      },
    );
  };

  const grantOf = (scopes: readonly string[]): Grant => {
    const key = scopes.join(' ');
    const grant = grants.get(key) ?? { token: undefined, renewal: undefined, further: [] };
    grants.set(key, grant);
    return grant;
  };

  const tokenFor = async (endpoint: Endpoint, scopes: readonly string[], signal: Signal): Promise<string> => {
    const grant = grantOf(scopes);
    if (grant.token === undefined || grant.token.validUntil <= performance.now()) {
      grant.renewal ??= once(async (mine) => {
        const { credentials, isAmbient } = await credentialsFor(repository.host, mine);
        const all = [...scopes, ...grant.further];
        let token = await fetchToken(client, endpoint, all, credentials, mine);
        // With what nobody meant for it, a registry refuses even what everybody may read.
        if (token === 'refused' && isAmbient)
          token = await fetchToken(client, endpoint, all, undefined, mine);
        if (token === 'refused') throw await refused(401, mine);
        secrets.add(bare(token.header));
        grant.token = token;
      });
      const { renewal } = grant;
      try {
        await renewal(signal);
      } finally {
        if (grant.renewal === renewal) grant.renewal = undefined;
      }
    }
    // Used however short it lasts: the registry decides whether it has expired.
    return grant.token?.header ?? (await tokenFor(endpoint, scopes, signal));
  };

  return {
    async authorization(scopes, signal) {
      if (method === undefined) return undefined;
      return method.kind === 'basic' ? method.header : await tokenFor(method, scopes, signal);
    },

    async renew(header, scopes, used, signal) {
      const challenges = parseChallenges(header ?? '');
      const bearer = challenges.find(
        ({ scheme, parameters }) => scheme === 'bearer' && parameters.has('realm'),
      );
      if (bearer !== undefined) {
        const endpoint = tokenEndpoint(bearer.parameters, repository);
        const { host } = endpoint.realm;
        if (!sameOwner(repository.host, host)) {
          const own = await credentialsFor(repository.host, signal);
          // Without any credentials, the token is nobody's in particular.
          if (
            own.credentials !== undefined &&
            !isDeepStrictEqual(own.credentials, (await credentialsFor(host, signal)).credentials)
          ) {
            throw foreign(endpoint, registry);
          }
        }
        issuer = endpoint;
        method = { kind: 'bearer', ...endpoint };
        const grant = grantOf(scopes);
        grant.further = furtherScopes(bearer.parameters.get('scope'), scopes);
        if (grant.token?.header === used) grant.token = undefined;
        return await tokenFor(endpoint, scopes, signal);
      }
      const { credentials } = await credentialsFor(repository.host, signal);
      if (challenges.some(({ scheme }) => scheme === 'basic') && credentials?.kind === 'pair') {
        const next = basicHeader(credentials.id, credentials.secret);
        secrets.add(bare(next));
        if (next === used) throw await refused(401, signal);
        method = { kind: 'basic', header: next };
        return next;
      }
      if (challenges.some(({ scheme }) => scheme === 'basic')) throw await refused(401, signal);
      throw new BuildcacheError('denied', 'the registry wants credentials in a way we do not speak', {
        url: registry,
        status: 401,
        expected: 'a Basic or Bearer challenge',
        found:
          challenges
            .map(({ scheme }) => scheme)
            .join(', ')
            .slice(0, 100) || 'none',
      });
    },

    issuer: () => issuer,

    refused,

    scrub(text) {
      let clean = text;
      for (const secret of secrets) if (secret !== '') clean = clean.replaceAll(secret, '***');
      return clean;
    },
  };
}

/** Whether one host's credentials may be sent to the other. Both may have ports. */
export function sameOwner(registry: string, realm: string): boolean {
  const [ours, theirs] = [hostName(registry), hostName(realm)];
  if (ours === theirs) return true;
  if (ours === DOCKER_HUB && theirs === 'auth.docker.io') return true;
  // An address or a single label has no owner but itself.
  const owner = ownerOf(ours);
  return owner !== undefined && owner === ownerOf(theirs);
}

/**
 * The part of a host name that somebody registered, without a list of all public suffixes. That is two labels, or
 * three below `co.uk` and its like. There is none where the customers of one provider are neighbours.
 */
function ownerOf(host: string): string | undefined {
  if (/^\[|^[\d.]+$/.test(host)) return undefined;
  const labels = host.split('.');
  const suffix = labels.slice(-2).join('.');
  if (labels.length < 2 || SHARED.test(host)) return undefined;
  if (!/^(?:com?|org|net|edu|gov|ac|or|ne|go)\.[a-z]{2}$/.test(suffix)) return suffix;
  return labels.length < 3 ? undefined : labels.slice(-3).join('.');
}

/** Domains below which neighbours have different owners. All of their registries hand out tokens themselves. */
const SHARED =
  /(?:^|\.)(?:amazonaws\.com(?:\.cn)?|on\.aws|azurecr\.(?:io|cn|us)|azure(?:websites)?\.(?:com|net)|cloudapp\.(?:net|azure\.com)|windows\.net|pkg\.dev|run\.app|appspot\.com|web\.app|jfrog\.io|github\.io|gitlab\.io|githubusercontent\.com|herokuapp\.com|netlify\.app|vercel\.app|pages\.dev|workers\.dev|cloudfront\.net|fly\.dev|onrender\.com|ngrok\.io|ngrok\.app|duckdns\.org|nip\.io|sslip\.io)$/;

function hostName(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}

function bare(header: string): string {
  return header.slice(header.indexOf(' ') + 1);
}

/** @param parameters attacker-controlled where the registry is */
function tokenEndpoint(parameters: ReadonlyMap<string, string>, repository: Repository): Endpoint {
  const text = parameters.get('realm') ?? '';
  const realm = URL.canParse(text) ? new URL(text) : undefined;
  const schemes = repository.scheme === 'http' ? ['https:', 'http:'] : ['https:'];
  if (realm === undefined || !schemes.includes(realm.protocol)) {
    throw new BuildcacheError('protocol', 'the registry names an invalid token endpoint', {
      url: `${repository.scheme}://${repository.host}`,
      expected: repository.scheme === 'http' ? 'an http or https URL' : 'an https URL',
      found: realm === undefined ? 'no URL' : redactUrl(realm),
    });
  }
  const registry = new URL(`${repository.scheme}://${repository.host}`);
  if (realm.hostname !== registry.hostname) requireOutside(realm, registry, 'a token endpoint');
  realm.username = '';
  realm.password = '';
  realm.hash = '';
  const outside = isLedAway(realm, registry);
  return { realm, service: parameters.get('service'), home: registry, outside };
}

function foreign({ realm }: Endpoint, registry: string): BuildcacheError {
  return new BuildcacheError('denied', 'the registry asks for its credentials to be sent to another host', {
    url: registry,
    expected: 'a token endpoint on its own host or domain',
    found: redactUrl(realm),
    hint: `if it is to be trusted, add the same credentials for ${realm.host} to docker's config.json`,
  });
}

/** The rights the registry asks for that our own scopes do not cover: some registries rewrite names on the way. */
function furtherScopes(asked: string | undefined, ours: readonly string[]): readonly string[] {
  const scopes = (asked ?? '')
    .slice(0, 2_048)
    .split(' ')
    .filter((scope) => /^[\x21-\x7e]+$/.test(scope));
  return scopes.filter((scope) => {
    const at = scope.lastIndexOf(':');
    const own = ours.find((each) => each.slice(0, each.lastIndexOf(':')) === scope.slice(0, at));
    const rights = own?.slice(at + 1).split(',');
    return (
      rights === undefined ||
      !scope
        .slice(at + 1)
        .split(',')
        .every((right) => rights.includes(right))
    );
  });
}

function whatWouldHelp(host: string): string {
  const login = `log in with "docker login${host === DOCKER_HUB ? '' : ` ${host}`}"`;
  const pair = 'set access_pair of the mirror';
  return host === 'ghcr.io'
    ? `${pair}, give github-token (packages: read or write), or ${login}`
    : `${pair}, or ${login}`;
}

function whatToCheck({ host, name }: Repository): string {
  if (host === 'ghcr.io') {
    return `check that they may use ${name}: the job needs "packages: write" (to read: "packages: read"), and the package must give this repository access`;
  }
  return `check them, and what they may do with ${name}`;
}
