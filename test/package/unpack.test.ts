import { createHash } from 'node:crypto';
import {
  chmodSync,
  createReadStream,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BuildcacheError, errorCode } from '../../src/core/errors.ts';
import { openByteFile } from '../../src/package/byte-file.ts';
import { readElf } from '../../src/package/elf.ts';
import { relocationMap } from '../../src/package/relocate-map.ts';
import { type UnpackOptions, unpackPackage } from '../../src/package/unpack.ts';
import {
  buildInfo,
  HASH,
  infoEntry,
  OLD_PREFIX,
  OLD_ROOT,
  PACKED,
  packageTarball,
  parents,
} from './make-package.ts';
import { entry, pax, tar, tgz } from './make-tar.ts';
import { snapshot } from './tree-snapshot.ts';

let root: string;
let prefix: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'unpack-test-'));
  prefix = join(root, 'store/linux/pkg');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Bytes are unpacked out of memory, and before that as a stream that nothing is held of: it makes no difference. */
async function unpack(tarball: Buffer | Readable, options: Partial<UnpackOptions> = {}) {
  const unpackAs = (rest: Pick<UnpackOptions, 'tarball' | 'prefix' | 'maxHeld'>) =>
    unpackPackage({
      hash: HASH,
      format: 'elf',
      relocation: () => new Map([[OLD_ROOT, '/t']]),
      ...options,
      ...rest,
    });
  if (tarball instanceof Readable) return await unpackAs({ tarball, prefix, ...options });
  const beside = mkdtempSync(join(tmpdir(), 'unpack-test-'));
  const own = { prefix, ...options };
  const [streamed, whole] = await Promise.allSettled([
    unpackAs({ tarball: Readable.from([tarball]), prefix: join(beside, 'store/pkg'), maxHeld: 0 }),
    unpackAs({ tarball, ...own }),
  ]);
  try {
    if (whole.status === 'rejected') {
      const code = errorCode(whole.reason);
      // Other errors may be about the prefix.
      const isOfArchive = ['corrupt', 'bad-input', 'too-large', 'unsupported'].includes(code);
      if (isOfArchive) expect(streamed).toMatchObject({ reason: { code } });
      throw whole.reason;
    }
    expect(streamed).toEqual(whole);
    expect(snapshot(join(beside, 'store/pkg'))).toEqual(snapshot(own.prefix));
    return whole.value;
  } finally {
    rmSync(beside, { recursive: true });
  }
}

async function failure(result: Promise<unknown>): Promise<BuildcacheError> {
  const error = await result.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof BuildcacheError) return error;
  throw new Error(`expected a BuildcacheError, got ${error}`);
}

test('a package built at a path that is not UTF-8: its last changes would be made beside it', async () => {
  const name = (text: string) => Buffer.from(text, 'latin1');
  const folders = ['opt/', 'opt/\xff/', 'opt/\xff/pkg/', 'opt/\xff/pkg/.spack/'];
  const tarball = tgz(
    ...folders.map((folder) => entry({ name: name(folder), type: '5' })),
    entry({ name: name('opt/\xff/pkg/.spack/binary_distribution'), body: buildInfo() }),
  );
  const finish = () => expect.unreachable();
  expect(await failure(unpack(tarball, { finish }))).toMatchObject({ code: 'unsupported' });
  expect(readdirSync(root)).toEqual([]);
});

