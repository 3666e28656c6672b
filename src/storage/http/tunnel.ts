/**
 * TLS connections through a proxy: CONNECT (RFC 9110 section 9.3.6), then TLS with the server inside. Loaded only where
 * there is a proxy.
 */
import { type ClientRequest, type RequestOptions, request as sendPlain } from 'node:http';
import { Agent, type AgentOptions, request as sendSecure } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import pLimit from 'p-limit';
import { BuildcacheError, type ErrorCode } from '../../core/errors.ts';
import { statusCode } from '../../core/http-status.ts';
import { addressOf, describeProxy, type ForwardProxy } from './proxy.ts';

export interface TunnelSettings extends AgentOptions {
  /** Ends a request on whose connection nothing moves for too long. */
  readonly limitSilence: (socket: Socket, request: ClientRequest) => void;
}

/** An agent whose connections go through the proxy. The proxy's credentials are sent to nobody else. */
export function tunnelAgent(proxy: ForwardProxy, { limitSilence, ...settings }: TunnelSettings): Agent {
  return new TunnelAgent(proxy, settings, limitSilence);
}

/** Waits for a turn at a host. @returns what ends it @throws when the signal fires */
export type Turn = (host: string, signal: AbortSignal | undefined) => Promise<() => void>;

/**
 * Turns for requests to a host, so many at once. An agent counts only the connections that are open, and would open
 * another for each request that comes while the first tunnels are being made.
 */
export function takingTurns(most: number): Turn {
  const hosts = new Map<string, ReturnType<typeof pLimit>>();
  return (host, signal) => {
    const limit = hosts.get(host) ?? pLimit(most);
    hosts.set(host, limit);
    return new Promise((resolve, reject) => {
      const onAbort = () => reject(signal?.reason);
      signal?.addEventListener('abort', onAbort, { once: true });
      void limit(async () => {
        signal?.removeEventListener('abort', onAbort);
        if (signal?.aborted) reject(signal.reason);
        else await new Promise<void>((end) => resolve(end));
      });
    });
  };
}

class TunnelAgent extends Agent {
  readonly #proxy: ForwardProxy;
  readonly #settings: AgentOptions;
  readonly #limitSilence: TunnelSettings['limitSilence'];
  readonly #opening = new Set<ClientRequest>();

  constructor(proxy: ForwardProxy, settings: AgentOptions, limitSilence: TunnelSettings['limitSilence']) {
    super(settings);
    this.#proxy = proxy;
    this.#settings = settings;
    this.#limitSilence = limitSilence;
  }

  override createConnection(
    options: RequestOptions,
    callback: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    this.#open(`${bracketed(String(options.host))}:${options.port}`).then(
      (socket) => {
        const secured = super.createConnection({ ...options, socket } as RequestOptions);
        if (secured) callback(null, secured);
      },
      // Node's own callback takes only an error.
      (error: Error) => (callback as (error: Error) => void)(error),
    );
  }

  override destroy(): void {
    for (const request of this.#opening) request.destroy();
    super.destroy();
  }

  /** @param target `host:port` */
  #open(target: string): Promise<Socket> {
    const { url, authorization } = this.#proxy;
    const send = url.protocol === 'https:' ? sendSecure : sendPlain;
    return new Promise((resolve, reject) => {
      const request = send({
        ...addressOf(this.#proxy),
        ...(url.protocol === 'https:' ? this.#settings : {}),
        method: 'CONNECT',
        path: target,
        agent: false,
        headers: {
          host: target,
          'user-agent': 'buildcache-action',
          ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }),
        },
      });
      this.#opening.add(request);
      request.once('close', () => this.#opening.delete(request));
      request.on('error', reject);
      request.on('socket', (socket) => this.#limitSilence(socket, request));
      request.on('connect', (answer, socket: Socket, head) => {
        socket.setTimeout(0);
        const status = answer.statusCode ?? 0;
        if (status >= 200 && status < 300) {
          if (head.length > 0) socket.unshift(head);
          resolve(socket);
          return;
        }
        socket.on('error', () => undefined).destroy();
        reject(connectRefusal(this.#proxy, status, answer.headers['proxy-authenticate'], target));
      });
      request.end();
    });
  }
}

/** The error for a proxy that does not connect. */
function connectRefusal(
  proxy: ForwardProxy,
  status: number,
  challenges: string | string[] | undefined,
  target: string,
): BuildcacheError {
  if (status === 407)
    return proxyWantsCredentials(proxy, [challenges].flat().join(', '), `https://${target}`);
  const [code, hint] = meaning(status);
  return new BuildcacheError(code, `${describeProxy(proxy)} does not connect to it`, {
    url: `https://${target}`,
    status,
    found: `HTTP ${status} to CONNECT`,
    hint,
  });
}

/** The error for a 407 to any kind of request. @param challenges its `Proxy-Authenticate` */
export function proxyWantsCredentials(proxy: ForwardProxy, challenges: string, url: string): BuildcacheError {
  const { authorization, variable } = proxy;
  const schemes = [...challenges.matchAll(/(?:^|,)\s*([A-Za-z][\w-]*)(?=\s|,|$)/g)].map(([, name]) => name);
  const isBasic = schemes.length === 0 || schemes.some((scheme) => scheme?.toLowerCase() === 'basic');
  const way = isBasic
    ? `write them into ${variable}, as http://user:password@host:port, percent-encoded`
    : 'only Basic is spoken here: run a local proxy that speaks the other';
  return new BuildcacheError(
    'denied',
    authorization === undefined
      ? `${describeProxy(proxy)} wants a user and a password (407)`
      : `${describeProxy(proxy)} does not accept the user and password (407)`,
    {
      url,
      status: 407,
      ...(isBasic ? {} : { expected: 'Basic', found: schemes.join(', ').slice(0, 100) }),
      hint: authorization === undefined || !isBasic ? way : `check those in ${variable}`,
    },
  );
}

function meaning(status: number): readonly [code: ErrorCode, hint: string] {
  const except = 'or name the host in no_proxy';
  const code = statusCode(status);
  if (code === 'throttled') return [code, 'try again later'];
  // The proxy cannot reach the host, or the host takes too long.
  if (code === 'server-error') return ['unreachable', `check the host name, ${except}`];
  if (status >= 400) return ['denied', `ask for the host to be let through, ${except}`];
  return ['protocol', `check that it is a proxy, ${except}`];
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
