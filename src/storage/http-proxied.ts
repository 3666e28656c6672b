/** Requests by way of the proxies the environment names, with undici, which knows how to tunnel and when not to. */
import { rootCertificates } from 'node:tls';
import { EnvHttpProxyAgent, request as send } from 'undici';
import type { HttpClientOptions, Transport } from './http-client.ts';

export function proxiedTransport({ timeoutMs, connections, verifyTls, ca }: HttpClientOptions): Transport {
  const connect = {
    timeout: Math.min(timeoutMs, 10_000),
    ...(verifyTls ? {} : { rejectUnauthorized: false }),
    ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
  };
  const dispatcher = new EnvHttpProxyAgent({
    connections,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    keepAliveTimeout: 30_000,
    connect,
    requestTls: connect,
  });
  return {
    async request({ method, url, headers = {}, body, signal }) {
      const response = await send(url.origin + url.pathname + url.search, {
        dispatcher,
        method,
        headers,
        body: body ?? null,
        // Else undici closes the connection after each HEAD, for servers that answer it with a body.
        reset: false,
        ...(signal === undefined ? {} : { signal }),
      });
      return { status: response.statusCode, headers: response.headers, body: response.body };
    },
    close: () => dispatcher.destroy(),
  };
}
