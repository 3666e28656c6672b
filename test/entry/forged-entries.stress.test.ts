/**
 * Signatures, indices and lists that say what they must not: who must refuse each, and what is said. One row a case;
 * who is not named in it is not asked.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createCleartextMessage, readPrivateKey, SignaturePacket, sign } from 'openpgp';
import { expect, test } from 'vitest';
import { sha256 } from '../../src/core/digest.ts';
import { replaceIndex } from '../cache/change-entry.ts';
import { type ArmoredPair, makeKey } from '../cache/keys.ts';
import { copyMirror } from '../cache/mirror-fixture.ts';
import { folderDocuments, indexOf, manifestRecords } from '../cache/mirror-state.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { environmentOf } from './command-line.ts';
import { type Ran, runVerb } from './run-verb.ts';

interface Place {
  readonly folder: string;
  readonly mirror: string;
  readonly keys: ArmoredPair;
  /** Keys of entries' documents, by package. */
  readonly keyOf: (name: string) => string;
  readonly hashOf: (name: string) => string;
}

const END = '-----BEGIN PGP SIGNATURE-----';

/** The manifest signed by our key, its text changed before. */
async function signManifest(place: Place, name: string, change: (text: string) => string): Promise<string> {
  const text = change(readFileSync(join(place.mirror, place.keyOf(name)), 'utf8'));
  const signingKeys = await readPrivateKey({ armoredKey: place.keys.privateKey });
  const message = await createCleartextMessage({ text });
  return (await sign({ message, signingKeys })).replaceAll('\r', '');
}

const same = (text: string) => text;

/** What our key signs, a signature without an issuer before the good one. */
async function withNamelessSignature(place: Place, name: string): Promise<string> {
  const { config, enums, readCleartextMessage } = await import('openpgp');
  const key = await readPrivateKey({ armoredKey: place.keys.privateKey });
  const message = await readCleartextMessage({
    cleartextMessage: await signManifest(place, name, same),
  });
  const packet = new SignaturePacket();
  Object.assign(packet, {
    signatureType: enums.signature.text,
    publicKeyAlgorithm: key.keyPacket.algorithm,
    hashAlgorithm: enums.hash.sha512,
  });
  const whole = packet as unknown as Record<string, (...args: unknown[]) => unknown>;
  // Without the sub-packets that say whose it is.
  const { keyPacket } = key;
  const nameless = new Proxy(keyPacket, {
    get: (target, property) =>
      property === 'getKeyID' || property === 'getFingerprintBytes'
        ? () =>
            property === 'getKeyID' ? { isNull: () => true, write: () => new Uint8Array(0), bytes: '' } : null
        : Reflect.get(target, property),
  });
  await whole['sign']?.(
    nameless,
    { getText: () => '', getBytes: () => new Uint8Array() },
    new Date(),
    true,
    config,
  );
  (message as unknown as { signature: { packets: unknown[] } }).signature.packets.unshift(packet);
  return message.armor().replaceAll('\r', '');
}

/** The same with a signature of a version that nobody knows, which names nobody either. */
async function withUnknownSignature(place: Place, name: string): Promise<string> {
  const { armor, enums, unarmor } = await import('openpgp');
  const signed = await signManifest(place, name, same);
  const start = signed.indexOf(END);
  const { data } = await unarmor(signed.slice(start));
  const packets = Buffer.concat([Buffer.from([0xc2, 4, 9, 1, 2, 3]), data as unknown as Uint8Array]);
  return signed.slice(0, start) + armor(enums.armor.signature, packets).replaceAll('\r', '');
}

async function onlyFirstPacket(signed: string): Promise<string> {
  const { armor, enums } = await import('openpgp');
  const packet = Buffer.from([0xc2, 4, 9, 1, 2, 3]);
  const block = armor(enums.armor.signature, packet).replaceAll('\r', '');
  return signed.slice(0, signed.indexOf(END)) + block;
}

async function putSigned(place: Place, name: string, make: () => Promise<string>): Promise<void> {
  const signed = await make();
  for (const other of ['gcc-runtime', 'libtoy', 'toyapp', 'toymake', 'toypy', 'zlib-toy']) {
    writeFileSync(join(place.mirror, place.keyOf(other)), await signManifestOnce(place, other));
  }
  writeFileSync(join(place.mirror, place.keyOf(name)), signed);
}

async function signManifestOnce(place: Place, name: string): Promise<string> {
  const text = readFileSync(join(place.mirror, place.keyOf(name)), 'utf8');
  return text.startsWith('-----') ? text : await signManifest(place, name, same);
}

