/** An entry of an unsigned layout 3 mirror whose spec file says something else, in a blob that is what it should be. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { manifestRecords } from './mirror-state.ts';

/** @param manifest its key, below the folder */
export function changeSpecFile(folder: string, manifest: string, change: (json: string) => string): void {
  const text = readFileSync(join(folder, manifest), 'utf8');
  const record = manifestRecords(Buffer.from(text)).find(({ mediaType }) =>
    mediaType.includes('spack.spec.'),
  );
  if (record === undefined) throw new Error('no spec file');
  const blob = (digest: string) => join(folder, 'blobs/sha256', digest.slice(0, 2), digest);
  const before = gunzipSync(readFileSync(blob(record.checksum))).toString('utf8');
  const after = change(before);
  if (after === before) throw new Error('nothing was changed');
  const bytes = gzipSync(after);
  const digest = createHash('sha256').update(bytes).digest('hex');
  mkdirSync(dirname(blob(digest)), { recursive: true });
  writeFileSync(blob(digest), bytes);
  const changed = text
    .replace(record.checksum, digest)
    .replace(`"contentLength":${record.contentLength},`, `"contentLength":${bytes.length},`);
  writeFileSync(join(folder, manifest), changed);
}

/** Puts another text in the place of an unsigned mirror's index. */
export function replaceIndex(folder: string, text: string): void {
  const manifest = join(folder, 'v3/manifests/index/index.manifest.json');
  const before = readFileSync(manifest, 'utf8');
  const [record] = manifestRecords(Buffer.from(before));
  const digest = createHash('sha256').update(text).digest('hex');
  const blob = join(folder, 'blobs/sha256', digest.slice(0, 2), digest);
  mkdirSync(dirname(blob), { recursive: true });
  writeFileSync(blob, text);
  const changed = before
    .replace(record?.checksum ?? '', digest)
    .replace(/"contentLength":\d+/, `"contentLength":${Buffer.byteLength(text)}`);
  writeFileSync(manifest, changed);
}

/** Puts another tarball into an unsigned entry, in a blob that is what it should be. */
export function replaceTarball(folder: string, manifest: string, tarball: Buffer): void {
  const before = readFileSync(join(folder, manifest), 'utf8');
  const record = manifestRecords(Buffer.from(before)).find(({ mediaType }) => mediaType.includes('install'));
  if (record === undefined) throw new Error('no tarball');
  const digest = createHash('sha256').update(tarball).digest('hex');
  const blob = join(folder, 'blobs/sha256', digest.slice(0, 2), digest);
  mkdirSync(dirname(blob), { recursive: true });
  writeFileSync(blob, tarball);
  const changed = before
    .replace(record.checksum, digest)
    .replace(`"contentLength":${record.contentLength},`, `"contentLength":${tarball.length},`);
  writeFileSync(join(folder, manifest), changed);
}
