import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, symlinkSync, utimesSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BlobRequest, openDownloadCache } from '../../../src/cache/reading/download-cache.ts';
import { BuildcacheError } from '../../../src/core/errors.ts';
import { toMove } from '../../../src/core/release.ts';
import { openFileStorage } from '../../../src/storage/file/file.ts';
import type { StorageReader } from '../../../src/storage/storage.ts';
import { type Fault, type LoggedRequest, startHttpServer } from '../../harness/http-server.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { openHttp } from '../mirror-fixture.ts';

const BYTES = randomBytes(600_000);
const SHA256 = createHash('sha256').update(BYTES).digest('hex');
const KEPT = join('sha256', SHA256.slice(0, 2), SHA256);

type Faults = (request: LoggedRequest) => Fault;

/** A server with the blob, and a cache. */
async function scene(
  options: { fault?: Faults; ranges?: boolean; size?: number | undefined; bytes?: Buffer } = {},
) {
  const dir = await tempDir();
  const root = join(dir.path, 'mirror');
  await mkdir(root);
  await writeFile(join(root, 'blob'), options.bytes ?? BYTES);
  const { fault, ranges = true } = options;
  const server = await startHttpServer({ root, ranges, ...(fault === undefined ? {} : { fault }) });
  const storage = await openHttp(server.url, { timeoutMs: 1000 });
  const request: BlobRequest = {
    storage,
    key: 'blob',
    sha256: SHA256,
    size: 'size' in options ? options.size : BYTES.length,
  };
  const folder = join(dir.path, 'cache');
  return {
    server,
    request,
    folder,
    kept: join(folder, KEPT),
    cache: openDownloadCache(folder),
    async [Symbol.asyncDispose]() {
      await storage.close();
      await server.close();
      await dir[Symbol.asyncDispose]();
    },
  };
}

/** What a person at the other end sees. */
async function read(bytes: Readable): Promise<string> {
  return createHash('sha256')
    .update(await buffer(bytes))
    .digest('hex');
}

const USED = { kind: 'used', value: SHA256 };
const ranges = (requests: readonly LoggedRequest[]) => requests.map(({ headers }) => headers.range);

it('keeps a blob of several writes as it was, also where it was continued', async () => {
  const bytes = randomBytes(5_300_001);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await using it = await scene({ bytes, fault: ({ attempt }) => (attempt < 3 ? 'truncate' : undefined) });
  const request = { ...it.request, sha256, size: bytes.length };
  expect(await it.cache.deliver(request, read)).toEqual({ kind: 'used', value: sha256 });
  expect(it.server.requests).toHaveLength(3);
  expect(readFileSync(join(it.folder, 'sha256', sha256.slice(0, 2), sha256)).equals(bytes)).toBe(true);
});

