/** Listings and refusals without end, from servers that pretend to be object stores. */
import type { RequestListener } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, test } from 'vitest';
import { DEFAULT_RETRY } from '../../src/core/retry.ts';
import { openGcsStorage } from '../../src/storage/gcs/gcs.ts';
import { isByNothing, pages } from '../../src/storage/pages.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { listen } from '../harness/listen.ts';
import { openTestReader } from '../harness/registry-client.ts';
import { openS3, openTestClient } from '../harness/s3-place.ts';
import { failsAs, keysOf } from '../harness/storage-contract.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

type Open = (url: string) => Promise<Storage>;

async function storageOver(open: Open, answer: RequestListener): Promise<Storage> {
  const server = await listen(answer);
  const storage = await open(server.url);
  closing.push(
    () => server.close(),
    () => storage.close(),
  );
  return storage;
}

const openBucket: Open = (url) => openS3(url);
const openGoogle: Open = async (url) =>
  openGcsStorage({
    bucket: 'bucket',
    prefix: '',
    endpointUrl: url,
    token: async () => undefined,
    http: await openTestClient(5_000),
    retry: { ...DEFAULT_RETRY, retries: 0 },
  });

const s3Page = (inside: string) =>
  `<ListBucketResult><Name>bucket</Name><IsTruncated>true</IsTruncated>${inside}</ListBucketResult>`;

let page = 0;

test.each<readonly [string, Open, () => string]>([
  [
    'S3, one token again and again',
    openBucket,
    () => s3Page('<NextContinuationToken>again</NextContinuationToken>'),
  ],
  [
    'S3, two in turn',
    openBucket,
    () => s3Page(`<NextContinuationToken>${page++ % 2}</NextContinuationToken>`),
  ],
  ['S3, more to come and no token', openBucket, () => s3Page('')],
  ['Google, one token again and again', openGoogle, () => '{"nextPageToken": "again"}'],
  ['Google, more to come and no token of text', openGoogle, () => '{"items": [], "nextPageToken": 7}'],
  ['Google, two in turn', openGoogle, () => `{"nextPageToken": "${page++ % 2}"}`],
])('a listing without end is no listing (%s)', async (_, open, answer) => {
  let requests = 0;
  const storage = await storageOver(open, (_request, response) => {
    requests++;
    response.end(answer());
  });
  await failsAs('protocol', keysOf(storage, ''));
  expect(requests).toBeLessThan(5);
});

const s3Key = (key: string) => `<Contents><Key>${key}</Key></Contents>`;
const s3Token = (token: number) => `<NextContinuationToken>${token}</NextContinuationToken>`;

test.each<readonly [string, Open, () => string]>([
  ['S3, the same page under new tokens', openBucket, () => s3Page(s3Key('a') + s3Token(page++))],
  [
    'Google, the same page under new tokens',
    openGoogle,
    () => `{"nextPageToken": "${page++}", "items": [{"name": "a"}]}`,
  ],
  ['Google, pages with nothing on them', openGoogle, () => `{"nextPageToken": "${page++}"}`],
])('a listing that does not come on is no listing (%s)', async (_, open, answer) => {
  let requests = 0;
  const storage = await storageOver(open, (_request, response) => {
    requests++;
    response.end(answer());
  });
  await failsAs('protocol', keysOf(storage, ''));
  expect(requests).toBeLessThan(1100);
});

test('a listing goes on with its token, also where S3 does not say that there is more', async () => {
  const storage = await storageOver(openBucket, ({ url }, response) => {
    const inside =
      url?.includes('continuation-token') === true
        ? s3Key('some/mirror/b')
        : s3Key('some/mirror/a') + s3Token(1);
    response.end(`<ListBucketResult><Name>bucket</Name>${inside}</ListBucketResult>`);
  });
  expect(await keysOf(storage, '')).toEqual(['a', 'b']);
});

test('a listing may have as many pages as it likes, and empty ones among them', async () => {
  let at = 0;
  const storage = await storageOver(openGoogle, (_request, response) => {
    at++;
    const items = at % 5 === 0 ? '' : `{"name": "k${at}"}`;
    response.end(`{${at < 1500 ? `"nextPageToken": "${at}", ` : ''}"items": [${items}]}`);
  });
  expect(await keysOf(storage, '')).toHaveLength(1200);
});

it('a copy of Google that always has more to do ends', async () => {
  let asked = 0;
  const storage = await storageOver(openGoogle, (_request, response) => {
    response.end(`{"done": false, "rewriteToken": "${++asked}", "totalBytesRewritten": "0"}`);
  });
  await failsAs('protocol', storage.copyFrom?.(storage, 'a', 'b') ?? Promise.resolve());
  expect(asked).toBe(1000);
});

