/**
 * A forward proxy: plain requests in absolute form, everything else through CONNECT. It logs what it was asked
 * for, can ask for credentials, refuse tunnels, and answer with anything else; it resolves no names but through the
 * system, and caches nothing.
 */
import { type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { listen } from './listen.ts';

export interface ProxiedRequest {
  readonly method: string;
  /** `http://host:port/path` of a plain request, `host:port` of CONNECT. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
}

export interface ProxyOptions {
  readonly auth?: { readonly username: string; readonly password: string };
  /** Where a `host:port` leads in truth, for names that do not exist. */
  readonly hosts?: Readonly<Record<string, string>>;
  /** What CONNECT is answered with; a tunnel when undefined. */
  readonly refuseConnect?: number;
  /** Written to whoever connects, who is hung up on then. */
  readonly insteadOfHttp?: string;
  readonly tls?: boolean;
}

export interface Proxy extends AsyncDisposable {
  readonly url: string;
  /** To trust, with TLS. */
  readonly ca: string | undefined;
  readonly requests: ProxiedRequest[];
  close(): Promise<void>;
}

export async function startProxy(options: ProxyOptions = {}): Promise<Proxy> {
  const requests: ProxiedRequest[] = [];
  const log = (incoming: IncomingMessage): string => {
    const target = incoming.url ?? '';
    requests.push({ method: incoming.method ?? '', target, headers: incoming.headers });
    return target;
  };
  const allowed = (headers: IncomingHttpHeaders): boolean => {
    if (options.auth === undefined) return true;
    const { username, password } = options.auth;
    const expected = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    return headers['proxy-authorization'] === expected;
  };
  const address = (host: string): { host: string; port: number } => {
    const real = new URL(`tcp://${options.hosts?.[host] ?? host}`);
    return { host: real.hostname, port: Number(real.port) };
  };

  const plain = (incoming: IncomingMessage, response: ServerResponse) => {
    const target = log(incoming);
    if (!URL.canParse(target)) return void response.writeHead(400).end('absolute form, please\n');
    if (!allowed(incoming.headers)) {
      return void response.writeHead(407, { 'proxy-authenticate': 'Basic realm="proxy"' }).end();
    }
    const url = new URL(target);
    const headers = { ...incoming.headers };
    delete headers['proxy-authorization'];
    delete headers['proxy-connection'];
    const to = address(url.port === '' ? `${url.hostname}:80` : url.host);
    const upstream = request(
      { ...to, method: incoming.method, path: `${url.pathname}${url.search}`, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
        answer.on('error', () => response.destroy());
      },
    );
    upstream.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
    incoming.pipe(upstream);
  };

  const listening = await listen(plain, { tls: options.tls === true });
  const { insteadOfHttp } = options;
  if (insteadOfHttp !== undefined) {
    listening.server.prependListener('connection', (socket) => void socket.end(insteadOfHttp));
  }
  const tunnels = new Set<Duplex>();
  listening.server.on('connect', (incoming: IncomingMessage, client: Duplex, head: Buffer) => {
    const target = log(incoming);
    client.on('error', () => client.destroy());
    if (!allowed(incoming.headers)) {
      client.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="proxy"\r\n\r\n',
      );
      return;
    }
    if (options.refuseConnect !== undefined) {
      client.end(`HTTP/1.1 ${options.refuseConnect} No\r\nLocation: http://login.invalid/\r\n\r\n`);
      return;
    }
    const upstream = connect(address(target), () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client);
      client.pipe(upstream);
    });
    tunnels.add(upstream);
    upstream.on('error', () => client.destroy());
    upstream.on('close', () => {
      tunnels.delete(upstream);
      client.destroy();
    });
    client.on('close', () => upstream.destroy());
  });
  const close = async () => {
    for (const tunnel of tunnels) tunnel.destroy();
    await listening.close();
  };
  return { url: listening.url, ca: listening.ca, requests, close, [Symbol.asyncDispose]: close };
}
