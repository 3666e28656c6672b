/** Reading layout 3: `v3/manifests/…` name content-addressed blobs under `blobs/sha256/…`. */
import { whySpackCannotRead } from '../../core/clearsigned.ts';
import { isSha256 } from '../../core/digest.ts';
import { isObject } from '../../core/json.ts';
import { parseAnswer } from '../../core/json-size.ts';
import { politeFilename } from '../../spec/format.ts';
import type { SpecNode } from '../../spec/node.ts';
import { MAX_SPEC_FILE, readSpecFile } from '../../spec/spec-file.ts';
import { canList, type ObjectInfo, type StorageLister, type StorageReader } from '../../storage/storage.ts';
import {
  type Descriptor,
  type EntryNaming,
  type EntryReader,
  type IndexLocation,
  type ListedEntry,
  readerId,
  type SignedParts,
} from '../entries.ts';
import {
  documentUrl,
  fetchDocument,
  fetchNamed,
  incomplete,
  incompleteIndex,
  linkToNowhere,
} from '../fetch-document.ts';
import {
  type BlobRecord,
  findRecord,
  isManifestInPart,
  lacksRecord,
  type Manifest,
  newestIndex,
  parseIndexManifest,
  parseManifest,
} from './manifest.ts';

export const LAYOUT_JSON = 'v3/layout.json';
export const MANIFESTS = 'v3/manifests/';
export const SPEC_MANIFESTS = `${MANIFESTS}spec/`;
export const INDEX_MANIFESTS = `${MANIFESTS}index/`;
const BLOBS = 'blobs/sha256/';

/** The name of a spec's entry, a "polite" file name in Spack's words: a git version may have a slash. */
export function entryName(spec: Pick<SpecNode, 'name' | 'version' | 'hash'>): string {
  return politeFilename(`${spec.name}-${spec.version}-${spec.hash}`);
}

/** Where a spec's manifest lies. The folder keeps the raw name. */
export function specManifestKey(spec: Pick<SpecNode, 'name' | 'version' | 'hash'>): string {
  return `${SPEC_MANIFESTS}${spec.name}/${entryName(spec)}.spec.manifest.json`;
}

/** @param view the name of an index of its own, or undefined for the main one */
export function indexManifestKey(view: string | undefined): string {
  return `${INDEX_MANIFESTS}${view === undefined ? '' : `${view}/`}index.manifest.json`;
}

export function blobKey(sha256: string): string {
  return `${BLOBS}${sha256.slice(0, 2)}/${sha256}`;
}

/** The digest in a blob's key; undefined for a key that is no blob's. */
export function blobDigest(key: string): string | undefined {
  const digest = key.slice(-64);
  return isSha256(digest) && key === blobKey(digest) ? digest : undefined;
}

/**
 * The blobs of a spec manifest.
 * @throws `bad-input` when it lacks one, `unsupported` when a newer program may find it
 */
export function manifestBlobs(manifest: Manifest, url: string): { tarball: Descriptor; spec: Descriptor } {
  return { tarball: required(manifest, 'tarball', url), spec: required(manifest, 'spec', url) };
}

/**
 * What a verified signed text says of its entry.
 * @throws as {@link manifestBlobs}
 */
export function signedParts(text: string, url: string): SignedParts {
  const manifest = parseManifest(Buffer.from(text), url);
  return { ...manifestBlobs(manifest, url), statement: manifest.statement };
}

export const LAYOUT3_NAMING: EntryNaming = {
  keyOf: specManifestKey,
  keyOfName: specManifestKey,
  nameIn(key, hash) {
    const [, name, file] = /^v3\/manifests\/spec\/([^/]+)\/([^/]+)\.spec\.manifest\.json$/.exec(key) ?? [];
    if (name === undefined || file === undefined) return undefined;
    const version = file.slice(name.length + 1, -(hash.length + 1));
    return file === `${name}-${version}-${hash}` && version !== '' ? { name, version, hash } : undefined;
  },
  separator: '/',
  url: /^(?=[a-z][a-z0-9+.-]*:\/\/)(.*[^/])\/+(v3\/manifests\/spec\/\w[\w-]*\/[^/]+-([a-z2-7]{32})\.spec\.manifest\.json)$/i,
};

