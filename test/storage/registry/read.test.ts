import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/storage/registry/reference.ts';
import type { Registry } from '../../../src/storage/registry/registry.ts';
import { startHttpServer } from '../../harness/http-server.ts';
import {
  type RegistryFault,
  type RegistryRequestLog,
  startRegistry,
  type TestRegistry,
} from '../../harness/registry.ts';
import { openTestReader, openTestRegistry } from '../../harness/registry-client.ts';
import { blobBytes, MANIFEST, pushImage, SIGNATURE, tagsOf } from '../registry-contract.ts';

/** A registry with the image `one`, which begins to fail when `faults` are given. */
async function withImage(
  run: (
    registry: Registry,
    fail: (fault: (request: RegistryRequestLog) => RegistryFault) => void,
    server: TestRegistry,
  ) => Promise<void>,
): Promise<void> {
  let fault: (request: RegistryRequestLog) => RegistryFault = () => undefined;
  await using server = await startRegistry({ fault: (request) => fault(request) });
  const registry = await openTestRegistry(`${server.url}toy/cache`);
  await pushImage(registry, 'one');
  server.requests.length = 0;
  await run(
    registry,
    (next) => {
      fault = next;
    },
    server,
  );
  await registry.close();
}

describe('what goes away by itself is asked for again', () => {
  it.each<[string, RegistryFault]>([
    ['a reset', 'reset'],
    ['a lost answer', 'lose-answer'],
    ['an answer cut short', { truncateAt: 10 }],
    ['a 503', { status: 503 }],
    ['a 408', { status: 408 }],
    ['a 429', { status: 429, headers: { 'retry-after': '0' } }],
  ])('after %s', async (_name, fault) => {
    await withImage(async (registry, fail) => {
      const once = () => {
        let left = 1;
        fail(() => (left-- > 0 ? fault : undefined));
      };
      once();
      expect((await registry.manifest('one'))?.mediaType).toBe(MANIFEST);
      once();
      expect(await tagsOf(registry)).toEqual(['one']);
      once();
      expect(await registry.headManifest('one')).toBeDefined();
    });
  });

  it('waits as long as it is told to, and not longer than it is worth', async () => {
    await withImage(async (registry, fail, server) => {
      let left = 1;
      fail(() => (left-- > 0 ? { status: 429, headers: { 'retry-after': '1' } } : undefined));
      const start = performance.now();
      expect(await registry.headManifest('one')).toBeDefined();
      expect(performance.now() - start).toBeGreaterThan(950);
      fail(() => ({ status: 429, headers: { 'retry-after': '3600' } }));
      server.requests.length = 0;
      await expect(registry.headManifest('one')).rejects.toMatchObject({
        code: 'throttled',
        facts: { status: 429, retryAfter: 3600 },
      });
      expect(server.requests).toHaveLength(1);
    });
  });
});

describe('what could not be told is never "not there"', () => {
  it.each<[string, RegistryFault, string]>([
    ['403', { status: 403, body: '{"errors":[{"code":"DENIED","message":"no"}]}' }, 'denied'],
    ['500', { status: 500 }, 'server-error'],
    ['429', { status: 429 }, 'throttled'],
    ['501', { status: 501 }, 'unsupported'],
    ['a reset', 'reset', 'unreachable'],
    ['418', { status: 418 }, 'protocol'],
    ['a redirect to nowhere', { status: 302 }, 'protocol'],
    ['a redirect to itself', { status: 307, headers: { location: '' } }, 'protocol'],
    ['a log-in page', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }, 'protocol'],
    [
      'no digest but a log-in page',
      { status: 404, headers: { 'content-type': 'text/html' }, body: '<html>' },
      'protocol',
    ],
  ])('%s', async (_name, fault, code) => {
    await withImage(async (registry, fail) => {
      fail(() => fault);
      await expect(registry.manifest('one')).rejects.toMatchObject({ code });
      await expect(registry.headManifest('one')).rejects.toMatchObject({ code });
      await expect(tagsOf(registry)).rejects.toMatchObject({ code });
      await expect(registry.referrers(digestOf(Buffer.from('')), SIGNATURE)).rejects.toMatchObject({ code });
    });
  });

  it('nor is what a web server says that is no registry', async () => {
    await using server = await startHttpServer();
    const reader = await openTestReader(`${server.url.replace('http:', 'oci+http:')}/toy/cache`);
    for (const ask of [
      () => reader.manifest('one'),
      () => reader.headManifest('one'),
      () => reader.headBlob(digestOf(Buffer.from(''))),
      () => tagsOf(reader),
    ]) {
      await expect(ask()).rejects.toMatchObject({
        code: 'protocol',
        message: 'the server that answers is no registry',
      });
    }
    await reader.close();
  });
});

