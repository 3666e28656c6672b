/**
 * What every local test server stands on: a loopback port, a log of requests, a count of connections, and a
 * close that does not wait for clients who keep their sockets. `await using` closes it.
 */
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { type Certificate, makeCertificate } from './certificate.ts';

export interface Listening extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`, or `https://` with TLS; no slash at the end. */
  readonly url: string;
  /** PEM of the certificate to trust; undefined without TLS. */
  readonly ca: string | undefined;
  readonly server: Server;
  /** TCP connections accepted so far: keep-alive shows as fewer connections than requests. */
  connections(): number;
  close(): Promise<void>;
}

/** @param options.tls serve HTTPS, with a certificate made for this process */
export async function listen(handler: RequestListener, options: { tls?: boolean } = {}): Promise<Listening> {
  const certificate = options.tls === true ? processCertificate() : undefined;
  const server =
    certificate === undefined
      ? createServer(handler)
      : createTlsServer({ key: certificate.key, cert: certificate.cert }, handler);
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket) => {
    connections++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // Clients hang up in the middle of things all the time here; that is what is being tested.
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    if (!server.listening) return;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  };
  return {
    url: `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    ca: certificate?.cert,
    server,
    connections: () => connections,
    close,
    [Symbol.asyncDispose]: close,
  };
}

let made: Certificate | undefined;

function processCertificate(): Certificate {
  made ??= makeCertificate();
  return made;
}

/** A port nobody listens at, for servers that must be told one. */
export async function freePort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