describe('what Spack 1.2 made', () => {
  const fixtures = join(import.meta.dirname, '../fixtures/spack-1.2');
  const mirror = join(fixtures, 'mirror-signed');

  /** The tarball a signed manifest names. */
  function tarballOf(name: string, file: string): string {
    const manifest = readFileSync(
      join(mirror, 'v3/manifests/spec', name, `${file}.spec.manifest.json`),
      'utf8',
    );
    const digest = /install\.v2\.tar\+gzip"[^}]*"checksum":"([0-9a-f]{64})"/s.exec(manifest)?.[1] ?? '';
    return join(mirror, 'blobs/sha256', digest.slice(0, 2), digest);
  }

  /** Spack's install hook drops directories that are not there from run paths. */
  function dropMissingRpaths(path: string, isThere: (directory: string) => boolean): void {
    const file = openByteFile(path, 'read-write');
    const rpath = readElf(file)?.rpath;
    if (rpath !== undefined) {
      const kept = rpath.value.toString().split(':').filter(isThere).join(':');
      file.write(rpath.at, Buffer.from(kept.padEnd(rpath.value.length, '\0')));
    }
    file.close();
  }

  test.each([
    ['relocated-opt-t.json', '/opt/t'],
    ['relocated-opt-toy-stor2.json', '/opt/toy/stor2'],
  ])('%s: byte for byte what Spack leaves after installing', async (file, newRoot) => {
    const expected: Record<string, unknown> = JSON.parse(
      readFileSync(join(fixtures, 'expected', file), 'utf8'),
    );
    const prefixes = Object.keys(expected).filter((path) => /^linux-x86_64_v3\/[^/]+$/.test(path));
    expect(prefixes).toHaveLength(6);
    for (const path of prefixes) {
      const [, name = '', hash = ''] = /\/(.*)-[^-]+-([a-z0-9]{32})$/.exec(path.replace('-rc1', '')) ?? [];
      const result = await unpack(createReadStream(tarballOf(name, path.slice('linux-x86_64_v3/'.length))), {
        prefix: join(root, path),
        hash,
        relocation: (info) =>
          relocationMap(info, {
            storeRoot: newRoot,
            sbangPath: `${newRoot}/bin/sbang`,
            prefixes: [...info.hashToPrefix].map(([of, old]) => [of, old.replace(info.buildPath, newRoot)]),
          }),
      });
      expect(result.warnings).toEqual([]);
    }
    const app = prefixes.find((path) => path.includes('toyapp')) ?? '';
    dropMissingRpaths(join(root, app, 'bin/toyapp'), (path) => path.slice(newRoot.length + 1) in expected);

    const found: Record<string, unknown> = {};
    for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
      const full = join(root, path);
      const stats = lstatSync(full);
      if (stats.isSymbolicLink()) found[path] = { target: readlinkSync(full), type: 'link' };
      else if (stats.isDirectory()) found[path] = { type: 'dir' };
      else {
        const sha256 = createHash('sha256').update(readFileSync(full)).digest('hex');
        found[path] = { exec: (stats.mode & 0o100) !== 0, sha256, type: 'file' };
      }
    }
    delete expected.bin;
    delete expected['bin/sbang'];
    expect(found).toEqual(expected);
  });

  test('a package at the place it was built in needs nothing', async () => {
    const name = 'toymake-4.4-x5la2pd2zbeofnwyzygerhnzjeucepfu';
    const { relocated } = await unpack(createReadStream(tarballOf('toymake', name)), {
      hash: name.slice(-32),
      relocation: (info) =>
        relocationMap(info, {
          storeRoot: '/opt/toy/store',
          sbangPath: '/opt/toy/store/bin/sbang',
          prefixes: info.hashToPrefix,
        }),
    });
    expect(relocated).toEqual({ text: 0, binaries: 0, links: 0 });
  });
});

test('an ordinary package, with all that real ones have', async () => {
  const long = `${'directory-with-a-long-name/'.repeat(6)}file`;
  const tarball = packageTarball(
    [
      entry({ name: `${PACKED}/bin/`, type: '5' }),
      entry({ name: `${PACKED}/bin/run`, mode: 0o755, body: `#!/bin/sh ${OLD_ROOT}/bin/sbang\n` }),
      entry({ name: `${PACKED}/bin/private`, mode: 0o600, body: 'x' }),
      entry({ name: `${PACKED}/bin/again`, type: '1', target: `${PACKED}/bin/run` }),
      entry({ name: `${PACKED}/empty/`, type: '5' }),
      entry({ name: `${PACKED}/empty-file` }),
      entry({ name: `${PACKED}/Case`, body: 'upper' }),
      entry({ name: `${PACKED}/case`, body: 'lower' }),
      entry({ name: `${PACKED}/dangling`, type: '2', target: 'does-not-exist' }),
      entry({ name: `${PACKED}/outside`, type: '2', target: '/etc/hostname' }),
      entry({ name: `${PACKED}/upwards`, type: '2', target: '../../../../x' }),
      entry({ name: `${PACKED}/own`, type: '2', target: `${OLD_PREFIX}/bin/run` }),
      entry({ name: `${PACKED}/own-too`, type: '1', target: `${PACKED}/own` }),
      pax({ path: `${PACKED}/${long}` }),
      entry({ name: 'cut', body: 'deep' }),
      pax({ path: `${PACKED}/naïve`, mtime: '1700000000.5' }),
      entry({ name: 'na?ve', body: 'text' }),
    ],
    buildInfo({ text: ['bin/run'], links: ['own', 'own-too'] }),
  );
  const result = await unpack(tarball);
  expect(result).toMatchObject({ files: 14, relocated: { text: 1, binaries: 0, links: 2 }, warnings: [] });
  const found = snapshot(prefix);
  expect(found).toMatchObject({
    bin: 'directory 755',
    'bin/run': 'file 755 2 #!/bin/sh /t/bin/sbang\n',
    'bin/again': 'file 755 2 #!/bin/sh /t/bin/sbang\n',
    'bin/private': 'file 600 1 x',
    empty: 'directory 755',
    'empty-file': 'file 644 1 ',
    Case: 'file 644 1 upper',
    case: 'file 644 1 lower',
    dangling: 'link does-not-exist',
    outside: 'link /etc/hostname',
    upwards: 'link ../../../../x',
    own: `link /t/linux/pkg-1.0-${HASH}/bin/run`,
    'own-too': `link /t/linux/pkg-1.0-${HASH}/bin/run`,
    [long]: 'file 644 1 deep',
    naïve: 'file 644 1 text',
  });
  expect(statSync(join(prefix, 'naïve')).mtimeMs).toBe(1_700_000_000_000);
  expect(readdirSync(join(root, 'store/linux'))).toEqual(['pkg']);
});

