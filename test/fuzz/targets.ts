/** What is fuzzed: for each, some sound bytes to begin with and the public function they go to. */
import { createReadStream, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describeError } from '../../src/core/errors.ts';
import { readElf } from '../../src/package/elf.ts';
import { readMachO } from '../../src/package/macho.ts';
import { relocateElf } from '../../src/package/relocate-elf.ts';
import { relocateMachO } from '../../src/package/relocate-macho.ts';
import { prefixMatcher } from '../../src/package/relocate-matcher.ts';
import { relocateStrings } from '../../src/package/relocate-strings.ts';
import { relocateText } from '../../src/package/relocate-text.ts';
import { scanTarball } from '../../src/package/scan-tarball.ts';
import { unpackPackage } from '../../src/package/unpack.ts';
import { DOCUMENTS, SOURCE, WORDS } from '../hostile/parsers.ts';
import { makeElf } from '../package/make-elf.ts';
import { makeFat, makeMachO } from '../package/make-macho.ts';
import { buildInfo, HASH, OLD_PREFIX, OLD_ROOT, PACKED, packageTarball } from '../package/make-package.ts';
import { entry, pax } from '../package/make-tar.ts';
import { memoryFile } from '../package/memory-file.ts';

export interface Target {
  readonly name: string;
  readonly sound: readonly Buffer[];
  read(bytes: Buffer): unknown;
  /** Whether an error says what could not be read; `undefined`: that is for who calls. */
  readonly isNamed: ((error: unknown) => boolean) | undefined;
}

/** @param folder for files that are needed */
export function targetsIn(folder: string): readonly Target[] {
  const documents = soundDocuments();
  const named = (error: unknown) => describeError(error).includes(SOURCE);
  return [
    ...Object.entries(DOCUMENTS).map(([name, parser]) => ({
      name,
      sound: documents.filter(({ kinds }) => kinds.includes(name)).map(({ bytes }) => bytes),
      read: (bytes: Buffer) => parser(name === 'spec file' ? (bytes as never) : bytes.toString('utf8')),
      isNamed: named,
    })),
    ...Object.entries(WORDS).map(([name, parser]) => ({
      name,
      sound: SOUND_WORDS,
      read: (bytes: Buffer) => parser(bytes.toString('utf8')),
      isNamed: undefined,
    })),
    ...binaries(),
    ...tarballs(folder),
  ].filter(({ sound }) => sound.length > 0);
}

const FIXTURES = fileURLToPath(new URL('../fixtures', import.meta.url));

/** Those that real Spack has made, each for the readers that may get it. */
function soundDocuments(): { bytes: Buffer; kinds: string[] }[] {
  return readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
    if (!statSync(join(FIXTURES, name)).isFile()) return [];
    const kinds = kindsOf(name);
    if (kinds.length === 0) return [];
    let bytes = readFileSync(join(FIXTURES, name));
    if (name.includes('/blobs/sha256/') && !name.includes('registry')) {
      if (bytes.length > 100_000) return [];
      if (bytes[0] === 0x1f) bytes = gunzipSync(bytes);
      if (bytes[0] !== 0x7b) return [];
      kinds.splice(0, kinds.length, 'spec file', 'index', 'database', 'JSON');
    }
    return bytes.length > 200_000 ? [] : [{ bytes, kinds }];
  });
}