describe('a manifest', () => {
  it('with one bit flipped is noticed, by its tag and by its digest', async () => {
    await withImage(async (registry, fail) => {
      const digest = (await registry.headManifest('one'))?.digest ?? '';
      fail(() => 'corrupt');
      for (const reference of ['one', digest]) {
        await expect(registry.manifest(reference)).rejects.toMatchObject({ code: 'corrupt' });
      }
    });
  });

  it('that is another than was asked for is noticed, though the registry announces it so', async () => {
    await withImage(async (registry, fail) => {
      const asked = digestOf(Buffer.from('asked for'));
      const body = '{}';
      const headers = { 'docker-content-digest': digestOf(Buffer.from(body)), 'content-type': MANIFEST };
      fail(() => ({ status: 200, headers, body }));
      await expect(registry.manifest(asked)).rejects.toMatchObject({
        code: 'corrupt',
        facts: { expected: asked },
      });
      await expect(registry.headManifest(asked)).rejects.toMatchObject({ code: 'corrupt' });
    });
  });

  it('whose digest is not announced is read for it', async () => {
    await withImage(async (registry, fail) => {
      const body = '{"a": 1}';
      fail(() => ({ status: 200, headers: { 'content-type': `${MANIFEST}; charset=utf-8` }, body }));
      expect(await registry.headManifest('one')).toEqual({
        mediaType: MANIFEST,
        digest: digestOf(Buffer.from(body)),
        size: body.length,
      });
    });
  });

  it('is only as large as manifests may be', async () => {
    await withImage(async (registry, fail) => {
      fail(() => ({ status: 200, body: 'x'.repeat(5 * 1024 * 1024) }));
      await expect(registry.manifest('one')).rejects.toMatchObject({ code: 'too-large' });
    });
  });

  it('is asked for in the media types that are wanted', async () => {
    await withImage(async (registry, _fail, server) => {
      expect(await registry.manifest('one', { accept: ['application/vnd.example+json'] })).toBeUndefined();
      expect(server.requests[0]?.headers.accept).toBe('application/vnd.example+json');
    });
  });
});

describe('a blob', () => {
  it('that is cut short fails whoever reads', async () => {
    await withImage(async (registry, fail) => {
      fail(() => ({ truncateAt: 1 }));
      await expect(blobBytes(registry, digestOf(Buffer.from('{}')))).rejects.toMatchObject({
        code: 'unreachable',
      });
    });
  });

  it('past its end has no part', async () => {
    await withImage(async (registry) => {
      const range = { start: 100 };
      await expect(registry.blob(digestOf(Buffer.from('{}')), { range })).rejects.toMatchObject({
        code: 'protocol',
        facts: { status: 416 },
      });
    });
  });
});

