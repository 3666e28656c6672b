/**
 * One HTTP client for all mirrors: keep-alive, bounded connections, time-outs, proxies from the environment, custom
 * CAs, and every failure as one of our errors. It neither retries nor follows redirects: both depend on what is being
 * asked for.
 */

import { Readable } from 'node:stream';
import { cancelled } from '../../core/abort.ts';
import { monotonicMs } from '../../core/clock.ts';
import type { Env } from '../../core/env.ts';
import { BuildcacheError, systemCode } from '../../core/errors.ts';
import { redactUrl } from '../../core/redact.ts';
import { requireOutside } from './inner-address.ts';
import { patience } from './patience.ts';
import { describeProxy, type ForwardProxy, proxyFor } from './proxy.ts';
import { openTransport } from './transport.ts';

export interface HttpClientOptions {
  /** Milliseconds: to connect, to the first header, and between two pieces of a body; see pace.ts for the whole. */
  readonly timeoutMs: number;
  /** Most connections to one server. */
  readonly connections: number;
  /** False turns off certificate checks (Spack's `config:verify_ssl`). */
  readonly verifyTls: boolean;
  /** PEM text of further certificate authorities. */
  readonly ca: string | undefined;
  /** No request may go to an address of this machine, or one that only its network has. */
  readonly outside?: boolean;
  /** Where the proxy variables are, and NODE_EXTRA_CA_CERTS. */
  readonly env: Env;
}

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | Readable | string;
  /** As the client's option, for this request: set where the URL comes from somebody else. */
  readonly outside?: boolean;
  /** Whose word the URL is, where it may be another server's; see patience.ts. */
  readonly home?: URL;
  readonly signal?: AbortSignal | undefined;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names. Of repeated headers the first; of those that are lists of challenges or links all, joined with commas. */
  readonly headers: ReadonlyMap<string, string>;
  /** For people: the proxy it came through. A refusal may be the proxy's. */
  readonly through?: string;
  /** Must be consumed, dumped or destroyed. Its errors are ours. */
  readonly body: Readable;
}

export interface HttpClient {
  /** @throws `unreachable`, `cancelled`; statuses are answers, not errors */
  request(request: HttpRequest): Promise<HttpResponse>;
  /**
   * Milliseconds that the clock of this machine is ahead of those of the servers, as far as answers tell. The least counts:
   * an answer out of a cache has the time at which it was made. Undefined where no answer has said a time.
   */
  clockAheadMs?(): number | undefined;
  close(): Promise<void>;
}

/** What carries requests out. Errors are its own. */
export interface Transport {
  request(request: HttpRequest, way: Way): Promise<TransportResponse>;
  close(): Promise<void>;
}

export interface Way {
  /** None: straight to the server. */
  readonly proxy: ForwardProxy | undefined;
  /** Milliseconds, as of the client's options. */
  readonly timeoutMs: number;
  /** The name must not lead to an address of this machine. Behind a proxy, the proxy looks the name up and decides. */
  readonly outside?: boolean;
}

export interface TransportResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readable;
}

export async function openHttpClient(options: HttpClientOptions): Promise<HttpClient> {
  const transport = openTransport(options);
  const patient = patience(options.timeoutMs);
  let ahead: number | undefined;
  return {
    clockAheadMs: () => ahead,
    async request(request) {
      const { url, signal } = request;
      const headers = { 'user-agent': 'buildcache-action', ...request.headers };
      const started = monotonicMs();
      let proxy: ForwardProxy | undefined;
      let timeoutMs = options.timeoutMs;
      const failed = (error: unknown) => {
        // A request that waited for a connection was not sent yet, so its wait was not the server's silence.
        const since = Math.max(started, monotonicMs() - timeoutMs);
        const givenUp = signal?.aborted !== true && isSilence(error) && !patient.silent(request, since);
        return transportError(error, { url, proxy, signal, givenUp });
      };
      try {
        const outside = options.outside === true || request.outside === true;
        if (outside) requireOutside(url, undefined, 'a redirect or a list');
        proxy = proxyFor(url, options.env);
        timeoutMs = patient.left(request);
        const response = await transport.request({ ...request, headers }, { proxy, timeoutMs, outside });
        if (response.status === 407 && proxy !== undefined)
          throw await wantsCredentials(proxy, response, url);
        const said = Date.parse([response.headers['date'] ?? ''].flat()[0] ?? '');
        if (!Number.isNaN(said)) ahead = Math.min(ahead ?? Number.POSITIVE_INFINITY, Date.now() - said);
        const isAway = isLater(response.status);
        if (isAway) patient.sentAway(request);
        return {
          status: response.status,
          headers: headerMap(response.headers),
          ...(proxy === undefined ? {} : { through: describeProxy(proxy) }),
          body: watched(response.body, failed, () => {
            if (!isAway) patient.heard(request);
          }),
        };
      } catch (error) {
        if (request.body instanceof Readable) request.body.destroy();
        throw failed(error);
      }
    },
    close: () => transport.close(),
  };
}

/** Whether the status says that the same request may succeed later. */
function isLater(status: number): boolean {
  return status === 429 || status === 408 || status >= 500;
}