/** The index says of another package's entry that it is zlib-toy's. */
function poison(place: Place): string {
  const documents = folderDocuments(place.mirror);
  const records = Object.fromEntries(indexOf(documents) ?? []) as Record<string, { spec: { name: string } }>;
  const record = records[place.hashOf('toymake')];
  if (record === undefined) throw new Error('no record');
  record.spec.name = 'zlib-toy';
  return JSON.stringify({ database: { version: '8', installs: records } });
}

type Verb = 'sync' | 'check-index' | 'download';

const asked: Record<Verb, (place: Place) => readonly string[]> = {
  sync: ({ folder, mirror }) => [
    'sync',
    '--all',
    mirror,
    join(folder, 'to'),
    '--trusted-keys',
    join(folder, 'k.asc'),
    'toypy',
    'zlib-toy',
  ],
  'check-index': ({ folder, mirror }) => [
    'check-index',
    mirror,
    '--verify',
    'manifests',
    '--trusted-keys',
    join(folder, 'k.asc'),
  ],
  download: ({ folder, mirror, hashOf }) => [
    ...['download', '-e', environmentOf('1.2'), '-m', mirror, '--path', join(folder, 'got')],
    ...['--trusted-keys', join(folder, 'k.asc'), '-s', `/${hashOf('toypy')}`],
  ],
};

interface Case {
  readonly what: string;
  readonly make: (place: Place) => Promise<void> | void;
  /** Each with what it says; undefined: all is well. */
  readonly verbs: Partial<Record<Verb, RegExp | undefined>>;
}

const unreadable = (why: string) => new RegExp(`Spack cannot read it: ${why}`);

const CASES: readonly Case[] = [
  {
    what: 'a signature that does not say by whom, before a good one',
    make: (place) => putSigned(place, 'toypy', () => withNamelessSignature(place, 'toypy')),
    verbs: {
      sync: unreadable('it has a second signature'),
      'check-index': unreadable('it has a second signature'),
      download: undefined,
    },
  },
  {
    what: 'a signature of no known version before a good one',
    make: (place) => putSigned(place, 'toypy', () => withUnknownSignature(place, 'toypy')),
    verbs: {
      sync: unreadable('it has a second signature'),
      'check-index': unreadable('it has a second signature'),
      download: undefined,
    },
  },
  {
    what: 'a signature of no known version, alone',
    make: (place) =>
      putSigned(place, 'toypy', async () => {
        const signed = await withUnknownSignature(place, 'toypy');
        return onlyFirstPacket(signed);
      }),
    verbs: {
      sync: /not to be trusted.*one of a kind that is not known/,
      'check-index': /not to be trusted.*one of a kind that is not known/,
    },
  },
  {
    what: 'a good signature that readers find around different texts',
    make: (place) =>
      putSigned(place, 'toypy', async () => {
        const evil = readFileSync(join(place.mirror, place.keyOf('toypy')), 'utf8').replaceAll(
          /"checksum":"[0-9a-f]{64}"/g,
          `"checksum":"${'f'.repeat(64)}"`,
        );
        const inside = (await signManifest(place, 'toypy', same)).replaceAll('\n\n', '\n \n');
        return `${inside}\n\n${evil}\n${END}\n`;
      }),
    verbs: {
      sync: /not to be trusted.*another text beside it/,
      'check-index': unreadable('it has another header beside Hash'),
    },
  },
  {
    what: 'text that is dash-escaped',
    make: (place) =>
      putSigned(place, 'toypy', () =>
        signManifest(place, 'toypy', (text) => text.replace('"version":3', '"x":\n-1,"version":3')),
      ),
    verbs: {
      sync: unreadable('its text is dash-escaped'),
      'check-index': unreadable('its text is dash-escaped'),
    },
  },
  {
    what: 'two Hash headers',
    make: (place) =>
      putSigned(place, 'toypy', async () =>
        (await signManifest(place, 'toypy', same)).replace(/\n(Hash: \w+)\n/, '\n$1\n$1\n'),
      ),
    verbs: {
      sync: unreadable('it has two Hash headers'),
      'check-index': unreadable('it has two Hash headers'),
    },
  },
  {
    what: 'no Hash header',
    make: (place) =>
      putSigned(place, 'toypy', async () =>
        (await signManifest(place, 'toypy', same)).replace(/\nHash: \w+\n/, '\n'),
      ),
    verbs: {
      sync: /it has no Hash header|damaged signature/,
      'check-index': unreadable('it has no Hash header'),
    },
  },
  {
    what: 'a second signature after the first',
    make: (place) =>
      putSigned(place, 'toypy', async () => {
        const signed = await signManifest(place, 'toypy', same);
        return signed + signed.slice(signed.indexOf(END));
      }),
    verbs: {
      sync: /it has a second signature|damaged signature/,
      'check-index': unreadable('it has a second signature'),
    },
  },
  {
    what: 'a good signature with a wrong check sum, which gpg refuses',
    make: (place) =>
      putSigned(place, 'toypy', async () =>
        (await signManifest(place, 'toypy', same)).replace(
          /(?:\n=[A-Za-z0-9+/]{4})?\n-----END/,
          '\n=AAAA\n-----END',
        ),
      ),
    verbs: {
      sync: unreadable('its signature has a wrong check sum'),
      'check-index': unreadable('its signature has a wrong check sum'),
      download: undefined,
    },
  },
  {
    what: "an index that gives another package's entry a name that was asked for",
    make: async (place) => {
      replaceIndex(place.mirror, poison(place));
      await putSigned(place, 'toypy', () => signManifest(place, 'toypy', same));
    },
    verbs: { sync: /the index says that it is what was asked for, and it is not; found toymake@/ },
  },
];

