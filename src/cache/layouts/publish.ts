/**
 * Publishing entries in layout 3: blobs first, then the manifest that names them. So the mirror never has a manifest
 * without its blobs, whatever happens in between. Blobs that are there are not sent again.
 */
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { verifyBytes } from '../../core/digest.ts';
import { BuildcacheError, errorCode, fileError } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import type { SpecNode } from '../../spec/node.ts';
import { specFileFormat } from '../../spec/spec-file.ts';
import type { Storage, StorageReader } from '../../storage/storage.ts';
import type { EntryName } from '../entries.ts';
import { documentUrl, fetchDocument } from '../fetch-document.ts';
import type { EntryImage } from '../image-content.ts';
import { textSignedBy } from '../trust/signed-by.ts';
import type { Signer } from '../trust/signing.ts';
import { LAYOUT_JSON, SPEC_MANIFESTS, specManifestKey } from './layout3.ts';
import {
  type BlobRecord,
  findRecord,
  formatManifest,
  lacksRecord,
  type Manifest,
  parseManifest,
  specMediaType,
} from './manifest.ts';
import { type BlobContent, type BlobFile, blobRecord, hasBlob, putBlob, unlessDenied } from './put-blob.ts';

/** Bytes. */
const SMALL = 256 * 1024;

/** What is published of one spec. */
export interface EntryContent {
  /** The gzip-compressed archive on disk. */
  readonly tarball: BlobFile;
  /** The text of the spec's `spec.json`. */
  readonly document: string;
  /** Where entries are images. */
  readonly image?: (() => EntryImage) | undefined;
  /** The in-toto statement about the tarball, for an entry that is signed. Undefined: one that is there stays. */
  readonly statement?: JsonObject | undefined;
  /** Whether there may be an entry that this one replaces. */
  readonly replaces?: boolean | undefined;
}

export interface Published {
  /** Bytes of blobs that had to be sent. */
  readonly sent: number;
  /** Where entries are images: what it is called, and the SHA-256 it is known by. */
  readonly image?: { readonly name: string; readonly sha256: string } | undefined;
}

/**
 * Publishes an entry, or replaces it.
 * @param signer undefined: unsigned
 * @throws BuildcacheError as the storage does: `denied`, `throttled`, `unreachable`, `io`, …; `corrupt` for a tarball that
 *   has changed meanwhile
 */
export async function publishEntry(
  storage: Storage,
  spec: SpecNode,
  content: EntryContent,
  signer: Signer | undefined,
  signal?: AbortSignal,
): Promise<Published> {
  const blobs = await blobsOf(content);
  const reused: Blobs = [];
  let sent = 0;
  for (const [bytes, record] of blobs) {
    if ((await putBlob(storage, bytes, record, signal)) === 'reused') reused.push([bytes, record]);
    else sent += record.size;
  }
  const records = blobs.map(([, record]) => record);
  const statement =
    content.statement ??
    (content.replaces === true && signer !== undefined
      ? await statementThere(storage, spec, records, signer, signal)
      : undefined);
  await putSpecManifest(storage, spec, { records, statement }, signer, signal);
  // Nothing named these blobs until now. A prune may have taken them between our look and our manifest.
  for (const [bytes, record] of reused) {
    if ((await putBlob(storage, bytes, record, signal)) === 'sent') sent += record.size;
  }
  return { sent };
}

/** What is there of an entry that lacks only its manifest. */
export interface SentBlobs {
  /** Bytes that had to be sent, and the compressed tarball's. */
  readonly sent: number;
  readonly size: number;
  readonly sha256: string;
}

/**
 * Sends an entry's blobs and no manifest; the process that has the key names them later.
 * @throws as {@link publishEntry}
 */
export async function sendBlobs(
  storage: Storage,
  content: EntryContent,
  signal?: AbortSignal,
): Promise<SentBlobs> {
  const blobs = await blobsOf(content);
  let sent = 0;
  for (const [bytes, record] of blobs)
    if ((await putBlob(storage, bytes, record, signal)) === 'sent') sent += record.size;
  const { size, sha256 } = content.tarball;
  return { sent, size, sha256 };
}

/** A tarball that was sent, and the in-toto statement about it. */
export type NamedTarball = Pick<SentBlobs, 'size' | 'sha256'> & Pick<EntryContent, 'statement'>;

/**
 * Publishes the manifest of what {@link sendBlobs} has sent.
 * @param document as it was sent. Whoever says what was sent may be anybody who ran beside it: of its blobs only the
 *   tarball is taken from there, and never another spec's document
 * @returns false where a blob is not there, or not any more, so that the entry has to be published anew
 * @throws as {@link publishEntry}
 */
export async function nameBlobs(
  storage: Storage,
  spec: SpecNode,
  document: string,
  { statement, ...tarball }: NamedTarball,
  signer: Signer | undefined,
  signal?: AbortSignal,
): Promise<boolean> {
  const records = [
    blobRecord('tarball', { ...tarball, file: '' }, 'gzip'),
    documentRecord(await specBlob(document), document),
  ];
  const areThere = async () => {
    for (const record of records) if (!(await hasBlob(storage, record, signal))) return false;
    return true;
  };
  if (!(await areThere())) return false;
  await putSpecManifest(storage, spec, { records, statement }, signer, signal);
  return await areThere();
}

type Blobs = Array<readonly [BlobContent, BlobRecord]>;

async function blobsOf({ tarball, document: text }: EntryContent): Promise<Blobs> {
  // Reading a small file once is cheaper than all it takes to copy one.
  const document = await specBlob(text);
  const archive = tarball.size <= SMALL ? await readSmall(tarball) : tarball;
  return [
    [archive, blobRecord('tarball', archive, 'gzip')],
    [document, documentRecord(document, text)],
  ];
}