export function openLayout3(storage: StorageReader, view: string | undefined): EntryReader {
  const readAt = async (key: string, signal?: AbortSignal) => {
    const bytes = await fetchDocument(storage, key, { what: 'the spec manifest', signal });
    if (bytes === undefined) return undefined;
    const url = documentUrl(storage, key);
    const manifest = parseManifest(bytes, url);
    return { bytes, signed: manifest.signed, url, ...manifestBlobs(manifest, url) };
  };

  const readIndexManifest = async (signal?: AbortSignal) => {
    const key = indexManifestKey(view);
    const bytes = await fetchDocument(storage, key, { what: 'the index manifest', signal });
    return bytes && parseIndexManifest(bytes, documentUrl(storage, key));
  };

  const readEntry = (spec: SpecNode, signal?: AbortSignal) => readAt(specManifestKey(spec), signal);

  return {
    id: readerId(storage, 'v3', view),
    layout: 'v3',
    naming: LAYOUT3_NAMING,
    storage,

    async findIndex(signal) {
      const manifest = await readIndexManifest(signal);
      if (manifest === undefined) return undefined;
      const record = newestIndex(manifest);
      if (record !== undefined) return locationOf(record);
      throw (
        manifest.problem ??
        incompleteIndex(documentUrl(storage, indexManifestKey(view)), 'a record for the index')
      );
    },

    async findOlderIndices(signal) {
      const manifest = await readIndexManifest(signal);
      const newest = manifest && newestIndex(manifest);
      const records = [...(manifest?.indices.values() ?? [])];
      return records.filter((record) => record !== newest).map(locationOf);
    },

    async isMarked(signal) {
      const bytes = await fetchDocument(storage, LAYOUT_JSON, { what: 'the layout', signal });
      return bytes !== undefined && isLayout(bytes);
    },

    // A manifest is hardly longer than the headers of an answer. Reading it tells a real one from an error page.
    async has(spec, signal) {
      return (await readEntry(spec, signal)) !== undefined;
    },

    read: readEntry,
    isPlaceOf: (key, spec) => key === specManifestKey(spec),
    list: canList(storage) ? (signal) => listManifests(storage, signal) : undefined,
    listBlobs: canList(storage) ? (signal) => listBlobs(storage, signal) : undefined,
    couldBe: ({ key }, name) => key.startsWith(`${SPEC_MANIFESTS}${name}/`),
    readAt,

    async readSpec({ spec, url }, signal) {
      if (spec?.sha256 === undefined) throw incomplete(url, 'a record for the spec');
      const how = { what: 'the spec file', maxBytes: MAX_SPEC_FILE, signal };
      const bytes = await fetchNamed(storage, { ...spec, sha256: spec.sha256 }, how);
      if (bytes === undefined) throw incomplete(url, `the blob it names, ${spec.key}`);
      return readSpecFile(bytes, url);
    },

    signedParts: (text, { url }) => signedParts(text, url),
    whySpackCannotRead: ({ bytes, signed }) =>
      signed ? whySpackCannotRead(bytes.toString('utf8')) : undefined,
    isInPart: isManifestInPart,
  };
}

/** Some servers answer with a page, or with nothing, for whatever they are asked. */
function isLayout(bytes: Buffer): boolean {
  try {
    const value = parseAnswer(bytes, LAYOUT_JSON);
    return isObject(value) && typeof value['signing'] === 'string';
  } catch {
    return false;
  }
}

async function* listManifests(storage: StorageLister, signal?: AbortSignal): AsyncGenerator<ListedEntry> {
  const hidden: string[] = [];
  const onHidden = (key: string) => void hidden.push(key);
  for await (const { key, modified } of storage.list(SPEC_MANIFESTS, { signal, onHidden })) {
    const hash = hashIn(key);
    if (hash !== undefined) yield { key, hash, modified };
  }
  for (const key of hidden) {
    const hash = hashIn(key);
    // A manifest that is there and cannot be read, as on a server that lists more than it has.
    if (hash !== undefined) yield { key, hash, modified: undefined };
    // A package's folder, or one above it.
    else if (!key.slice(SPEC_MANIFESTS.length).includes('/')) throw linkToNowhere(storage, key);
  }
}

function hashIn(key: string): string | undefined {
  return /\/[^/]+\/[^/]+-([a-z2-7]{32})\.spec\.manifest\.json$/.exec(key)?.[1];
}

async function* listBlobs(storage: StorageLister, signal?: AbortSignal): AsyncGenerator<ObjectInfo> {
  for await (const info of storage.list(BLOBS, { signal })) {
    if (blobDigest(info.key) !== undefined) yield info;
  }
}

function required(manifest: Manifest, kind: 'tarball' | 'spec', url: string): Descriptor {
  const record = findRecord(manifest, kind);
  return record === undefined ? lacksRecord(manifest, kind, url) : blobDescriptor(record);
}

function locationOf(record: BlobRecord): IndexLocation {
  return { ...blobDescriptor(record), compression: record.compression };
}

/** Where a blob that a manifest names lies. */
export function blobDescriptor(record: BlobRecord): Descriptor {
  return { key: blobKey(record.sha256), sha256: record.sha256, size: record.size };
}
