/**
 * One HTTP client for plain mirrors and registries: keep-alive, bounded connections, time-outs, proxies from
 * the environment, custom CAs, and every failure as one of our errors. No retries here, no redirects either:
 * both need to know what is being asked for.
 */
import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { cancelled } from '../core/abort.ts';
import { BuildcacheError, systemCode } from '../core/errors.ts';
import { redactUrl } from '../core/redact.ts';

export interface HttpClientOptions {
  /** Milliseconds: to connect, to the first header, and between two pieces of a body. */
  readonly timeoutMs: number;
  /** Most connections to one server. */
  readonly connections: number;
  /** False turns off certificate checks (Spack's `config:verify_ssl`). */
  readonly verifyTls: boolean;
  /** PEM text of further certificate authorities. */
  readonly ca: string | undefined;
  /** Whether HTTP_PROXY or HTTPS_PROXY is set: the proxy code is loaded only then. */
  readonly useProxy: boolean;
}

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | Readable | string;
  readonly signal?: AbortSignal | undefined;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names; of repeated headers the first, of challenges (`www-authenticate`) all, with commas. */
  readonly headers: ReadonlyMap<string, string>;
  /** Must be consumed, dumped or destroyed. Its errors are ours. */
  readonly body: Readable;
}

export interface HttpClient {
  /** @throws `unreachable`, `cancelled`; statuses are answers, not errors */
  request(request: HttpRequest): Promise<HttpResponse>;
  close(): Promise<void>;
}

export async function openHttpClient(options: HttpClientOptions): Promise<HttpClient> {
  const dispatcher = await openDispatcher(options);
  const { request } = await import('undici/lib/api/index.js');
  return {
    async request({ method, url, headers, body, signal }) {
      try {
        const response = await request.call(dispatcher, {
          origin: url.origin,
          path: url.pathname + url.search,
          method,
          headers: { 'user-agent': 'buildcache-action', ...headers },
          body: body ?? null,
          // Else undici closes the connection after each HEAD, for servers that answer it with a body.
          reset: false,
          ...(signal === undefined ? {} : { signal }),
        });
        return {
          status: response.statusCode,
          headers: headerMap(response.headers),
          body: withOurErrors(response.body, url, signal),
        };
      } catch (error) {
        throw transportError(error, url, signal);
      }
    },
    close: () => dispatcher.destroy(),
  };
}

/** Reads a body to its end and throws it away, so that its connection can serve again. */
export async function drain(body: Readable): Promise<void> {
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > 128 * 1024) break; // leaving the loop destroys the body: cheaper to connect anew
  }
}

async function openDispatcher(options: HttpClientOptions): Promise<Dispatcher> {
  const tls = {
    ...(options.verifyTls ? {} : { rejectUnauthorized: false }),
    ...(options.ca === undefined ? {} : { ca: [...(await import('node:tls')).rootCertificates, options.ca] }),
  };
  const settings = {
    connections: options.connections,
    headersTimeout: options.timeoutMs,
    bodyTimeout: options.timeoutMs,
    keepAliveTimeout: 30_000,
    connect: { timeout: Math.min(options.timeoutMs, 10_000), ...tls },
  };
  if (options.useProxy) {
    // The whole package: only its entry gives dispatchers the `connect` that tunnels are made with.
    const { EnvHttpProxyAgent } = await import('undici');
    return new EnvHttpProxyAgent({ ...settings, requestTls: settings.connect });
  }
  const { default: Agent } = await import('undici/lib/dispatcher/agent.js');
  return new Agent(settings);
}

function headerMap(headers: Readonly<Record<string, string | string[] | undefined>>): Map<string, string> {
  const map = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    const key = name.toLowerCase();
    const values = [value].flat();
    const said = key === 'www-authenticate' ? values.join(', ') : values[0];
    if (said !== undefined) map.set(key, said);
  }
  return map;
}

/** A body cut short or stalled fails its reader; the failure must be ours there too. */
function withOurErrors(body: Readable, url: URL, signal: AbortSignal | undefined): Readable {
  const destroy = body.destroy.bind(body);
  body.destroy = (error) =>
    destroy(error === undefined || error === null ? undefined : transportError(error, url, signal));
  return body;
}

function transportError(error: unknown, url: URL, signal: AbortSignal | undefined): Error {
  if (error instanceof BuildcacheError) return error;
  // An abort nobody asked for is a failure like others: a proxy's refusal comes as one.
  if (signal?.aborted) return cancelled(signal);
  const code = systemCode(error) ?? (error instanceof Error ? systemCode(error.cause) : undefined);
  if (code === 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH') {
    return new BuildcacheError(
      'io',
      'what was being sent changed on the way',
      { url: redactUrl(url) },
      error,
    );
  }
  return new BuildcacheError(
    'unreachable',
    TRANSPORT[code ?? ''] ??
      `the connection failed (${code ?? (error instanceof Error ? error.message : 'unknown')})`,
    { url: redactUrl(url), ...(hintFor(code) ?? {}) },
    error,
  );
}

const TRANSPORT: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was reset',
  UND_ERR_SOCKET: 'the connection was closed before the answer was complete',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the answer is shorter than announced',
  UND_ERR_CONNECT_TIMEOUT: 'connecting took too long',
  UND_ERR_HEADERS_TIMEOUT: 'the server did not answer in time',
  UND_ERR_BODY_TIMEOUT: 'the server stalled in the middle of its answer',
  ENOTFOUND: 'the host name is unknown',
  EAI_AGAIN: 'the host name could not be looked up',
  ENETUNREACH: 'the network is unreachable',
  EHOSTUNREACH: 'the host is unreachable',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate chain is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate cannot be verified',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is by an unknown authority',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

function hintFor(code: string | undefined): { readonly hint: string } | undefined {
  if (code === undefined) return undefined;
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND')
    return { hint: 'check the URL and the proxy settings' };
  if (/CERT|ISSUER|LEAF/.test(code))
    return { hint: 'name its authority with --ca-file (or NODE_EXTRA_CA_CERTS)' };
  return undefined;
}
