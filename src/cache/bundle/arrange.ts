/**
 * What goes where in a bundle: everything is sorted, each entry's blobs lie right before the manifest that names
 * them, and an entry never spans two volumes. A blob that several entries share lies with the first of them.
 */

import { sha256 } from '../../core/digest.ts';
import { BuildcacheError } from '../../core/errors.ts';
import { fetchDocument } from '../fetch-document.ts';
import { blobKey, MANIFESTS, SPEC_MANIFESTS } from '../layouts/layout3.ts';
import { parseManifest } from '../layouts/manifest.ts';
import {
  BUNDLE_JSON,
  type BundledFile,
  countSpecs,
  type External,
  formatBundle,
  formatContents,
  VOLUME_JSON,
} from './documents.ts';
import type { Draft } from './draft.ts';
import { ARCHIVE_END, memberHead, memberLength, paddingOf } from './tar-member.ts';

/** Files that stay together in one volume. */
export interface Group {
  /** For people. */
  readonly name: string;
  readonly files: readonly BundledFile[];
}

export interface PlannedVolume {
  /** The two documents at its beginning. */
  readonly head: Buffer;
  readonly files: readonly BundledFile[];
  readonly specs: number;
  /** Bytes of the whole volume. */
  readonly size: number;
}

/** The files of a draft, in the order in which they are written. */
export async function arrange(draft: Draft): Promise<Group[]> {
  const { objects, storage } = draft;
  const placed = new Set<string>();
  const place = (key: string): BundledFile[] => {
    const object = objects.get(key);
    if (object === undefined || placed.has(key)) return [];
    placed.add(key);
    return [{ path: key, size: object.size, sha256: object.sha256 }];
  };
  const withBlobs = async (key: string): Promise<BundledFile[]> => {
    const bytes = await fetchDocument(storage, key, { what: 'the manifest' });
    const { records } = parseManifest(bytes ?? Buffer.alloc(0), key);
    return [...records.flatMap((record) => place(blobKey(record.sha256))), ...place(key)];
  };
  const keys = [...objects.keys()].sort();
  const isSpec = (key: string) => key.startsWith(SPEC_MANIFESTS);
  const others = keys.filter((key) => key.startsWith('v3/') && !isSpec(key));
  const first: BundledFile[] = [];
  for (const key of others) first.push(...(key.startsWith(MANIFESTS) ? await withBlobs(key) : place(key)));
  const groups: Group[] = [{ name: 'the public keys', files: first }];
  for (const key of keys.filter(isSpec)) {
    const name = key.slice(key.lastIndexOf('/') + 1).replace(/\.spec\.manifest\.json$/, '');
    groups.push({ name, files: await withBlobs(key) });
  }
  return groups;
}

/** Keeps the contents of a volume a text that can be read at once. */
const MOST_FILES = 500_000;

/**
 * Splits into volumes that are no larger than `volumeSize`, each with whole groups.
 * @throws BuildcacheError `usage` where one group does not fit into a volume, naming the size that would do
 */
export function splitVolumes(
  groups: readonly Group[],
  externals: readonly External[],
  volumeSize: number | undefined,
): PlannedVolume[] {
  // The length of the documents depends on the number of volumes, and that number on the length of the documents.
  for (let reserved = 0; ; ) {
    const split = splitAt(groups, (volumeSize ?? Number.POSITIVE_INFINITY) - reserved, reserved);
    const volumes = openVolumes(split, externals);
    const longest = volumes.reduce((most, { size }) => Math.max(most, size), 0);
    if (volumeSize === undefined || longest <= volumeSize) return volumes;
    reserved += longest - volumeSize;
  }
}

/** @param most bytes for what is behind `bundle.json`, and for that document's own share */
function splitAt(groups: readonly Group[], most: number, reserved: number): BundledFile[][] {
  const volumes: BundledFile[][] = [];
  let files: BundledFile[] = [];
  let size = 0;
  for (const group of groups) {
    const length = group.files.reduce((sum, file) => sum + lengthOf(file), 0);
    if (length + START > most) throw doesNotFit(group, length + START + Math.max(reserved, ROOM));
    if (files.length > 0 && (size + length > most || files.length + group.files.length > MOST_FILES)) {
      volumes.push(files);
      files = [];
      size = 0;
    }
    if (files.length === 0) size = START;
    for (const file of group.files) files.push(file);
    size += length;
  }
  volumes.push(files);
  return volumes;
}

/** The bytes that a file takes in the volume, and in the volume's contents. */
function lengthOf(file: BundledFile): number {
  return memberLength(file.path, file.size) + JSON.stringify(file).length + 2;
}

/** Bytes for both documents' headers, their padding, and the end of the archive. */
const START = 6 * 1024;
/** Bytes for `bundle.json`, while its length is not known yet. */
const ROOM = 64 * 1024;

function openVolumes(
  split: readonly (readonly BundledFile[])[],
  externals: readonly External[],
): PlannedVolume[] {
  const contents = split.map(formatContents);
  const summaries = split.map((files, i) => ({
    specs: countSpecs(files),
    files: files.length,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    sha256: sha256(contents[i] ?? Buffer.alloc(0)),
  }));
  const manifest = formatBundle({ volumes: summaries, externals });
  return split.map((files, i) => {
    const head = volumeHead(manifest, contents[i] ?? Buffer.alloc(0));
    const size = files.reduce((sum, file) => sum + memberLength(file.path, file.size), head.length);
    return { head, files, specs: summaries[i]?.specs ?? 0, size: size + ARCHIVE_END.length };
  });
}

/** The documents that a volume begins with. */
export function volumeHead(manifest: Buffer, contents: Buffer): Buffer {
  const member = (name: string, bytes: Buffer) => [
    memberHead(name, bytes.length),
    bytes,
    Buffer.alloc(paddingOf(bytes.length)),
  ];
  return Buffer.concat([...member(BUNDLE_JSON, manifest), ...member(VOLUME_JSON, contents)]);
}

function doesNotFit({ name }: Group, needed: number): BuildcacheError {
  const megabytes = Math.ceil(needed / 1024 ** 2);
  return new BuildcacheError('usage', `a volume of this size cannot hold ${name}`, {
    expected: `a --volume-size of ${megabytes}M or more`,
    hint: 'an entry is never split: take larger volumes',
  });
}
