import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLayout3 } from '../../src/cache/layouts/layout3.ts';
import { rootLength } from '../../src/commands/root-length.ts';
import { openFileStorage } from '../../src/storage/file/file.ts';
import type { StorageReader } from '../../src/storage/storage.ts';
import { folderDocuments } from '../cache/mirror-state.ts';
import { mirrorOf, specOf } from '../cache/signed-fixture.ts';
import { runVerb } from '../entry/run-verb.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { entry } from '../package/make-tar.ts';
import { moveToyStore } from '../tree/toy-store.ts';

const HASH = 'ho3jsm3l5abkyjol5qpa6tojdouuj33m';

let dir: TempDir;
let store: string;
beforeAll(async () => {
  dir = await tempDir();
  store = join(dir.path, 'store');
  await moveToyStore(store);
});
afterAll(() => dir[Symbol.asyncDispose]());

const run = (...args: readonly string[]) => runVerb(args, dir.path);

describe('push --min-root-length', () => {
  it('refuses a short root before anything is sent, says how long it is, and what to do', async () => {
    const mirror = join(dir.path, 'short');
    const push = ['push', mirror, 'toymake', '--store', store, '-u'];
    const ran = await run(...push, '--min-root-length', '4000');
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toMatch(
      new RegExp(`${store}: .* has ${store.length} characters.*at least 4000.*padded_length to 4000`),
    );
    expect(ran.err.trim().split('\n')).toHaveLength(1);
    expect(folderDocuments(mirror).size).toBe(0);
    const just = await run(...push, '--min-root-length', String(store.length));
    expect(just).toMatchObject({ code: 0, out: expect.stringContaining('2 pushed') });
    const again = ['autopush', mirror, '--store', store, '-u', '--min-root-length'];
    expect(await run(...again, String(store.length + 1))).toMatchObject({
      code: 2,
      err: expect.stringContaining('padded_length to 128'),
    });
  });
});

describe('check-index --root-lengths', () => {
  it('says how many entries there are for each length, in the text and in the JSON', async () => {
    const signed = mirrorOf('1.2', 'signed');
    const text = await run('check-index', signed, '--root-lengths');
    expect(text).toMatchObject({ code: 0 });
    expect(text.out).toContain('Built below roots of: 14 characters (6)\n');
    const json = JSON.parse((await run('check-index', signed, '--root-lengths', '--json')).out);
    expect(json.root_lengths).toEqual({ lengths: [{ length: 14, entries: 6 }], unknown: 0 });
    const without = JSON.parse((await run('check-index', signed, '--json')).out);
    expect(without.root_lengths).toBeNull();
  });

  it('reads the beginning of a tarball only, also where the server sends all of it', async () => {
    const reader = openLayout3(openFileStorage(mirrorOf('1.2', 'signed')), undefined);
    const spec = specOf('1.2', 'zlib-toy');
    const entry = await reader.read(spec);
    if (entry === undefined) throw new Error('no entry');
    const { storage } = reader;
    let sent = 0;
    const endless: StorageReader = {
      ...storage,
      async get(key) {
        const found = await storage.get(key);
        if (typeof found !== 'object') return found;
        const own = Buffer.concat(await found.body.toArray());
        const body = function* () {
          yield own;
          for (;;) {
            sent += 1024;
            yield Buffer.alloc(1024);
          }
        };
        return { ...found, body: Readable.from(body()) };
      },
    };
    expect(await rootLength({ storage: endless }, entry, spec.hash)).toBe(14);
    expect(sent).toBeLessThan(100_000);
  });

  it('looks no further where a server sends more in one piece', async () => {
    const folder = folderHeader(`opt/linux-zen3/zlib-1.3-${HASH}`);
    const incompressible = entry({ name: 'opt/file', body: randomBytes(20_000) });
    const piece = (...parts: Buffer[]) => Readable.from([gzipSync(Buffer.concat(parts))]);
    const length = async (body: Readable) => {
      const get = async () => ({ key: 'b', size: undefined, offset: 0, body });
      const storage = { ...openFileStorage(dir.path), get } as StorageReader;
      const tarball = { key: 'b', sha256: undefined, size: undefined };
      return await rootLength({ storage }, { tarball }, HASH);
    };
    expect(await length(piece(folder, incompressible))).toBe(4);
    expect(await length(piece(incompressible, folder))).toBeUndefined();
  });

  it.each<[string, readonly string[], number | undefined]>([
    ["Spack 1.x's", ['opt', 'opt/s', 'opt/s/linux-zen3', `opt/s/linux-zen3/zlib-1.3-${HASH}`], 6],
    [
      "Spack 0.2x's",
      [
        's',
        's/linux-debian12-zen3',
        's/linux-debian12-zen3/apple-clang-14.0.0',
        `s/linux-debian12-zen3/apple-clang-14.0.0/zlib-1.3-${HASH}`,
      ],
      2,
    ],
    ["a user's own", ['s', 's/zlib', `s/zlib/1.3-${HASH}`], undefined],
    ['none', [`zlib-1.3-${HASH}`], undefined],
    [
      'of another spec',
      ['s/linux-zen3', 's/linux-zen3/zlib-1.3-e5gsqvjcrlpv6547ytc3lxqxsuxp6wmg'],
      undefined,
    ],
    ['leading upwards', ['s', `../s/linux-zen3/zlib-1.3-${HASH}`], undefined],
  ])('projections: %s', async (_, folders, expected) => {
    const archive = gzipSync(Buffer.concat(folders.map(folderHeader)));
    expect(await lengthIn(archive)).toBe(expected);
  });

  it.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['no gzip', Buffer.from('not a tarball')],
    ['no archive', gzipSync(Buffer.alloc(100_000, 'x'))],
    ['a bomb', gzipSync(Buffer.alloc(20_000_000))],
  ])('of %s no length is known', async (_, bytes) => {
    expect(await lengthIn(bytes)).toBeUndefined();
  });
});

async function lengthIn(tarball: Buffer): Promise<number | undefined> {
  const folder = join(dir.path, 'blob');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'b'), tarball);
  const storage = openFileStorage(folder);
  return await rootLength({ storage }, { tarball: { key: 'b', sha256: undefined, size: undefined } }, HASH);
}

function folderHeader(name: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(`${name}/`, 0);
  header.write('0000755\0', 100);
  header.write('0000000\0'.repeat(2), 108);
  header.write('00000000000\0'.repeat(2), 124);
  header.write(' '.repeat(8), 148);
  header.write('5', 156);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}