/** @param text unpacked */
function documentRecord(blob: Buffer, text: string): BlobRecord {
  return blobRecord('spec', blob, 'gzip', specMediaType(specFileFormat(text)));
}

async function putSpecManifest(
  storage: Storage,
  spec: SpecNode,
  { records, statement }: Pick<Manifest, 'records' | 'statement'>,
  signer: Signer | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  // Unsigned, a statement would say nothing.
  const text = formatManifest(records, [], signer && statement);
  const manifest = signer === undefined ? text : await signer.sign(text);
  await storage.put(specManifestKey(spec), Buffer.from(manifest), {
    contentType: 'application/json',
    signal,
  });
}

/**
 * The statement of the entry that is there, if it is about the very same blobs and has a good signature of the key that
 * signs now. That key must not sign what somebody else has written.
 */
async function statementThere(
  storage: Storage,
  spec: EntryName,
  records: readonly BlobRecord[],
  signer: Signer,
  signal: AbortSignal | undefined,
): Promise<JsonObject | undefined> {
  const key = specManifestKey(spec);
  const reading = fetchDocument(storage, key, { what: 'the spec manifest', signal });
  const bytes = await unlessDenied(reading, undefined);
  const text = bytes && (await textSignedBy(signer, bytes, documentUrl(storage, key)));
  if (text === undefined) return undefined;
  return statementAbout(
    text,
    records.map(({ sha256 }) => sha256),
  );
}

/**
 * The statement in a verified manifest.
 * @param digests of blobs; of a manifest that does not name each of them the statement is not returned
 */
export function statementAbout(text: string, digests: readonly string[]): JsonObject | undefined {
  try {
    const { records, statement } = parseManifest(Buffer.from(text), '');
    const isSame = digests.every((digest) => records.some(({ sha256 }) => sha256 === digest));
    return isSame ? statement : undefined;
  } catch (error) {
    if (['bad-input', 'unsupported'].includes(errorCode(error))) return undefined;
    throw error;
  }
}

/** The file may be another mirror's, whose writers can change it after it was verified. What is signed is what was. */
async function readSmall({ file, size, sha256 }: BlobFile): Promise<Buffer> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw fileError(error, file, 'read the tarball');
  });
  verifyBytes(bytes, { sha256, size, source: file });
  return bytes;
}

/**
 * Whether a whole entry is there: a manifest that can be read, and both its blobs. One that is unsigned where it
 * should be signed does not count, so that it is published again.
 * @param onBroken called where only its blobs are not there
 * @throws BuildcacheError `unsupported` for one that only a newer program can read, which is not to be overwritten
 */
export async function hasWholeEntry(
  storage: StorageReader,
  spec: EntryName,
  signed: boolean,
  signal?: AbortSignal,
  onBroken?: () => void,
): Promise<boolean> {
  const key = specManifestKey(spec);
  const reading = fetchDocument(storage, key, { what: 'the spec manifest', signal });
  const bytes = await unlessDenied(reading, undefined);
  if (bytes === undefined) return false;
  try {
    const url = documentUrl(storage, key);
    const manifest = parseManifest(bytes, url);
    const tarball = findRecord(manifest, 'tarball') ?? lacksRecord(manifest, 'tarball', url);
    const document = findRecord(manifest, 'spec') ?? lacksRecord(manifest, 'spec', url);
    if (signed && !manifest.signed) return false;
    if ((await hasBlob(storage, tarball, signal)) && (await hasBlob(storage, document, signal))) return true;
    onBroken?.();
    return false;
  } catch (error) {
    if (errorCode(error) === 'bad-input') return false;
    throw error;
  }
}

/** The bytes of a spec's blob, as Spack compresses them: no time, no name, no operating system. */
export async function specBlob(json: string): Promise<Buffer> {
  const bytes = await promisify(gzip)(json, { level: 6 });
  bytes[8] = 0;
  bytes[9] = 0xff;
  return bytes;
}

/**
 * Makes sure that the mirror is one to write layout 3 to, and marks it as one.
 * @returns whether it had to be marked
 * @throws BuildcacheError `unsupported` when all it holds is layout 2, with the way out
 */
export async function ensureLayout3(
  storage: Storage,
  signal?: AbortSignal,
  dryRun = false,
  migrating = false,
): Promise<boolean> {
  if ((await unlessDenied(storage.head(LAYOUT_JSON, { signal }), undefined)) !== undefined) return false;
  if (!migrating && (await unlessDenied(holdsLayout2Only(storage, signal), false))) {
    throw new BuildcacheError('unsupported', 'the mirror has the old layout 2, which is only read', {
      url: storage.url,
      expected: 'layout 3, or an empty mirror',
      hint: 'convert it with `buildcache migrate` (or `spack buildcache migrate`), or push to another place',
    });
  }
  if (!dryRun) {
    await storage.put(LAYOUT_JSON, Buffer.from('{"signing": "gpg"}'), {
      contentType: 'application/json',
      signal,
    });
  }
  return true;
}

async function holdsLayout2Only(storage: Storage, signal?: AbortSignal): Promise<boolean> {
  return (await holds(storage, 'build_cache/', signal)) && !(await holds(storage, SPEC_MANIFESTS, signal));
}

async function holds(storage: Storage, prefix: string, signal?: AbortSignal): Promise<boolean> {
  for await (const _ of storage.list(prefix, { signal })) return true;
  return false;
}
