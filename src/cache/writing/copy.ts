/**
 * Copies one entry from one mirror to another: read, verified, and published there, blobs before what names them.
 * What is there already is left alone, so that the next copy finishes one that was stopped.
 *
 * Between mirrors of one layout the entry is taken over unchanged, with its signature. From another layout it is made
 * anew, since the signature there is on something else. An image is made of the tarball and the spec.
 */
import { BuildcacheError, describeError } from '../../core/errors.ts';
import { watching } from '../../core/transfer.ts';
import { specEmitter } from '../../spec/emit-spec.ts';
import type { SpecNode } from '../../spec/node.ts';
import type { SpecFile } from '../../spec/spec-file.ts';
import type { Entry, EntryName, EntryReader } from '../entries.ts';
import { documentUrl } from '../fetch-document.ts';
import type { ImageMaker } from '../image-content.ts';
import { type CopySettings, withBlobFile } from '../layouts/copy-blob.ts';
import type { Taken } from '../layouts/take-entry.ts';
import type { TrustedMirror } from '../reading/obtain.ts';
import { verifyEntry } from '../reading/verified-entry.ts';
import type { Signer } from '../trust/signing.ts';
import type { CacheWriter } from './cache-writer.ts';
import { withoutUnverified } from './without-unverified.ts';

export type CopySource = Pick<TrustedMirror, 'readers' | 'trust'>;

export interface CopyTarget {
  readonly cache: CacheWriter;
  /** Whether to sign an entry that has no signature to keep. */
  readonly signed: boolean;
  /** Sign everything anew. */
  readonly resign: boolean;
  /** @throws BuildcacheError where there is no key that can sign */
  readonly openSigner: () => Promise<Signer>;
}

/** Whether an entry that is there without a signature is to be replaced. */
export function wantsSignature({ signed, resign }: Pick<CopyTarget, 'signed' | 'resign'>): boolean {
  return signed || resign;
}

/** What is to be copied, as far as it is known. */
export interface WantedEntry {
  readonly hash: string;
  /** Where the source has it. Undefined: where the spec belongs. */
  readonly at: { readonly reader: EntryReader; readonly key: string } | undefined;
  /** The spec, or at least its name. */
  readonly name: EntryName | undefined;
  /** The spec, where it and all below it are known: its spec file need not be read then. */
  readonly node: SpecNode | undefined;
  /** Whether it is what was asked for. Set where only an index has said so until now. */
  readonly isMeant?: ((document: SpecFile) => boolean) | undefined;
  /** What the entry says otherwise than the lockfile that names it, for a person; undefined: nothing. */
  readonly difference?: ((document: SpecFile) => string | undefined) | undefined;
}

export interface CopyOptions extends CopySettings {
  /** Where entries are images. */
  readonly makeImage?: ImageMaker | undefined;
  readonly dryRun: boolean;
  /** An entry that the source does not have is no failure. */
  readonly allowMissing?: boolean;
  readonly signal: AbortSignal;
}

export type Copied =
  /** `absent`: the source does not have it, and need not. */
  | { readonly kind: 'present' | 'would-copy' | 'absent' }
  | ({
      readonly kind: 'copied';
      /** Whether the manifest has a signature that came along, a new one, or none. */
      readonly signature: 'kept' | 'new' | 'none';
    } & Taken);

/** What became of an entry, and its spec file where that had to be read. */
export interface CopyResult {
  readonly outcome: Copied;
  readonly name: EntryName;
  readonly document: SpecFile | undefined;
}

/**
 * @throws BuildcacheError `not-found` when the source does not have it; `untrusted` for a signature that does not
 *   count; `corrupt`, `bad-input` for an entry or a blob that is not what it, or the lockfile, says; else as the storages do
 */