function kindsOf(name: string): string[] {
  if (name.endsWith('spack.lock')) return ['lockfile', 'JSON'];
  if (/\.ya?ml$/.test(name)) return ['YAML', 'mirrors to be changed'];
  if (/\.manifest\.json$/.test(name)) return ['manifest', 'signed manifest', 'JSON'];
  if (/spec\.json(?:\.sig)?$/.test(name)) return ['spec file', 'signed manifest', 'JSON'];
  if (/index\.json$/.test(name))
    return ['index', 'database', 'JSON', 'copy-list', 'image index', 'image manifest'];
  if (/\.(?:asc|pub)$/.test(name)) return ['public keys', 'armored public key'];
  if (/\/blobs\/sha256\//.test(name)) return ['spec file'];
  return [];
}

const SOUND_WORDS = [
  'hdf5@1.14:+mpi~shared api=default %gcc@13.2: ^openmpi@4 arch=linux-ubuntu22.04-x86_64_v3',
  'https://user:word@example.org:8443/mirror/build_cache?x=1#y',
  'oci://ghcr.io/spack/cache:tag@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '{hdf5,netcdf}-*[a-c]?',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is Spack's, not ours
  '$spack/var/${HOME}/$user/cache',
  'Bearer realm="https://auth.example.org/token",service="registry",scope="repository:a/b:pull"',
  'one=https://a\ntwo=s3://b/c\n',
  'platform == "linux" and os in ("debian12", "ubuntu22.04")',
  buildInfo({ text: ['bin/a'], binaries: ['bin/b'], links: ['lib'] }),
].map((text) => Buffer.from(text));

const NEW_PREFIX = `/new${OLD_PREFIX}`;
const relocation = () =>
  new Map([
    [OLD_PREFIX, NEW_PREFIX],
    [OLD_ROOT, '/new'],
  ]);

function binaries(): Target[] {
  const matcher = () => prefixMatcher(relocation() as never);
  const elves = [makeElf(), makeElf({ rpath: `${OLD_PREFIX}/lib:$ORIGIN` } as never)];
  const machos = [makeMachO(), makeFat(makeMachO(), makeMachO())];
  const over = (name: string, sound: readonly Buffer[], read: (bytes: Buffer) => unknown): Target => ({
    name,
    sound,
    read,
    isNamed: undefined,
  });
  const using = (use: (matcher: NonNullable<ReturnType<typeof prefixMatcher>>, bytes: Buffer) => unknown) => {
    const found = matcher();
    return (bytes: Buffer) => found && use(found, bytes);
  };
  const texts = [Buffer.from(`#!${OLD_PREFIX}/bin/x\n${OLD_ROOT}/y:${OLD_PREFIX}\0\0\0\0\0\0\0\0`)];
  return [
    over('ELF', elves, (bytes) => readElf(memoryFile(bytes))),
    over(
      'ELF to relocate',
      elves,
      using((found, bytes) => relocateElf(memoryFile(bytes), found)),
    ),
    over('Mach-O', machos, (bytes) => readMachO(memoryFile(bytes))),
    over(
      'Mach-O to relocate',
      machos,
      using((found, bytes) => relocateMachO(memoryFile(bytes), found)),
    ),
    over(
      'text to relocate',
      texts,
      using((found, bytes) => relocateText(bytes, found)),
    ),
    over(
      'strings to relocate',
      [...texts, ...elves],
      using((found, bytes) => relocateStrings(memoryFile(bytes), found, async () => undefined)),
    ),
  ];
}

function tarballs(folder: string): Target[] {
  const packed = packageTarball([
    entry({ name: `${PACKED}/bin/`, type: '5' }),
    pax({ path: `${PACKED}/bin/a`, size: '12' }),
    entry({ name: `${PACKED}/bin/a`, body: 'hello there\n' }),
    entry({ name: `${PACKED}/bin/b`, type: '2', linkname: 'a' } as never),
    entry({ name: `${PACKED}/bin/c`, type: '1', linkname: `${PACKED}/bin/a` } as never),
  ]);
  const sound = [gunzipSync(packed)];
  const file = join(folder, 'package.tar.gz');
  const prefix = join(folder, 'prefix');
  const isNamed = (error: unknown) => describeError(error).includes(file);
  return [
    { name: 'tar', sound, read: (tar) => scan(gzipSync(tar, { level: 1 })), isNamed },
    { name: 'tar.gz', sound: [packed], read: scan, isNamed },
    { name: 'package', sound, read: (tar) => unpack(gzipSync(tar, { level: 1 })), isNamed: undefined },
  ];

  async function scan(bytes: Buffer) {
    writeFileSync(file, bytes);
    return await scanTarball(file, { hash: HASH, folders: new Set(['bin']) } as never);
  }

  async function unpack(bytes: Buffer) {
    writeFileSync(file, bytes);
    try {
      await unpackPackage({
        tarball: createReadStream(file),
        prefix,
        hash: HASH,
        format: 'elf',
        relocation,
      } as never);
    } finally {
      rmSync(prefix, { recursive: true, force: true });
    }
  }
}