test('names that are not UTF-8 are kept, and found in the build info', async () => {
  const odd = Buffer.concat([Buffer.from(`${PACKED}/`), Buffer.from([0x61, 0xff])]);
  const info = buildInfo().replace('"relocate_textfiles":[]', '"relocate_textfiles":["a\\udcff"]');
  await unpack(packageTarball([entry({ name: odd, body: OLD_ROOT })], info));
  expect(readFileSync(Buffer.concat([Buffer.from(`${prefix}/`), Buffer.from([0x61, 0xff])]), 'utf8')).toBe(
    '/t',
  );
});

test('modes lose what is not for the packer to say', async () => {
  const before = process.umask(0o077);
  try {
    await unpack(
      packageTarball([
        entry({ name: `${PACKED}/setuid`, mode: 0o6755 }),
        entry({ name: `${PACKED}/all`, mode: 0o1777 }),
        entry({ name: `${PACKED}/read-only`, mode: 0o444 }),
        entry({ name: `${PACKED}/nobody`, mode: 0 }),
        entry({ name: `${PACKED}/shared/`, type: '5', mode: 0o3777 }),
        entry({ name: `${PACKED}/closed/`, type: '5', mode: 0o500 }),
        entry({ name: `${PACKED}/closed/inside` }),
      ]),
    );
  } finally {
    process.umask(before);
  }
  expect(snapshot(prefix)).toMatchObject({
    setuid: 'file 755 1 ',
    all: 'file 755 1 ',
    'read-only': 'file 644 1 ',
    nobody: 'file 600 1 ',
    shared: 'directory 755',
    closed: 'directory 700',
    'closed/inside': 'file 644 1 ',
  });
  expect(statSync(prefix).mode & 0o7777).toBe(0o755);
});

// macOS gives everything the group of its directory, and no directory this bit.
test.runIf(process.platform === 'linux')('directories pass a group on if the one above does', async () => {
  mkdirSync(dirname(prefix), { recursive: true });
  chmodSync(dirname(prefix), 0o2750);
  const tarball = packageTarball([
    entry({ name: `${PACKED}/lib/`, type: '5', mode: 0o755 }),
    entry({ name: `${PACKED}/lib/x` }),
    entry({ name: `${PACKED}/unlisted/x` }),
  ]);
  await unpack(Readable.from([tarball]));
  expect(snapshot(prefix)).toMatchObject({
    lib: 'directory 2755',
    'lib/x': 'file 644 1 ',
    unlisted: 'directory 2755',
  });
  expect(statSync(prefix).mode & 0o7777).toBe(0o2755);
});

