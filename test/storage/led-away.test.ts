/** Whoever leads to other servers answers for the time that these take, together (src/storage/http/patience.ts). */
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import type { HttpClient, HttpRequest } from '../../src/storage/http/client.ts';
import { openHttpStorage } from '../../src/storage/http/http.ts';
import { parseRepositoryUrl } from '../../src/storage/registry/reference.ts';
import { openRegistryReader } from '../../src/storage/registry/registry.ts';

type Said = readonly [status: number, headers: Readonly<Record<string, string>>, body?: string];

function answering(answer: (url: URL) => Said) {
  const asked: HttpRequest[] = [];
  const client: HttpClient = {
    async request(request) {
      asked.push(request);
      const [status, headers, body = ''] = answer(request.url);
      return { status, headers: new Map(Object.entries(headers)), body: Readable.from([Buffer.from(body)]) };
    },
    close: async () => undefined,
  };
  return { client, asked: () => asked.map(({ url, home }) => [url.host, home?.host]) };
}

const RETRY = { retries: 0, baseDelayMs: 1, maxDelayMs: 1 };

it('a web server, for redirects', async () => {
  const { client, asked } = answering(({ host }) =>
    host === 'home.example' ? [307, { location: 'http://1.example/' }] : [200, {}],
  );
  await openHttpStorage(client, { url: 'http://home.example', retry: RETRY }).get('k');
  expect(asked()).toEqual([
    ['home.example', 'home.example'],
    ['1.example', 'home.example'],
  ]);
});

it('a registry, for redirects and token endpoints', async () => {
  let isKnown = false;
  const { client, asked } = answering(({ host }): Said => {
    if (host === 'auth.home.example') {
      isKnown = true;
      return [200, {}, '{"token": "t"}'];
    }
    if (host === '1.example') return [200, {}];
    return isKnown
      ? [307, { location: 'https://1.example/' }]
      : [401, { 'www-authenticate': 'Bearer realm="https://auth.home.example/token"' }];
  });
  const reader = openRegistryReader(client, {
    repository: parseRepositoryUrl('oci://home.example/a/b'),
    credentials: async () => ({ credentials: undefined, source: 'nowhere', remarks: [] }),
    retry: RETRY,
  });
  await reader.blob(`sha256:${'0'.repeat(64)}`);
  expect(asked()).toEqual([
    ['home.example', 'home.example'],
    ['auth.home.example', 'home.example'],
    ['home.example', 'home.example'],
    ['1.example', 'home.example'],
  ]);
});