describe.each([BYTES.length, undefined])('deliver, of a blob whose size is given as %s', (size) => {
  it('hands on the bytes, and has them the next time without asking', async () => {
    await using it = await scene({ size });
    let counted = 0;
    const onBytes = (bytes: number) => {
      counted += bytes;
    };
    expect(await it.cache.deliver({ ...it.request, onBytes }, read)).toEqual(USED);
    expect(counted).toBe(BYTES.length);
    expect(it.server.requests).toHaveLength(1);
    expect(readFileSync(it.kept).equals(BYTES)).toBe(true);
    expect(await it.cache.deliver({ ...it.request, onBytes }, read)).toEqual(USED);
    expect(counted).toBe(BYTES.length);
    expect(it.server.requests).toHaveLength(1);
    expect(readdirSync(dirname(it.kept))).toEqual([SHA256]);
  });

  it('goes on where the connection broke off', async () => {
    await using it = await scene({ size, fault: ({ attempt }) => (attempt === 1 ? 'truncate' : undefined) });
    expect(await it.cache.deliver(it.request, read)).toEqual(USED);
    const [first, second, ...more] = ranges(it.server.requests);
    expect([first, second, more]).toEqual([undefined, expect.stringMatching(/^bytes=\d{6,}-$/), []]);
  });

  it('goes on in the next run, and with servers that know no ranges', async () => {
    for (const ranged of [true, false]) {
      let broken = true;
      await using it = await scene({ size, ranges: ranged, fault: () => (broken ? 'truncate' : undefined) });
      expect(await it.cache.deliver(it.request, read)).toMatchObject({
        kind: 'failed',
        error: { code: 'unreachable' },
      });
      expect(readdirSync(dirname(it.kept))).toEqual([`${SHA256}.part`]);
      broken = false;
      const before = it.server.requests.length;
      let counted = 0;
      const onBytes = (bytes: number) => {
        counted += bytes;
      };
      expect(await openDownloadCache(it.folder).deliver({ ...it.request, onBytes }, read)).toEqual(USED);
      expect(it.server.requests.length).toBe(before + 1);
      expect(counted).toBeLessThan(BYTES.length);
      expect(readdirSync(dirname(it.kept))).toEqual([SHA256]);
      expect(readFileSync(it.kept).equals(BYTES)).toBe(true);
    }
  });

  it('begins anew when what an earlier download left is wrong, or too much', async () => {
    for (const left of [randomBytes(1_000_000), Buffer.concat([BYTES, Buffer.alloc(10)]), Buffer.alloc(0)]) {
      await using it = await scene({ size });
      await mkdir(dirname(it.kept), { recursive: true });
      await writeFile(`${it.kept}.part`, left);
      expect(await it.cache.deliver(it.request, read)).toEqual(USED);
      expect(readFileSync(it.kept).equals(BYTES)).toBe(true);
      expect(readdirSync(dirname(it.kept))).toEqual([SHA256]);
    }
  });

  it('sees that a kept blob is damaged, and fetches it again', async () => {
    const flipped = Buffer.from(BYTES);
    flipped[1_234_567] = (flipped[1_234_567] ?? 0) ^ 1;
    for (const damaged of [flipped, BYTES.subarray(0, 100), Buffer.alloc(0)]) {
      await using it = await scene({ size });
      await mkdir(dirname(it.kept), { recursive: true });
      await writeFile(it.kept, damaged);
      expect(await it.cache.deliver(it.request, read)).toEqual(USED);
      expect(readFileSync(it.kept).equals(BYTES)).toBe(true);
    }
  });

  it('never ends a stream of wrong bytes, and keeps none of them', async () => {
    const cases: readonly (readonly [Faults | undefined, Buffer | undefined, string])[] = [
      [() => 'corrupt', undefined, 'corrupt'],
      [() => 'html', undefined, 'corrupt'],
      [undefined, BYTES.subarray(0, -1), 'corrupt'],
      [undefined, Buffer.concat([BYTES, Buffer.alloc(1)]), 'corrupt'],
      [() => ({ status: 404 }), undefined, 'not-found'],
      [() => ({ status: 403 }), undefined, 'denied'],
      [() => ({ status: 500 }), undefined, 'server-error'],
    ];
    for (const [fault, bytes, code] of cases) {
      await using it = await scene({ size, ...(fault && { fault }), ...(bytes && { bytes }) });
      let ended = false;
      const delivery = await it.cache.deliver(it.request, async (stream) => {
        await buffer(stream);
        ended = true;
      });
      expect(delivery).toMatchObject({ kind: 'failed', error: { code } });
      expect(ended).toBe(false);
      expect(existsSync(dirname(it.kept)) ? readdirSync(dirname(it.kept)) : []).toEqual([]);
    }
  });
});