describe('forms of older tarballs', () => {
  test('only the prefix itself, named by its last component, the build info anywhere', async () => {
    const packed = `pkg-1.0-${HASH}`;
    const info = buildInfo({ text: ['a'] }, { relocate_links: undefined, hardlinks_deduped: undefined });
    const tarball = tgz(
      entry({ name: `${packed}/`, type: '5' }),
      entry({ name: `${packed}/.spack/`, type: '5' }),
      infoEntry(info, packed),
      entry({ name: `${packed}/a`, body: OLD_ROOT }),
    );
    await unpack(tarball);
    expect(snapshot(prefix)).toMatchObject({ a: 'file 644 1 /t' });
  });

  test('repeated hard links are relocated once', async () => {
    const entries = [
      entry({ name: `${PACKED}/a`, body: OLD_ROOT }),
      entry({ name: `${PACKED}/b`, type: '1', target: `${PACKED}/a` }),
    ];
    const info = buildInfo({ text: ['a', 'b'] }, { hardlinks_deduped: undefined });
    const relocation = () => new Map([[OLD_ROOT, `${OLD_ROOT}/deeper`]]);
    const { relocated } = await unpack(packageTarball(entries, info), { relocation });
    expect(relocated.text).toBe(1);
    expect(snapshot(prefix)).toMatchObject({
      a: `file 644 2 ${OLD_ROOT}/deeper`,
      b: `file 644 2 ${OLD_ROOT}/deeper`,
    });
  });

  test('prefix_to_hash', async () => {
    const info = buildInfo(
      { text: ['a'] },
      { hash_to_prefix: undefined, prefix_to_hash: { [OLD_PREFIX]: HASH } },
    );
    await unpack(packageTarball([entry({ name: `${PACKED}/a`, body: `${OLD_PREFIX}/x` })], info), {
      relocation: (read) =>
        relocationMap(read, { storeRoot: '/t', sbangPath: '/t/bin/sbang', prefixes: [[HASH, '/new']] }),
    });
    expect(snapshot(prefix)).toMatchObject({ a: 'file 644 1 /new/x' });
  });

  test('no hashes at all: refused as by Spack', async () => {
    const info = buildInfo({}, { hash_to_prefix: undefined });
    expect(await failure(unpack(packageTarball([], info)))).toMatchObject({ code: 'unsupported' });
  });

  test('relative run paths are worth a warning', async () => {
    const { warnings } = await unpack(packageTarball([], buildInfo({}, { relative_rpaths: 'true' })));
    expect(warnings).toHaveLength(1);
  });

  test('GNU long names, and `./` before every name', async () => {
    const long = 'x'.repeat(120);
    const name = `./${PACKED}/${long}`;
    const tarball = tgz(
      entry({ name: './', type: '5' }),
      parents(),
      entry({ name: '././@LongLink', type: 'L', body: `${name}\0` }),
      entry({ name: name.slice(0, 100), magic: 'ustar  \0', body: 'long' }),
      infoEntry(),
    );
    await unpack(tarball);
    expect(snapshot(prefix)).toMatchObject({ [long]: 'file 644 1 long' });
  });
});

test('a spliced spec takes the tarball of its build spec', async () => {
  const dependency = '2qpxivof4q2qmhn5ubiihmnsq242cphq';
  const info = buildInfo(
    { text: ['a'] },
    { hash_to_prefix: { [HASH]: OLD_PREFIX, [dependency]: `${OLD_ROOT}/linux/lib-${dependency}` } },
  );
  const body = `${OLD_PREFIX} ${OLD_ROOT}/linux/lib-${dependency} ${OLD_ROOT}/other`;
  await unpack(packageTarball([entry({ name: `${PACKED}/a`, body })], info), {
    relocation: (read) =>
      relocationMap(read, {
        storeRoot: '/t',
        sbangPath: '/t/bin/sbang',
        prefixes: [
          ['newhash', '/t/pkg-new'],
          ['newlib', '/t/lib-new'],
        ],
        splicedFrom: new Map([
          ['newhash', HASH],
          ['newlib', dependency],
        ]),
      }),
    finish: async (directory) => writeFileSync(join(directory, '.spack/spec.json'), 'rewritten'),
  });
  expect(snapshot(prefix)).toMatchObject({
    a: 'file 644 1 /t/pkg-new /t/lib-new /t/other',
    '.spack/spec.json': expect.stringMatching(/rewritten$/),
  });
});

test('another package is refused, also one that depends on it', async () => {
  const other = '2qpxivof4q2qmhn5ubiihmnsq242cphq';
  const info = buildInfo({}, { hash_to_prefix: { [HASH]: OLD_PREFIX, [other]: `${OLD_ROOT}/lib` } });
  const error = await failure(unpack(packageTarball([], info), { hash: other }));
  expect(error).toMatchObject({
    code: 'corrupt',
    facts: { expected: `hash ${other}`, found: `hash ${HASH}` },
  });
  expect(readdirSync(root)).toEqual([]);
});