describe('tags', () => {
  const page = (tags: unknown, link?: string): RegistryFault => ({
    status: 200,
    headers: { 'content-type': 'application/json', ...(link === undefined ? {} : { link }) },
    body: JSON.stringify({ name: 'toy/cache', tags }),
  });

  it('are asked for a thousand at a time', async () => {
    await withImage(async (registry, _fail, server) => {
      await tagsOf(registry);
      expect(server.requests.map(({ path }) => path)).toEqual(['/v2/toy/cache/tags/list?n=1000']);
    });
  });

  it('may be none, and may be named as nothing can be', async () => {
    await withImage(async (registry, fail) => {
      fail(() => page(null));
      expect(await tagsOf(registry)).toEqual([]);
      fail(() => page(['good', '../bad', 7, null, '']));
      expect(await tagsOf(registry)).toEqual(['good']);
    });
  });

  it('come from the same host, whatever a proxy made of scheme and port', async () => {
    await withImage(async (registry, fail, server) => {
      fail(({ path }) =>
        path.endsWith('last=x')
          ? page(['b'])
          : page(['a'], '<https://127.0.0.1/v2/toy/cache/tags/list?last=x>; rel=next'),
      );
      expect(await tagsOf(registry)).toEqual(['a', 'b']);
      expect(server.requests.at(-1)?.path).toBe('/v2/toy/cache/tags/list?last=x');
      fail(() => page(['a'], '<http://localhost:1/v2/x>; rel="next"'));
      await expect(tagsOf(registry)).rejects.toMatchObject({ code: 'protocol' });
    });
  });

  it('end some day', async () => {
    await withImage(async (registry, fail) => {
      fail(({ path }) => page(['a'], `<${path}>; rel="next"`));
      await expect(tagsOf(registry)).rejects.toMatchObject({ code: 'protocol' });
    });
    await withImage(async (registry, fail, server) => {
      const body = `{"tags":[${'0,'.repeat(1_500_000)}0]}`;
      let last = 0;
      fail(() => ({ status: 200, headers: { link: `<?last=${++last}>; rel="next"` }, body }));
      await expect(tagsOf(registry)).rejects.toMatchObject({ code: 'protocol' });
      expect(server.requests.filter(({ path }) => path.includes('/tags/'))).toHaveLength(2);
    });
  });

  describe('a thousand on a page without a link', () => {
    const many = (count: number, from = 0) =>
      Array.from({ length: count }, (_, i) => `t${String(from + i).padStart(5, '0')}`);
    const lastIn = (path: string) => new URL(path, 'http://here').searchParams.get('last') ?? '';
    const asked = ({ requests }: TestRegistry) =>
      requests.filter(({ path }) => path.includes('/tags/')).map(({ path }) => lastIn(path));

    it.each([1_500, 2_000])('are not all, where there are %i', async (count) => {
      await withImage(async (registry, fail, server) => {
        const all = many(count);
        fail(({ path }) => page(all.filter((tag) => tag > lastIn(path)).slice(0, 1_000)));
        expect(await tagsOf(registry)).toEqual(all);
        expect(asked(server)).toEqual(['', 't00999', 't01999'].slice(0, count === 2_000 ? 3 : 2));
      });
    });

    it('are all, where the registry knows neither `n` nor `last` and has none that are new', async () => {
      await withImage(async (registry, fail, server) => {
        const all = many(1_200);
        fail(() => page(all));
        expect(await tagsOf(registry)).toEqual(all);
        expect(asked(server)).toEqual(['', 't01199']);
        // Somebody pushes between the two answers.
        server.requests.length = 0;
        fail(({ path }) => page(lastIn(path) === '' ? all : ['a', ...all]));
        expect(await tagsOf(registry)).toEqual(['a', ...all]);
        expect(asked(server)).toEqual(['', 't01199', 'a']);
      });
    });

    it('are the last ones of a registry that gives links, and need not be asked for by their names', async () => {
      await withImage(async (registry, fail, server) => {
        const link = '</v2/toy/cache/tags/list?page=2>; rel="next"';
        fail(({ path }) => (path.endsWith('page=2') ? page(many(1_000, 1_000)) : page(many(1_000), link)));
        expect(await tagsOf(registry)).toEqual(many(2_000));
        expect(asked(server)).toHaveLength(2);
      });
    });

    it('do not come in turns for ever', async () => {
      await withImage(async (registry, fail) => {
        fail(({ path }) => page(many(1_000, lastIn(path) === 't00999' ? 1_000 : 0)));
        await expect(tagsOf(registry)).rejects.toMatchObject({ code: 'protocol' });
      });
    });
  });

  it.each(['[]', '{"tags": "one"}', 'nonsense', '{}'])('are not %s', async (body) => {
    await withImage(async (registry, fail) => {
      fail(() => ({ status: 200, body }));
      await expect(tagsOf(registry)).rejects.toMatchObject({ code: 'protocol' });
    });
  });
});