export async function copyEntry(
  source: CopySource,
  target: CopyTarget,
  wanted: WantedEntry,
  options: CopyOptions,
): Promise<CopyResult> {
  const { cache } = target;
  const { signal } = options;
  const known: EntryName | undefined = wanted.node ?? wanted.name;
  const isThere = (name: EntryName) => cache.hasWhole(name, wantsSignature(target), signal);
  if (known !== undefined && (await isThere(known))) {
    return { outcome: { kind: 'present' }, name: known, document: undefined };
  }
  const found = await findEntry(source, wanted, signal);
  if (found === undefined) {
    if (options.allowMissing === true && known !== undefined)
      return { outcome: { kind: 'absent' }, name: known, document: undefined };
    throw absent(source, wanted);
  }
  const { reader, entry: stored } = found;
  // What we sign is looked at, whatever an index says it is.
  const isBlind =
    source.trust === undefined &&
    wanted.node !== undefined &&
    wanted.isMeant === undefined &&
    cache.takesFrom(reader) &&
    !target.signed &&
    !target.resign;
  const verified = isBlind
    ? undefined
    : await verifyEntry(reader, stored, { ...known, hash: wanted.hash }, source.trust, signal);
  const document = verified?.document;
  const name: EntryName | undefined = document?.root ?? wanted.node;
  if (name === undefined) throw new BuildcacheError('internal', 'a spec without a name');
  if (document !== undefined) requirePlace(reader, stored, wanted, document.root);
  if (document !== undefined && wanted.isMeant?.(document) === false) throw notMeant(stored, document.root);
  const difference = document && wanted.difference?.(document);
  if (difference !== undefined) throw differing(stored, difference);
  if (known === undefined && (await isThere(name))) return { outcome: { kind: 'present' }, name, document };

  const entry = verified?.entry ?? stored;
  // Where entries are to be signed, a signature that nobody has verified counts for nothing.
  const counts = entry.signed && (verified?.signedBy !== undefined || !target.signed);
  const isKept = cache.takesFrom(reader) && counts && !target.resign;
  if (isKept) requireReadable(reader, entry);
  const needsSigner = wantsSignature(target) && !isKept;
  const signer = needsSigner ? await openSigner(target, counts ? undefined : entry) : undefined;
  if (options.dryRun) return { outcome: { kind: 'would-copy' }, name, document };
  const signature = signer !== undefined ? 'new' : isKept ? 'kept' : 'none';
  // What is signed anew is what was verified, and nothing that stands around it.
  const signedText = signer && verified?.signedText;
  const content =
    signer === undefined
      ? await withoutUnverified(entry, source.trust)
      : toBeSigned(entry, signedText, verified?.signedBy === signer.fingerprint);
  const taken =
    (await cache.take(reader, content, name, signer, options, signal)) ??
    (document && (await publishAnew(reader, content, document, signer, cache, options)));
  if (taken === undefined) throw new BuildcacheError('internal', 'an entry was neither taken over nor read');
  return { outcome: { kind: 'copied', signature, ...taken }, name, document };
}

/**
 * A job says itself where it built an entry. Signed with another key, that would be taken for the word of that key's
 * holder, and a pull request's job could say that it was the release's.
 * @param text that was verified; undefined where nothing was
 * @param isOurs whether the key that signs now has signed that text
 */
function toBeSigned(entry: Entry, text: string | undefined, isOurs: boolean): Entry {
  const bytes = text === undefined ? entry.bytes : Buffer.from(text);
  return { ...entry, bytes, statement: isOurs ? entry.statement : undefined };
}

/** @throws BuildcacheError `not-found` when the source does not have it */
export async function readEntry(
  source: CopySource,
  wanted: WantedEntry,
  signal: AbortSignal,
): Promise<FoundEntry> {
  const found = await findEntry(source, wanted, signal);
  if (found === undefined) throw absent(source, wanted);
  return found;
}

interface FoundEntry {
  readonly reader: EntryReader;
  readonly entry: Entry;
}