describe('the prefix', () => {
  test('must be free', async () => {
    mkdirSync(prefix, { recursive: true });
    expect(await failure(unpack(packageTarball([])))).toMatchObject({
      code: 'conflict',
      facts: { file: prefix },
    });
    rmSync(prefix, { recursive: true });
    symlinkSync('nowhere', prefix);
    const tarball = Readable.from([packageTarball([])]);
    expect(await failure(unpack(tarball))).toMatchObject({ code: 'conflict' });
    expect(tarball.destroyed).toBe(true);
    expect(snapshot(root)).toEqual({
      store: expect.anything(),
      'store/linux': expect.anything(),
      'store/linux/pkg': 'link nowhere',
    });
  });

  test('must be free at the end as well', async () => {
    const finish = async () => mkdirSync(prefix);
    const tarball = Readable.from([packageTarball([])]);
    expect(await failure(unpack(tarball, { finish }))).toMatchObject({ code: 'conflict' });
    expect(readdirSync(prefix)).toEqual([]);
  });

  test('or is replaced, once the new package is whole', async () => {
    mkdirSync(prefix, { recursive: true });
    writeFileSync(join(prefix, 'old'), '');
    const before = snapshot(root);
    const broken = packageTarball([]).subarray(0, -20);
    expect(await failure(unpack(broken, { replace: true }))).toMatchObject({ code: 'corrupt' });
    expect(snapshot(root)).toEqual(before);
    await unpack(packageTarball([entry({ name: `${PACKED}/new` })]), { replace: true });
    expect(Object.keys(snapshot(prefix))).toEqual(['.spack', '.spack/binary_distribution', 'new']);
    expect(readdirSync(join(root, 'store/linux'))).toEqual(['pkg']);
  });

  test('must be absolute', async () => {
    expect(await failure(unpack(packageTarball([]), { prefix: 'store/pkg' }))).toMatchObject({
      code: 'usage',
    });
    expect(await failure(unpack(packageTarball([]), { prefix: '/' }))).toMatchObject({ code: 'usage' });
  });

  test('that cannot be made is an error of the file system', async () => {
    writeFileSync(join(root, 'store'), '');
    const error = await failure(unpack(packageTarball([])));
    expect(error.facts.file).toBe(prefix);
  });
});