/** Reads a body to its end and throws it away, so that its connection can be used again. */
export async function drain(body: Readable): Promise<void> {
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > 128 * 1024) break; // leaving the loop destroys the body: cheaper to connect anew
  }
}

async function wantsCredentials(
  proxy: ForwardProxy,
  { headers, body }: TransportResponse,
  url: URL,
): Promise<BuildcacheError> {
  body.on('error', () => undefined).destroy();
  const challenges = [headers['proxy-authenticate'] ?? []].flat().join(', ');
  return (await import('./tunnel.ts')).proxyWantsCredentials(proxy, challenges, redactUrl(url));
}

/** A server may write each item into a header of its own (RFC 9110, section 5.3). */
const LISTS: ReadonlySet<string> = new Set(['www-authenticate', 'link']);

function headerMap(headers: Readonly<Record<string, string | string[] | undefined>>): Map<string, string> {
  const map = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    const key = name.toLowerCase();
    const values = [value].flat();
    const said = LISTS.has(key) ? values.join(', ') : values[0];
    if (said !== undefined) map.set(key, said);
  }
  return map;
}

/** Makes the failure of a body that is cut short or stalls one of our errors. */
function watched(body: Readable, failed: (error: unknown) => Error, onEnd: () => void): Readable {
  const destroy = body.destroy.bind(body);
  body.destroy = (error) => destroy(error === undefined || error === null ? undefined : failed(error));
  return body.once('end', onEnd);
}

/** Whether the failure is silence, or hardly more than that, rather than a refusal. */
function isSilence(error: unknown): boolean {
  return /^(?:(?:CONNECT|HEADERS|BODY)_TIMEOUT|TOO_SLOW)$/.test(failureCode(error) ?? '');
}

interface Circumstances {
  readonly url: URL;
  readonly proxy: ForwardProxy | undefined;
  readonly signal: AbortSignal | undefined;
  readonly givenUp: boolean;
}

function transportError(error: unknown, { url, proxy, signal, givenUp }: Circumstances): Error {
  if (error instanceof BuildcacheError) return error;
  if (signal?.aborted) return cancelled(signal);
  const code = failureCode(error);
  if (code === 'REQ_CONTENT_LENGTH_MISMATCH') {
    return new BuildcacheError(
      'io',
      'what was being sent changed on the way',
      { url: redactUrl(url) },
      error,
    );
  }
  const message = code?.startsWith('HPE_') === true ? 'the answer is no HTTP' : TRANSPORT[code ?? ''];
  const reason =
    message ?? `the connection failed (${code ?? (error instanceof Error ? error.message : 'unknown')})`;
  return new BuildcacheError(
    'unreachable',
    proxy === undefined ? reason : `by way of ${describeProxy(proxy)}: ${reason}`,
    { url: redactUrl(url), ...(hintFor(code, proxy, url) ?? {}), ...(givenUp ? { givenUp } : {}) },
    error,
  );
}

/** One code for the same failure, whichever transport it came from. */
function failureCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // Node uses these words also for connections that were closed in good order, but too early.
  if (/^(?:aborted|socket hang up)$/.test(error.message)) return 'SOCKET';
  return (systemCode(error) ?? systemCode(error.cause))?.replace(/^UND_ERR_/, '');
}

const TRANSPORT: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was reset',
  SOCKET: 'the connection was closed before the answer was complete',
  RES_CONTENT_LENGTH_MISMATCH: 'the answer is shorter than announced',
  CONNECT_TIMEOUT: 'connecting took too long',
  HEADERS_TIMEOUT: 'the server did not answer in time',
  BODY_TIMEOUT: 'the server stalled in the middle of its answer',
  TOO_SLOW: 'the server is too slow: next to nothing came in all that time',
  EPROTO: 'it speaks no TLS, or none that is taken here',
  ENOTFOUND: 'the host name is unknown',
  EAI_AGAIN: 'the host name could not be looked up',
  ENETUNREACH: 'the network is unreachable',
  EHOSTUNREACH: 'the host is unreachable',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate chain is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate cannot be verified',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is by an unknown authority',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

function hintFor(
  code: string | undefined,
  proxy: ForwardProxy | undefined,
  { origin }: URL,
): { readonly hint: string } | undefined {
  if (code === undefined) return undefined;
  if (/^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH)$/.test(code)) {
    // Then the proxy's name was not found. A proxy itself reports a server whose name it cannot find.
    const settings = proxy === undefined ? 'the URL and the proxy settings' : proxy.variable;
    const look = proxy === undefined ? `curl -sI ${origin}` : `printenv ${proxy.variable}`;
    return { hint: `check ${settings}: \`${look}\`` };
  }
  if (code === 'EPROTO') return { hint: 'check the scheme and the port of the URL' };
  if (/^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)$/.test(code))
    return { hint: 'check the clock of this machine; if that is right, the certificate has to be renewed' };
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return { hint: 'check the host in the URL: another one answers there' };
  if (/CERT|ISSUER|LEAF/.test(code) && !code.startsWith('ERR_SSL_'))
    return { hint: 'name its authority with --ca-file (or NODE_EXTRA_CA_CERTS)' };
  return undefined;
}
