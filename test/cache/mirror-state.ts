/** What a mirror holds, looked at without the project's own code; and whether it keeps its promise. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Documents of a mirror by key: from a folder, or a bucket of the test server. */
export type Documents = ReadonlyMap<string, Buffer>;

export interface MirrorRecord {
  readonly contentLength: number;
  readonly checksum: string;
  readonly compression: string;
  readonly mediaType: string;
}

/** Of a folder to which somebody may write meanwhile: what goes away while it is listed makes us list it again. */
export function folderDocuments(folder: string): Documents {
  if (!existsSync(folder)) return new Map();
  for (let tries = 20; ; tries--) {
    try {
      return listDocuments(folder);
    } catch (error) {
      const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (!isGone || tries === 0) throw error;
    }
  }
}

function listDocuments(folder: string): Documents {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => !/\.(tmp|lock)-/.test(name) && statSync(join(folder, name)).isFile());
  return new Map(files.map((name) => [name, readFileSync(join(folder, name))]));
}

/** As if everything had been pushed so many days ago. */
export function makeOld(
  folder: string,
  days: number,
  keys: Iterable<string> = folderDocuments(folder).keys(),
): void {
  const time = new Date(Date.now() - days * 24 * 3_600_000);
  for (const key of keys) utimesSync(join(folder, key), time, time);
}

export function bucketDocuments(
  objects: ReadonlyMap<string, { readonly content: Buffer }>,
  prefix: string,
): Documents {
  const start = `bucket/${prefix}/`;
  return new Map(
    [...objects]
      .filter(([key]) => key.startsWith(start))
      .map(([key, { content }]) => [key.slice(start.length), content]),
  );
}

export function manifestRecords(bytes: Buffer): MirrorRecord[] {
  const text = bytes.toString('utf8');
  const signed =
    /^-----BEGIN PGP SIGNED MESSAGE-----\nHash: \S+\n\n([\s\S]*)\n-----BEGIN PGP SIGNATURE-----/.exec(text);
  return JSON.parse(signed?.[1] ?? text).data;
}

export function blobOf(documents: Documents, { checksum, compression }: MirrorRecord): Buffer {
  const bytes = documents.get(`blobs/sha256/${checksum.slice(0, 2)}/${checksum}`);
  if (bytes === undefined) throw new Error(`no blob ${checksum}`);
  return compression === 'gzip' ? gunzipSync(bytes) : bytes;
}

/** Records of the index by hash; undefined when there is none. */
export function indexOf(documents: Documents, view = ''): Map<string, unknown> | undefined {
  const manifest = documents.get(`v3/manifests/index/${view}index.manifest.json`);
  const [record] = manifest === undefined ? [] : manifestRecords(manifest);
  if (record === undefined) return undefined;
  return new Map(Object.entries(JSON.parse(blobOf(documents, record).toString('utf8')).database.installs));
}

/** Hashes that have a manifest. */
export function publishedHashes(documents: Documents): Set<string> {
  const hashes = [...documents.keys()].map((key) => /-([a-z2-7]{32})\.spec\.manifest\.json$/.exec(key)?.[1]);
  return new Set(hashes.filter((hash) => hash !== undefined));
}

/** Hashes the index says are in the cache. */
export function listedHashes(documents: Documents): Set<string> {
  const records = [...(indexOf(documents) ?? [])] as [string, { in_buildcache: boolean }][];
  return new Set(records.filter(([, record]) => record.in_buildcache).map(([hash]) => hash));
}

/** Throws unless every manifest's blobs are there and right, and every listed spec has a manifest. */
export function assertSound(documents: Documents): void {
  for (const [key, bytes] of documents) {
    if (!key.endsWith('.manifest.json')) continue;
    for (const { checksum, contentLength } of manifestRecords(bytes)) {
      const blob = documents.get(`blobs/sha256/${checksum.slice(0, 2)}/${checksum}`);
      if (blob === undefined) throw new Error(`${key} names a blob that is not there`);
      const digest = createHash('sha256').update(blob).digest('hex');
      if (blob.length !== contentLength || digest !== checksum) throw new Error(`${key} names a wrong blob`);
    }
  }
  const published = publishedHashes(documents);
  for (const hash of listedHashes(documents)) {
    if (!published.has(hash)) throw new Error(`the index lists ${hash}, which is not there`);
  }
}