describe('deliver', () => {
  it('stops an endless body at its length', async () => {
    let sent = 0;
    const endless: Pick<StorageReader, 'url' | 'get'> = {
      url: 'https://m.example',
      async get(key) {
        const chunks = async function* () {
          for (;;) {
            sent += 100_000;
            yield Buffer.alloc(100_000);
          }
        };
        return { key, size: undefined, offset: 0, body: Readable.from(chunks(), { objectMode: false }) };
      },
    };
    const request = { storage: endless as StorageReader, key: 'blob', sha256: SHA256, size: 5_000_000 };
    const delivery = await openDownloadCache(undefined).deliver(request, buffer);
    expect(delivery).toMatchObject({ kind: 'failed', error: { code: 'corrupt', facts: { found: 'more' } } });
    expect(sent).toBeLessThan(8_000_000);
  });

  it('leaves the blame with the reader where it is the reader who failed', async () => {
    await using it = await scene();
    const mine = new BuildcacheError('conflict', 'something is in the way');
    // Before, in the middle, and by destroying the stream as a pipeline does.
    const uses: readonly ((bytes: Readable) => Promise<unknown>)[] = [
      async () => {
        throw mine;
      },
      async (bytes) => {
        for await (const _ of bytes) throw mine;
      },
      (bytes) =>
        pipeline(bytes, async function* (chunks) {
          for await (const _ of chunks) {
            yield 1;
            throw mine;
          }
        }),
    ];
    for (const use of uses) await expect(it.cache.deliver(it.request, use)).rejects.toBe(mine);
    expect(await it.cache.deliver(it.request, read)).toEqual(USED);
    for (const use of uses) await expect(it.cache.deliver(it.request, use)).rejects.toBe(mine);
    await expect(openDownloadCache(undefined).deliver(it.request, async () => 'done')).rejects.toMatchObject({
      code: 'internal',
    });
  });

  it('is not stuck with bytes whose reader stops at the first that are wrong', async () => {
    const bad = Buffer.concat([Buffer.from('bad'), BYTES.subarray(3)]);
    /** As what inflates a tarball does, long before the digest is known. */
    const picky = async (bytes: Readable) => {
      const hash = createHash('sha256');
      for await (const chunk of bytes as AsyncIterable<Buffer>) {
        if (chunk.subarray(0, 3).equals(bad.subarray(0, 3))) throw new BuildcacheError('corrupt', 'bad');
        hash.update(chunk);
      }
      return hash.digest('hex');
    };
    await using good = await scene();
    await mkdir(dirname(good.kept), { recursive: true });
    await writeFile(good.kept, bad);
    expect(await good.cache.deliver(good.request, picky)).toEqual(USED);
    expect(readFileSync(good.kept).equals(BYTES)).toBe(true);
    await rm(good.kept);
    await writeFile(`${good.kept}.part`, bad.subarray(0, 1_000_000));
    expect(await good.cache.deliver(good.request, picky)).toEqual(USED);
    // Whatever the reader says of what another job has left: it may be an archive of anything.
    for (const code of ['unsupported', 'conflict', 'io'] as const) {
      const fussy = async (bytes: Readable) =>
        await picky(bytes).catch((error: BuildcacheError) => {
          throw new BuildcacheError(code, error.message);
        });
      for (const name of [good.kept, `${good.kept}.part`]) {
        await rm(good.kept, { force: true });
        await writeFile(name, name === good.kept ? bad : bad.subarray(0, 300_000));
        expect(await good.cache.deliver(good.request, fussy)).toEqual(USED);
        expect(readFileSync(good.kept).equals(BYTES)).toBe(true);
      }
    }
    // A mirror's own bytes that are not the right ones: another mirror may have these.
    await using other = await scene({ bytes: bad });
    const unknown = async (bytes: Readable) =>
      await picky(bytes).catch(() => {
        throw new BuildcacheError('unsupported', 'bad');
      });
    expect(await other.cache.deliver(other.request, unknown)).toMatchObject({ kind: 'failed' });
    await using liar = await scene({ bytes: bad });
    expect(await liar.cache.deliver(liar.request, picky)).toMatchObject({ error: { message: 'bad' } });
    expect(readdirSync(dirname(liar.kept))).toEqual([]);
  });

  describe('a small one is handed over whole', () => {
    const whole = (
      use: (bytes: Buffer) => string = (bytes) => createHash('sha256').update(bytes).digest('hex'),
    ) => ({
      upTo: BYTES.length,
      use: async (bytes: Buffer) => use(bytes),
    });
    const streamed = () => Promise.reject(new Error('it was not'));

    it('and has been kept the next time', async () => {
      await using it = await scene();
      for (let time = 0; time < 2; time++) {
        expect(await it.cache.deliver(it.request, streamed, whole())).toEqual(USED);
        expect(readFileSync(it.kept).equals(BYTES)).toBe(true);
      }
      expect(it.server.requests).toHaveLength(1);
    });

    it('unless it is too large, or nobody says how large it is', async () => {
      await using it = await scene();
      const less = { ...whole(streamed as never), upTo: BYTES.length - 1 };
      expect(await it.cache.deliver(it.request, read, less)).toEqual(USED);
      const request = { ...it.request, size: undefined };
      expect(await it.cache.deliver(request, read, whole(streamed as never))).toEqual(USED);
    });

    it('only when it is the right one', async () => {
      const unused = whole(() => expect.unreachable());
      await using liar = await scene({ bytes: Buffer.concat([Buffer.from('bad'), BYTES.subarray(3)]) });
      expect(await liar.cache.deliver(liar.request, streamed, unused)).toMatchObject({
        kind: 'failed',
        error: { code: 'corrupt' },
      });
      expect(readdirSync(dirname(liar.kept))).toEqual([]);
      await using good = await scene();
      await mkdir(dirname(good.kept), { recursive: true });
      await writeFile(join(good.folder, 'CACHEDIR.TAG'), '');
      await writeFile(good.kept, Buffer.concat([Buffer.from('bad'), BYTES.subarray(3)]));
      expect(await good.cache.deliver(good.request, streamed, whole())).toEqual(USED);
      expect(readFileSync(good.kept).equals(BYTES)).toBe(true);
    });

    it('and where fault is found with it, the delivery has failed; other errors are its user’s', async () => {
      await using it = await scene();
      const picky = whole(() => {
        throw new BuildcacheError('bad-input', 'no package');
      });
      expect(await it.cache.deliver(it.request, streamed, picky)).toMatchObject({
        kind: 'failed',
        error: { message: 'no package' },
      });
      expect(readdirSync(dirname(it.kept))).toEqual([]);
      const mine = new BuildcacheError('io', 'no space');
      const full = whole(() => {
        throw mine;
      });
      await expect(it.cache.deliver(it.request, streamed, full)).rejects.toBe(mine);
    });
  });

  it.each(['streamed', 'whole'])(
    'a blob of a few bytes is kept too, when it is the right one, %s',
    async (how) => {
      const few = BYTES.subarray(0, 5000);
      const sha256 = createHash('sha256').update(few).digest('hex');
      const use = async (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
      const whole = how === 'whole' ? { upTo: 1_000_000, use } : undefined;
      await using it = await scene({
        bytes: few,
        fault: ({ attempt }) => (attempt === 1 ? 'truncate' : undefined),
      });
      const request = { ...it.request, sha256, size: few.length };
      const kept = join(it.folder, 'sha256', sha256.slice(0, 2), sha256);
      for (let time = 0; time < 2; time++) {
        expect(await it.cache.deliver(request, read, whole)).toEqual({ kind: 'used', value: sha256 });
        expect(readFileSync(kept).equals(few)).toBe(true);
        expect(readdirSync(dirname(kept))).toEqual([sha256]);
        expect(it.server.requests).toHaveLength(2);
      }
      expect(existsSync(join(it.folder, 'CACHEDIR.TAG'))).toBe(true);
      await using liar = await scene({ bytes: Buffer.concat([few.subarray(1), Buffer.from('x')]) });
      expect(
        await liar.cache.deliver({ ...request, storage: liar.request.storage }, read, whole),
      ).toMatchObject({
        error: { code: 'corrupt' },
      });
      const place = join(liar.folder, 'sha256', sha256.slice(0, 2));
      expect(existsSync(place) ? readdirSync(place) : []).toEqual([]);
    },
  );

  it('a blob is kept of which its user has left nothing, whatever its size', async () => {
    for (const size of [256 * 1024 - 1, 256 * 1024]) {
      const bytes = BYTES.subarray(0, size);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      await using it = await scene({ bytes });
      const use = async (all: Buffer) => void structuredClone(0, { transfer: [toMove(all).buffer] });
      const request = { ...it.request, sha256, size };
      expect(await it.cache.deliver(request, read, { upTo: size, use })).toMatchObject({ kind: 'used' });
      const kept = readFileSync(join(it.folder, 'sha256', sha256.slice(0, 2), sha256));
      expect(kept.equals(bytes), `${size}`).toBe(true);
    }
  });

  it('a blob of a few bytes that finds no place is delivered all the same, and leaves nothing', async () => {
    const few = BYTES.subarray(0, 5000);
    const sha256 = createHash('sha256').update(few).digest('hex');
    await using it = await scene({ bytes: few });
    const request = { ...it.request, sha256, size: few.length };
    const whole = { upTo: 1_000_000, use: async () => 'used' };
    const place = join(it.folder, 'sha256', sha256.slice(0, 2));
    await mkdir(join(place, sha256, 'a folder in its place'), { recursive: true });
    expect(await it.cache.deliver(request, read, whole)).toEqual({ kind: 'used', value: 'used' });
    expect(readdirSync(place)).toEqual([sha256]);
  });

  it('neither waits for a pipe nor writes through a link that somebody has put into its folder', async () => {
    await using it = await scene();
    await mkdir(dirname(it.kept), { recursive: true });
    await writeFile(join(it.folder, 'CACHEDIR.TAG'), '');
    execFileSync('mkfifo', [it.kept]);
    const others = join(it.folder, 'others');
    await writeFile(others, BYTES.subarray(0, 1000));
    symlinkSync(others, `${it.kept}.part`);
    expect(await it.cache.deliver(it.request, read)).toEqual(USED);
    expect(readFileSync(others).equals(BYTES.subarray(0, 1000))).toBe(true);
    expect(readdirSync(dirname(it.kept))).toEqual([]);
    expect(await it.cache.deliver(it.request, read)).toEqual(USED);
    expect(readFileSync(it.kept).equals(BYTES)).toBe(true);
  });

  it('is cancelled at once, and goes on with what there is another time', async () => {
    await using it = await scene({ fault: ({ attempt }) => (attempt === 1 ? 'stall-body' : undefined) });
    const controller = new AbortController();
    const onBytes = () => setTimeout(() => controller.abort(), 50);
    const request = { ...it.request, onBytes, signal: controller.signal };
    await expect(it.cache.deliver(request, read)).rejects.toMatchObject({ code: 'cancelled' });
    expect(readdirSync(dirname(it.kept))).toEqual([`${SHA256}.part`]);
    expect(await it.cache.deliver(it.request, read)).toEqual(USED);
    expect(ranges(it.server.requests)[1]).toMatch(/^bytes=\d{6,}-$/);
  });

  it('lets many fetch the same at once', async () => {
    await using it = await scene({ fault: ({ attempt }) => (attempt % 3 === 1 ? 'truncate' : undefined) });
    const all = Array.from({ length: 8 }, () => openDownloadCache(it.folder).deliver(it.request, read));
    expect(await Promise.all(all)).toEqual(all.map(() => USED));
    expect(readdirSync(dirname(it.kept))).toEqual([SHA256]);
    expect(readFileSync(it.kept).equals(BYTES)).toBe(true);
  });

  it('needs no cache: none was asked for, or none can be written', async () => {
    await using it = await scene();
    expect(await openDownloadCache(undefined).deliver(it.request, read)).toEqual(USED);
    await writeFile(it.folder, 'a file where the folder should be');
    expect(await it.cache.deliver(it.request, read)).toEqual(USED);
  });

  it('copies nothing that lies on this machine already', async () => {
    await using it = await scene();
    await using dir = await tempDir();
    await writeFile(join(dir.path, 'blob'), BYTES);
    const request = { ...it.request, storage: openFileStorage(dir.path) };
    expect(await it.cache.deliver(request, read)).toEqual(USED);
    expect(existsSync(it.folder)).toBe(false);
  });

  it('clears away what nobody has used for long, of what it keeps itself', async () => {
    await using it = await scene();
    expect(await it.cache.deliver(it.request, read)).toEqual(USED);
    expect(readFileSync(join(it.folder, 'CACHEDIR.TAG'), 'utf8')).toMatch(
      /^Signature: 8a477f597d28d172789f06886806bc55/,
    );
    const old = otherThan(it.kept);
    await mkdir(dirname(old));
    const files = [
      [old, 31],
      [`${old}.123-abc.tmp`, 2],
      [`${old}.part`, 29],
      [`${old}x`, 99],
      [join(dirname(old), 'notes'), 99],
    ] as const;
    for (const [file, days] of files) {
      await writeFile(file, 'x');
      const date = new Date(Date.now() - days * 86_400_000);
      utimesSync(file, date, date);
    }
    await rm(it.kept);
    expect(await openDownloadCache(it.folder).deliver(it.request, read)).toEqual(USED);
    const names = files.map(([file]) => basename(file));
    expect(readdirSync(dirname(old)).sort()).toEqual(names.slice(2).sort());
  });

  it("deletes nothing in a folder that is none of its own, such as a mirror's blobs", async () => {
    await using it = await scene();
    const old = otherThan(it.kept);
    await mkdir(dirname(old), { recursive: true });
    await mkdir(dirname(it.kept), { recursive: true });
    await writeFile(old, 'x');
    utimesSync(old, 1, 1);
    await writeFile(it.kept, BYTES);
    const liar = { ...it.request, size: BYTES.length + 1 };
    expect(await it.cache.deliver(liar, read)).not.toEqual(USED);
    expect(await it.cache.deliver(it.request, read)).toEqual(USED);
    expect(readFileSync(it.kept).equals(BYTES)).toBe(true);
    expect(existsSync(old)).toBe(true);
    expect(readdirSync(it.folder)).toEqual(['sha256']);
  });

  it('puts the pieces together however they come', async () => {
    await using dir = await tempDir();
    const content = randomBytes(5000);
    const sha256 = createHash('sha256').update(content).digest('hex');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ cut: fc.nat(5000), ranged: fc.boolean() }), { maxLength: 3 }),
        fc.boolean(),
        async (cuts, sized) => {
          let turn = 0;
          const storage: Pick<StorageReader, 'url' | 'get'> = {
            url: 'https://m.example',
            async get(key, options) {
              const { cut, ranged } = cuts[turn++] ?? { cut: 5000, ranged: true };
              const offset = ranged ? (options?.range?.start ?? 0) : 0;
              const chunks = async function* () {
                yield content.subarray(offset, offset + cut);
                if (offset + cut < content.length) throw new BuildcacheError('unreachable', 'cut');
              };
              return { key, size: undefined, offset, body: Readable.from(chunks(), { objectMode: false }) };
            },
          };
          const request = {
            storage: storage as StorageReader,
            key: 'k',
            sha256,
            size: sized ? content.length : undefined,
          };
          const cache = openDownloadCache(join(dir.path, String(Math.random())));
          expect(await cache.deliver(request, read)).toEqual({ kind: 'used', value: sha256 });
        },
      ),
      { numRuns: 10 },
    );
  });
});

/** The place of another file, in another folder. */
function otherThan(kept: string): string {
  const pair = basename(dirname(kept)) === '00' ? '11' : '00';
  return join(dirname(dirname(kept)), pair, pair.repeat(32));
}