describe('referrers', () => {
  const descriptor = (artifactType: string) => ({
    mediaType: MANIFEST,
    digest: digestOf(Buffer.from(artifactType)),
    size: 1,
    artifactType,
  });

  it('are filtered where the registry does not, and what is none is left out', async () => {
    await withImage(async (registry, fail) => {
      const manifests = [
        descriptor(SIGNATURE),
        descriptor('other'),
        null,
        { digest: 'x' },
        { ...descriptor(SIGNATURE), digest: 'sha256:..' },
      ];
      fail(() => ({ status: 200, body: JSON.stringify({ manifests }) }));
      expect(await registry.referrers(digestOf(Buffer.from('')), SIGNATURE)).toEqual([descriptor(SIGNATURE)]);
    });
  });

  it('are looked for under the tag, too, where what answers has no list', async () => {
    const other = { status: 200, headers: { 'content-type': 'application/json' }, body: '{"ok":true}' };
    await using server = await startRegistry({
      referrers: false,
      fault: ({ path }) => (path.includes('/referrers/') ? other : undefined),
    });
    const registry = await openTestRegistry(`${server.url}toy/cache`);
    const { digest, bytes } = await pushImage(registry, 'one');
    const subject = { mediaType: MANIFEST, digest, size: bytes.length };
    await pushImage(registry, 'sig', { subject, artifactType: SIGNATURE });
    expect(await registry.referrers(digest, SIGNATURE)).toHaveLength(1);
    await registry.close();
  });

  it('are none where the list is null', async () => {
    await withImage(async (registry, fail) => {
      fail(() => ({ status: 200, body: '{"manifests":null}' }));
      expect(await registry.referrers(digestOf(Buffer.from('')), SIGNATURE)).toEqual([]);
    });
  });

  it('are looked for under the tag once it is clear that there is no API', async () => {
    await using server = await startRegistry({ referrers: false });
    const registry = await openTestRegistry(`${server.url}toy/cache`);
    const { digest, bytes } = await pushImage(registry, 'one');
    const subject = { mediaType: MANIFEST, digest, size: bytes.length };
    const signature = await pushImage(registry, 'sig', { subject, artifactType: SIGNATURE });
    server.requests.length = 0;
    for (let i = 0; i < 3; i++) {
      const found = await registry.referrers(digest, SIGNATURE);
      expect(found.map((each) => each.digest)).toEqual([signature.digest]);
    }
    const fallback = `/v2/toy/cache/manifests/sha256-${digest.slice(7)}`;
    expect(server.requests.map(({ path }) => path).filter((path) => path !== '/v2/')).toEqual([
      `/v2/toy/cache/referrers/${digest}?artifactType=${encodeURIComponent(SIGNATURE)}`,
      ...[fallback, fallback, fallback],
    ]);
    await registry.close();
  });
});