async function findEntry(
  { readers }: CopySource,
  { at, node }: WantedEntry,
  signal: AbortSignal,
): Promise<FoundEntry | undefined> {
  if (at !== undefined) {
    const { reader, key } = at;
    const other = reader.otherKey?.(key);
    for (const each of other === undefined ? [key] : [key, other]) {
      const entry = await reader.readAt(each, signal);
      if (entry !== undefined) return { reader, entry };
    }
    return undefined;
  }
  for (const reader of node === undefined ? [] : readers) {
    const entry = node && (await reader.read(node, signal));
    if (entry !== undefined) return { reader, entry };
  }
  return undefined;
}

/** Checks that an entry is of the spec that its name says: it will stand under that name at the other mirror. */
function requirePlace(reader: EntryReader, entry: Entry, { at }: WantedEntry, root: SpecNode): void {
  if (at === undefined || reader.naming.keyOfName === undefined || reader.isPlaceOf(at.key, root)) return;
  throw new BuildcacheError('bad-input', 'the entry is of another spec than its name says', {
    url: entry.url,
    found: `${root.name}@${root.version} /${root.hash}`,
  });
}

/** @throws BuildcacheError `unsupported` for a signed document that Spack could not read at the other mirror either */
function requireReadable(reader: EntryReader, entry: Entry): void {
  const why = reader.whySpackCannotRead(entry);
  if (why === undefined) return;
  throw new BuildcacheError('unsupported', `Spack cannot read it: ${why}`, {
    url: entry.url,
    expected: 'a signed message with one Hash header, one signature and no dash-escapes',
    hint: 'push it again, or sign it anew (--key, in the action: resign)',
  });
}

function notMeant({ url }: Entry, { name, version, hash }: SpecNode): BuildcacheError {
  return new BuildcacheError('corrupt', 'the index says that it is what was asked for, and it is not', {
    url,
    found: `${name}@${version} /${hash}`,
    hint: 'find out who has written the index, then make it anew with update-index',
  });
}

function differing({ url }: Entry, difference: string): BuildcacheError {
  return new BuildcacheError('corrupt', 'the entry says otherwise than the lockfile', {
    url,
    found: difference,
    hint: 'find out who has pushed it, and build it again',
  });
}

/** @param unverified the entry, where it may have a signature that nobody has verified */
async function openSigner(target: CopyTarget, unverified: Entry | undefined): Promise<Signer> {
  try {
    return await target.openSigner();
  } catch (error) {
    if (unverified?.signed !== true) throw error;
    throw new BuildcacheError(
      'untrusted',
      `its signature was not verified, and it cannot be signed anew: ${describeError(error)}`,
      {
        url: unverified.url,
        hint: 'configure the mirror it is copied from as signed, and trust the key that signed it',
      },
      error,
    );
  }
}

/** @param document of the entry, verified */
async function publishAnew(
  reader: EntryReader,
  { tarball, url, statement }: Entry,
  document: SpecFile,
  signer: Signer | undefined,
  cache: CacheWriter,
  { spool, makeImage, watch, signal }: CopyOptions,
): Promise<Taken> {
  const { sha256 } = tarball;
  if (sha256 === undefined) {
    throw new BuildcacheError('bad-input', 'the entry does not say the digest of its tarball', { url });
  }
  const text = specEmitter(document).document(document.root.hash);
  const imageOf = await makeImage?.(document, signer, signal);
  const publish = async (file: string, size: number) => {
    const image = await imageOf?.(file, sha256);
    const { sent } = await watching(watch, `sending ${document.root.name}`, size, (onBytes) => {
      const content = {
        tarball: { file, size, sha256, onBytes },
        document: text,
        image: image && (() => image),
        statement,
      };
      return cache.publish(document.root, content, signer, signal);
    });
    return { between: 0, through: sent };
  };
  return await withBlobFile(reader.storage, { ...tarball, sha256 }, spool, signal, publish, watch);
}

function absent({ readers }: CopySource, { at, hash }: WantedEntry): BuildcacheError {
  const url = at === undefined ? (readers[0]?.storage.url ?? '') : documentUrl(at.reader.storage, at.key);
  return new BuildcacheError('not-found', 'the mirror to copy from does not have it', {
    url,
    expected: `/${hash}`,
  });
}