describe('an answer without end', () => {
  /** Until nobody listens any more. */
  const endless =
    (status: number): RequestListener =>
    (_request, response) => {
      response.writeHead(status, { 'content-type': 'application/xml' });
      response.write('<?xml version="1.0"?><ListBucketResult><Name>bucket</Name>');
      const piece = '<Contents><Key>a</Key></Contents>'.repeat(2_000);
      const more = () => {
        while (!response.destroyed && response.write(piece));
      };
      response.on('drain', more).on('error', () => undefined);
      more();
    };

  it.each<readonly [string, Open]>([
    ['S3', openBucket],
    ['Google', openGoogle],
  ])('is no listing (%s)', async (_, open) => {
    const before = process.memoryUsage().rss;
    const storage = await storageOver(open, endless(200));
    await failsAs('protocol', keysOf(storage, ''));
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 ** 2);
  });

  it.each<readonly [string, Open]>([
    ['S3', openBucket],
    ['Google', openGoogle],
  ])('says no all the same (%s)', async (_, open) => {
    const storage = await storageOver(open, endless(403));
    await failsAs('denied', storage.get('a'));
    await failsAs('denied', keysOf(storage, ''));
  });
});

describe('pages with megabytes on them', () => {
  const PAGES = 20;
  const long = 'a'.repeat(12 * 1024 ** 2);
  const collect = () => {
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)();
    return process.memoryUsage().heapUsed;
  };

  /** @returns bytes that are kept when all pages are there */
  async function kept(list: (url: string) => Promise<AsyncIterable<unknown>>, answer: RequestListener) {
    const server = await listen(answer);
    closing.push(() => server.close());
    const before = collect();
    let held: number | undefined;
    for await (const _last of await list(server.url)) held = collect() - before;
    if (held === undefined) throw new Error('no last page');
    return held;
  }

  it('leave little behind (Google)', async () => {
    let at = 0;
    const answer: RequestListener = (_request, response) => {
      const [name, token] = ++at < PAGES ? [`/${at}${long}`, `"nextPageToken": "${at}", `] : ['last', ''];
      response.end(`{${token}"items": [{"name": "${name}"}]}`);
    };
    expect(await kept(async (url) => (await openGoogle(url)).list(''), answer)).toBeLessThan(60 * 1024 ** 2);
  });

  it('leave little behind (a registry)', async () => {
    let at = 0;
    const answer: RequestListener = (_request, response) => {
      const more = ++at < PAGES;
      const headers = {
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        ...(more ? { link: `</v2/a/b/tags/list?last=${at}>; rel="next"` } : {}),
      };
      response.writeHead(200, headers);
      response.end(gzipSync(`{"tags": ["${more ? at + long : 'last'}"]}`, { level: 1 }));
    };
    const list = async (url: string) => (await openTestReader(`oci+${url}/a/b`)).tags();
    expect(await kept(list, answer)).toBeLessThan(60 * 1024 ** 2);
  });

  it('are no list of what refers to an image', async () => {
    let at = 0;
    const server = await listen((_request, response) => {
      const one = `{"mediaType": "a/b", "digest": "sha256:${'0'.repeat(64)}", "size": 1}`;
      const headers = { 'content-type': 'application/json', link: `</v2/a/b/referrers/${++at}>; rel="next"` };
      response.writeHead(200, headers).end(`{"manifests": [${Array(15_000).fill(one).join()}]}`);
    });
    closing.push(() => server.close());
    const reader = await openTestReader(`oci+${server.url}/a/b`);
    await failsAs('too-large', reader.referrers(`sha256:${'0'.repeat(64)}`, undefined));
    expect(at).toBe(3);
  });
});

test('a token is no longer than a URL', () => {
  const listing = pages('s3://b');
  expect(listing.next('t'.repeat(4_000), ['a'])).toHaveLength(4_000);
  expect(() => listing.next('t'.repeat(20_000), ['b'])).toThrow('a token of no server');
});

it('a listing of two keys a page is one that does not end, and one of fifty may have twenty million', () => {
  const asked = (perPage: number, most: number) => {
    const listing = pages('s3://b');
    let page = 0;
    const keys = () => Array.from({ length: perPage }, (_, i) => `${page}-${i}`);
    for (; page < most; page++) listing.next(`t${page}`, keys());
    return page;
  };
  expect(() => asked(2, 2_500)).toThrow('next to nothing');
  expect(asked(50, 12_000)).toBe(12_000);
  expect([isByNothing(2_000, 0), isByNothing(2_101, 5_000), isByNothing(2_100, 5_000)]).toEqual([
    false,
    true,
    false,
  ]);
});