describe('a registry that has listed referrers', () => {
  const odd: readonly [string, RegistryFault][] = [
    ['a page', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }],
    ['no such path', { status: 404, body: 'not found' }],
    [
      'another document',
      { status: 200, headers: { 'content-type': 'application/json' }, body: '{"ok":true}' },
    ],
    ['a refusal', { status: 400, body: 'no' }],
    ['another host', { status: 302, headers: { location: 'http://localhost:1/' } }],
    ['no method', { status: 501 }],
  ];

  it.each(odd)('has not lost them where it answers once with %s', async (_, fault) => {
    await withImage(async (registry, fail) => {
      const one = digestOf(Buffer.from('one'));
      expect(await registry.referrers(one, SIGNATURE)).toEqual([]);
      let answers = 0;
      fail(({ path }) => (path.includes('/referrers/') && answers++ === 0 ? fault : undefined));
      await expect(registry.referrers(one, SIGNATURE)).rejects.toMatchObject({
        code: 'protocol',
        facts: { url: expect.stringContaining('/referrers/') },
      });
      const { digest, bytes } = await pushImage(registry, 'two');
      const subject = { mediaType: MANIFEST, digest, size: bytes.length };
      const signature = await pushImage(registry, 'sig', { subject, artifactType: SIGNATURE });
      const found = await registry.referrers(digest, SIGNATURE);
      expect(found.map((each) => each.digest)).toEqual([signature.digest]);
    });
  });

  it('has them for all who ask at once, whoever gets the odd answer', async () => {
    await withImage(async (registry, fail) => {
      const { digest, bytes } = await pushImage(registry, 'two');
      const subject = { mediaType: MANIFEST, digest, size: bytes.length };
      await pushImage(registry, 'sig', { subject, artifactType: SIGNATURE });
      let asked = 0;
      fail(({ path }) => (path.includes('/referrers/') && asked++ === 1 ? { status: 404 } : undefined));
      await Promise.allSettled([1, 2, 3].map(() => registry.referrers(digest, SIGNATURE)));
      expect(await registry.referrers(digest, SIGNATURE)).toHaveLength(1);
    });
  });

  it('has not ended where its first page leads to another host', async () => {
    await withImage(async (registry, fail) => {
      const headers = { link: '<http://localhost:1/v2/x>; rel="next"' };
      fail(() => ({ status: 200, headers, body: '{"manifests":[]}' }));
      await expect(registry.referrers(digestOf(Buffer.from('')), SIGNATURE)).rejects.toMatchObject({
        code: 'protocol',
        message: 'the registry continues its list elsewhere',
      });
    });
  });
});

describe('the list of referrers under a tag', () => {
  async function withList(list: (descriptor: string) => string) {
    const server = await startRegistry({ referrers: false });
    const registry = await openTestRegistry(`${server.url}toy/cache`);
    const { digest, bytes } = await pushImage(registry, 'one');
    const text = Buffer.from(list(`"mediaType":"${MANIFEST}","digest":"${digest}","size":${bytes.length}`));
    const mediaType = 'application/vnd.oci.image.index.v1+json';
    const repository = server.repository('toy/cache');
    const tag = `sha256-${digest.slice(7)}`;
    repository.manifests.set(digestOf(text), { bytes: text, mediaType });
    repository.tags.set(tag, digestOf(text));
    const subject = { mediaType: MANIFEST, digest, size: bytes.length };
    return {
      server,
      push: () => pushImage(registry, 'sig', { subject, artifactType: SIGNATURE }),
      text: () => repository.manifests.get(repository.tags.get(tag) ?? '')?.bytes.toString('utf8') ?? '',
      close: () => registry.close(),
    };
  }

  it('keeps what others wrote, also what we know nothing of', async () => {
    let theirs = '';
    const place = await withList((descriptor) => {
      theirs =
        '{"schemaVersion":2,"annotations":{"2":"b","10":"a"},"x":1.0,' +
        `"manifests":[{${descriptor},"annotations":{"n":1,"2":"b","1":"a"},"platform":{"os":"any"}}`;
      return `${theirs}]}`;
    });
    await using _ = place.server;
    const { digest } = await place.push();
    expect(place.text().startsWith(`${theirs},{`)).toBe(true);
    expect(place.text()).toContain(digest);
    await place.close();
  });

  it.each(['{"manifests":{}}', 'nonsense', 'null'])('is not replaced where it is none: %s', async (list) => {
    const place = await withList(() => list);
    await using _ = place.server;
    await expect(place.push()).rejects.toMatchObject({
      code: 'bad-input',
      facts: { url: expect.stringContaining('/manifests/sha256-') },
    });
    expect(place.text()).toBe(list);
    await place.close();
  });
});

it('connections are kept, after HEAD and 404 too', async () => {
  await withImage(async (registry, _fail, server) => {
    const before = server.connections();
    for (let i = 0; i < 10; i++) {
      await registry.headManifest('one');
      await registry.manifest('absent');
      await registry.headBlob(digestOf(Buffer.from('absent')));
    }
    expect(server.connections() - before).toBe(0);
  });
});