describe('a failure leaves nothing', () => {
  const whole = packageTarball([entry({ name: `${PACKED}/a`, body: 'a'.repeat(3000) })]);

  test('nor takes away what was there', async () => {
    mkdirSync(join(root, 'store'));
    await failure(unpack(whole.subarray(0, 100)));
    expect(readdirSync(root)).toEqual(['store']);
    expect(readdirSync(join(root, 'store'))).toEqual([]);
  });

  test.each([
    ['cut anywhere', whole.subarray(0, whole.length >> 1), 'a gzip stream cut short'],
    ['without its trailer', whole.subarray(0, -8), 'a gzip stream cut short'],
    [
      'with a wrong checksum',
      Buffer.from(whole).fill(0, whole.length - 8, whole.length - 4),
      'incorrect data check',
    ],
    ['empty', Buffer.alloc(0), 'a gzip stream cut short'],
    ['not gzip', Buffer.from('<html>not found</html>'), 'incorrect header check'],
    [
      'with zeros behind it',
      Buffer.concat([whole, Buffer.alloc(600)]),
      'data after the end of the gzip stream',
    ],
    ['with something behind it', Buffer.concat([whole, Buffer.from('garbage')]), 'incorrect header check'],
    [
      'with zeros and something behind it',
      Buffer.concat([whole, Buffer.alloc(9), Buffer.from('garbage')]),
      undefined,
    ],
  ])('a tarball %s', async (_, tarball, found) => {
    for (const size of [tarball.length + 1, 7]) {
      const chunks = Array.from({ length: Math.ceil(tarball.length / size) }, (_, i) =>
        tarball.subarray(i * size, (i + 1) * size),
      );
      const error = await failure(unpack(Readable.from(chunks, { objectMode: false })));
      expect(error.code).toBe('corrupt');
      if (found !== undefined && size > 7) expect(error.facts.found).toBe(found);
      expect(readdirSync(root)).toEqual([]);
    }
  });

  test('an archive cut at an entry, in a gzip stream that is whole', async () => {
    const archive = tar(parents(), entry({ name: `${PACKED}/a`, body: 'a' }), infoEntry());
    const end = archive.lastIndexOf('}') + 1;
    const cut = archive.subarray(0, Math.ceil(end / 512) * 512);
    expect(await failure(unpack(gzipSync(cut)))).toMatchObject({ code: 'corrupt' });
    expect(readdirSync(root)).toEqual([]);
  });

  test('an error of the stream is passed on, also at its very end', async () => {
    const wrong = new BuildcacheError('corrupt', 'the digest does not match');
    async function* failing() {
      yield whole;
      throw wrong;
    }
    expect(await failure(unpack(Readable.from(failing())))).toBe(wrong);
    expect(readdirSync(root)).toEqual([]);
  });

  test('a stream that is closed early', async () => {
    const stream = new PassThrough();
    stream.write(whole.subarray(0, 50));
    setTimeout(() => stream.destroy(), 5);
    expect(await failure(unpack(stream))).toMatchObject({ code: 'corrupt' });
    expect(readdirSync(root)).toEqual([]);
  });

  test('cancelling', async () => {
    const controller = new AbortController();
    const stream = new PassThrough();
    stream.write(whole.subarray(0, 50));
    setTimeout(() => controller.abort(), 5);
    expect(await failure(unpack(stream, { signal: controller.signal }))).toMatchObject({ code: 'cancelled' });
    expect(stream.destroyed).toBe(true);
    const late = unpack(whole, { signal: controller.signal });
    expect(await failure(late)).toMatchObject({ code: 'cancelled' });
    expect(readdirSync(root)).toEqual([]);
  });

  test('a finishing touch that fails', async () => {
    const finish = () => Promise.reject(new BuildcacheError('internal', 'no'));
    expect(await failure(unpack(whole, { finish }))).toMatchObject({ message: 'no' });
    expect(readdirSync(root)).toEqual([]);
  });

  test('paths that do not fit', async () => {
    const body = `\x7fELF\x02\x01\x01\0${OLD_ROOT}/lib\0`;
    const tarball = packageTarball(
      [entry({ name: `${PACKED}/lib.so`, body })],
      buildInfo({ binaries: ['lib.so'] }),
    );
    const error = await failure(
      unpack(tarball, { relocation: () => new Map([[OLD_ROOT, `${OLD_ROOT}/longer`]]) }),
    );
    expect(error).toMatchObject({ code: 'unsupported', facts: { file: `${PACKED}/lib.so` } });
    expect(readdirSync(root)).toEqual([]);
  });
});

test('the tarball is read to its end before the package appears', async () => {
  let ended = false;
  async function* chunks() {
    yield packageTarball([]);
    expect(existsSync(prefix)).toBe(false);
    ended = true;
  }
  await unpack(Readable.from(chunks()));
  expect(ended).toBe(true);
});

describe('limits', () => {
  const zeros = packageTarball([entry({ name: `${PACKED}/zeros`, body: Buffer.alloc(3_000_000) })]);

  test('on the size', async () => {
    const error = await failure(unpack(zeros, { limits: { maxBytes: 1_000_000 } }));
    expect(error).toMatchObject({ code: 'too-large', message: 'the package is too large' });
    expect(readdirSync(root)).toEqual([]);
  });

  test('on how much it inflates', async () => {
    const error = await failure(unpack(zeros, { limits: { ratioFrom: 1_000_000, maxRatio: 10 } }));
    expect(error).toMatchObject({ code: 'too-large', message: 'the tarball inflates suspiciously' });
  });

  test('on the number of entries', async () => {
    const entries = Array.from({ length: 20 }, (_, i) => entry({ name: `${PACKED}/${i}` }));
    expect(await failure(unpack(packageTarball(entries), { limits: { maxEntries: 20 } }))).toMatchObject({
      code: 'too-large',
    });
  });

  test('but none is met by an ordinary package', async () => {
    await unpack(zeros);
    expect(statSync(join(prefix, 'zeros')).size).toBe(3_000_000);
  });
});

test('many at once, sharing parents that are not there yet, some of them failing', async () => {
  const good = packageTarball([entry({ name: `${PACKED}/a`, body: 'a' })]);
  const results = await Promise.allSettled(
    Array.from({ length: 30 }, (_, i) =>
      unpack(i % 3 === 0 ? good.subarray(0, 60) : good, { prefix: join(prefix, `${i}`) }),
    ),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
  expect(readdirSync(prefix)).toHaveLength(20);
});