test.each(
  CASES.flatMap(({ verbs, ...rest }) =>
    Object.entries(verbs).map(([verb, said]) => ({ ...rest, verb: verb as Verb, said })),
  ),
)('$what: $verb', async ({ make, verb, said }) => {
  await using dir = await tempDir();
  const mirror = join(dir.path, 'mirror');
  copyMirror('1.2', 'unsigned', mirror);
  const documents = [...folderDocuments(mirror).keys()];
  const keyOf = (name: string) => documents.find((key) => key.includes(`spec/${name}/`)) ?? '';
  const hashOf = (name: string) => /-([a-z2-7]{32})\./.exec(keyOf(name))?.[1] ?? '';
  const place = { folder: dir.path, mirror, keys: await makeKey(), keyOf, hashOf };
  writeFileSync(join(dir.path, 'k.asc'), place.keys.publicKey);
  await make(place);
  const ran: Ran = await runVerb(asked[verb](place), dir.path);
  const all = ran.out + ran.err;
  if (said === undefined) expect(ran.code, all).toBe(0);
  else expect([ran.code, all]).toEqual([1, expect.stringMatching(said)]);
  // What was refused did not arrive, and the rest did.
  if (verb === 'sync') {
    const arrived = [...folderDocuments(join(dir.path, 'to')).keys()].filter((key) => key.includes('/spec/'));
    expect(arrived.some((key) => key.includes('/toypy/'))).toBe(
      said === undefined || /index/.test(said.source),
    );
    expect(arrived.filter((key) => !/\/(toypy|zlib-toy)\//.test(key))).toEqual([]);
  }
});

test('a packed index of a folder that was restored is not believed: the mirror is asked', async () => {
  await using dir = await tempDir();
  const mirror = join(dir.path, 'mirror');
  copyMirror('1.2', 'unsigned', mirror);
  const key = 'v3/manifests/index/index.manifest.json';
  const [record] = manifestRecords(readFileSync(join(mirror, key)));
  const digest = record?.checksum ?? '';
  const truth = readFileSync(join(mirror, 'blobs/sha256', digest.slice(0, 2), digest));
  const packed = gzipSync(truth);
  replaceIndex(mirror, truth.toString());
  const packedDigest = sha256(packed);
  mkdirSync(join(mirror, 'blobs/sha256', packedDigest.slice(0, 2)), { recursive: true });
  writeFileSync(join(mirror, 'blobs/sha256', packedDigest.slice(0, 2), packedDigest), packed);
  writeFileSync(
    join(mirror, key),
    readFileSync(join(mirror, key), 'utf8')
      .replace(digest, packedDigest)
      .replace(/"contentLength":\d+/, `"contentLength":${packed.length}`)
      .replace('"compression":"none"', '"compression":"gzip"'),
  );
  const list = () =>
    runVerb(['list', '--allarch', '--json', '-m', mirror], dir.path, { BUILDCACHE_CACHE_DIR: dir.path });
  const before = await list();
  expect(before).toMatchObject({ code: 0 });
  const names = (ran: Ran) => [...new Set(ran.out.match(/zlib-\w+|toy\w+/g))].sort();
  expect(names(before)).toContain('zlib-toy');
  const folder = join(dir.path, 'index');
  const pointer = join(folder, readdirSync(folder).find((name) => name.startsWith('mirror-')) ?? '');
  const forged = truth.toString().replaceAll('zlib-toy', 'zlib-evil');
  writeFileSync(join(folder, `${sha256(forged)}.index`), forged);
  writeFileSync(
    pointer,
    JSON.stringify({ ...JSON.parse(readFileSync(pointer, 'utf8')), document: sha256(forged) }),
  );
  expect(names(await list())).toEqual(names(before));
});
