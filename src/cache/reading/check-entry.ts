/** What is wrong with one entry of a mirror, as far as one looks. */
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { clearsignedText } from '../../core/clearsigned.ts';
import { MAX_BLOB, verifying } from '../../core/digest.ts';
import { BuildcacheError, describeError, errorCode } from '../../core/errors.ts';
import type { SpecNode } from '../../spec/node.ts';
import { askedAgain } from '../../storage/asked-again.ts';
import type { Descriptor, Entry, EntryReader, ListedEntry } from '../entries.ts';
import { documentUrl } from '../fetch-document.ts';
import { readProvenance, requireSubject } from '../trust/provenance.ts';
import type { Trust } from '../trust/trust.ts';
import { verifyEntry } from './verified-entry.ts';

const PROBLEM_KINDS = [
  /** The document is no manifest or spec file, lacks something, or cannot be read by Spack. */
  'malformed',
  /**
   * We cannot read it: too large, of an unknown kind, or an error page of something on the way. Others may be able
   * to.
   */
  'unreadable',
  /** It is a whole entry, but of another spec than its name says. */
  'misfiled',
  /** It has no signature, on a mirror that is signed. */
  'unsigned',
  /** It is signed, but by nobody who is trusted, or not for this spec. */
  'untrusted',
  /** What it says of where it was built is about another build, or incomplete. */
  'provenance',
  'blob-missing',
  /** Of another length than the entry says. */
  'blob-size',
  /** Of another content. */
  'blob-corrupt',
] as const;

export type ProblemKind = (typeof PROBLEM_KINDS)[number];

export interface EntryProblem {
  readonly kind: ProblemKind;
  readonly entry: ListedEntry;
  /** One line for a person. */
  readonly text: string;
  /** Which blob it is about. */
  readonly blob?: Descriptor | undefined;
  /** Whose entry it is, where it is misfiled. */
  readonly belongsTo?: SpecNode | undefined;
}

export interface CheckEntryOptions {
  /**
   * How to look at the tarball: not at all, whether it is there, or at its content. The spec file is read in any
   * case.
   */
  readonly tarball: 'no' | 'exists' | 'content';
  /** Whether entries are to be signed. */
  readonly signed: boolean;
  /** Whose signatures count; undefined: signatures are not verified. */
  readonly trust: Trust | undefined;
  /** Sizes of all blobs by key, where they could be listed; the mirror is asked for each otherwise. */
  readonly sizes: ReadonlyMap<string, number | undefined> | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface CheckedEntry {
  /** Undefined: it is gone, or malformed. */
  readonly entry: Entry | undefined;
  readonly problems: readonly EntryProblem[];
  /** Whether it says where it was built. */
  readonly hasProvenance: boolean;
}

/** @throws BuildcacheError when it could not be told: `denied`, `unreachable`, … */
export async function checkEntry(
  reader: EntryReader,
  listed: ListedEntry,
  options: CheckEntryOptions,
): Promise<CheckedEntry> {
  const problems: EntryProblem[] = [];
  const add: Add = (kind, text, blob, belongsTo) =>
    void problems.push({ kind, entry: listed, text, blob, belongsTo });
  const { signal } = options;
  const read = await blaming(() =>
    askedAgain(reader.storage, () => reader.readAt(listed.key, signal), signal),
  );
  if ('error' in read) {
    add(isIllegible(read.error) ? 'unreadable' : 'malformed', describeError(read.error));
    return { entry: undefined, problems, hasProvenance: false };
  }
  const entry = read.value;
  if (entry === undefined) return { entry: undefined, problems, hasProvenance: false };
  if (options.signed && !entry.signed) add('unsigned', `${entry.url}: it is not signed`);
  const unreadable = reader.whySpackCannotRead(entry);
  if (unreadable !== undefined) add('malformed', `${entry.url}: Spack cannot read it: ${unreadable}`);
  for (const [what, blob] of [
    ['spec file', entry.spec],
    ['tarball', options.tarball === 'no' ? undefined : entry.tarball],
  ] as const) {
    if (blob !== undefined) await checkPresence(reader, what, blob, options, add);
  }
  const isBroken = (blob: Descriptor | undefined) =>
    blob !== undefined && problems.some((problem) => problem.blob === blob);
  if (!isBroken(entry.spec)) await checkSpec(reader, listed, entry, options, add);
  if (options.tarball === 'content' && !isBroken(entry.tarball)) {
    const found = await blaming(() => verifyBlob(reader, entry.tarball, options.signal));
    if ('error' in found) {
      const kind = isIllegible(found.error) ? 'unreadable' : 'blob-corrupt';
      add(kind, describeError(found.error), entry.tarball);
    }
  }
  const provenance = await blaming(() => provenanceOf(reader, entry, listed));
  if ('error' in provenance && errorCode(provenance.error) !== 'unsupported')
    add('provenance', describeError(provenance.error));
  return { entry, problems, hasProvenance: 'error' in provenance || provenance.value };
}

/**
 * @returns whether it says where it was built
 * @throws BuildcacheError as `readProvenance` and `requireSubject`
 */
async function provenanceOf(reader: EntryReader, entry: Entry, listed: ListedEntry): Promise<boolean> {
  const text = entry.signed ? clearsignedText(entry.bytes.toString('utf8')) : undefined;
  // What else is wrong with the text, others say.
  const parts = text === undefined ? undefined : await blaming(async () => reader.signedParts(text, entry));
  if (parts === undefined || 'error' in parts) return false;
  const { statement, tarball } = parts.value;
  if (statement !== undefined)
    requireSubject(readProvenance(statement, entry.url), listed, tarball.sha256, entry.url);
  return statement !== undefined;
}

type Add = (kind: ProblemKind, text: string, blob?: Descriptor, belongsTo?: SpecNode) => void;

async function checkPresence(
  { storage }: EntryReader,
  what: string,
  blob: Descriptor,
  { sizes, signal }: CheckEntryOptions,
  add: Add,
): Promise<void> {
  const url = documentUrl(storage, blob.key);
  // An entry whose blob is missing may be removed. So the blob is asked for more than once.
  const ask = () => storage.head(blob.key, { signal });
  const info = sizes === undefined ? await askedAgain(storage, ask, signal) : undefined;
  if (sizes === undefined ? info === undefined : !sizes.has(blob.key)) {
    return add('blob-missing', `${url}: the ${what} is not there`, blob);
  }
  const size = sizes === undefined ? info?.size : sizes.get(blob.key);
  if (size !== undefined && blob.size !== undefined && size !== blob.size) {
    add('blob-size', `${url}: the ${what} has ${size} bytes instead of ${blob.size}`, blob);
  }
}

async function checkSpec(
  reader: EntryReader,
  listed: ListedEntry,
  entry: Entry,
  { trust, signed, signal }: CheckEntryOptions,
  add: Add,
): Promise<void> {
  const spec = await blaming(() => reader.readSpec(entry, signal));
  if ('error' in spec) {
    // A spec whose content does not give its hash is corrupt too, even in a blob with the right digest.
    const isCorrupt =
      entry.spec !== undefined &&
      errorCode(spec.error) === 'corrupt' &&
      'error' in (await blaming(() => verifyBlob(reader, entry.spec ?? entry.tarball, signal)));
    const kind = isCorrupt ? 'blob-corrupt' : isIllegible(spec.error) ? 'unreadable' : 'malformed';
    return add(kind, describeError(spec.error), entry.spec);
  }
  const { root, nodes } = spec.value;
  if (root.hash !== listed.hash || !reader.isPlaceOf(listed.key, root, nodes)) {
    const text = `${entry.url}: it is an entry of ${root.name}@${root.version}/${root.hash}`;
    // Where the hash is right and only the name differs, a program that we do not know has named it so.
    return add('misfiled', text, undefined, root.hash === listed.hash ? undefined : root);
  }
  if (trust === undefined || !signed || !entry.signed) return;
  // This very entry: one that is asked for by its spec may be another, or, in layout 2, not be found.
  const verified = await blaming(() => verifyEntry(reader, entry, root, trust, signal));
  if ('error' in verified) add('untrusted', describeError(verified.error));
}

/**
 * Reads a blob to its end.
 * @param blob.proof where more than a report depends on it: with how many bytes the storage says it has
 * @throws BuildcacheError `corrupt` where it is not what is said of it, or gone; with `proof`, `protocol` where another
 *   length came, or what the server calls packed on top, which another client may unpack
 */
export async function verifyBlob(
  { storage }: Pick<EntryReader, 'storage'>,
  {
    key,
    sha256,
    size,
    proof,
  }: Pick<Descriptor, 'key' | 'sha256' | 'size'> & {
    readonly proof?: { readonly stored: number | undefined };
  },
  signal: AbortSignal | undefined,
): Promise<void> {
  const source = documentUrl(storage, key);
  const object = await askedAgain(storage, () => storage.get(key, { signal }), signal);
  if (object === undefined || object === 'not-modified') {
    throw new BuildcacheError('corrupt', 'the tarball was removed meanwhile', { url: source });
  }
  let read = 0;
  const nowhere = new Writable({
    write(chunk: Buffer, _encoding, done) {
      read += chunk.length;
      done(read > MAX_BLOB ? new BuildcacheError('too-large', 'it does not end', { url: source }) : null);
    },
  });
  try {
    if (sha256 === undefined) await pipeline(object.body, nowhere);
    else await pipeline(object.body, verifying({ sha256, size, source }), nowhere);
  } catch (error) {
    if (errorCode(error) !== 'corrupt' || proof === undefined) throw error;
    const url = source;
    const { stored = read } = proof;
    if (object.packed !== undefined) {
      const facts = { url, expected: 'no Content-Encoding', found: object.packed.coding };
      throw new BuildcacheError('protocol', 'the server says that it has packed it', facts);
    }
    if (read === stored) throw error;
    const facts = { url, expected: `${stored} bytes`, found: `${read} bytes` };
    throw new BuildcacheError('protocol', 'the server sent another length than it says', facts);
  }
}

/** Whether the blob may still be whole: we, or something on the way, could not tell. */
function isIllegible(error: unknown): boolean {
  return ['unsupported', 'too-large', 'protocol'].includes(errorCode(error));
}

/** Returns the error that the entry is to blame for. An error on the way to it is thrown. */
async function blaming<T>(
  look: () => Promise<T>,
): Promise<{ readonly value: T } | { readonly error: unknown }> {
  try {
    return { value: await look() };
  } catch (error) {
    const blame = ['bad-input', 'corrupt', 'unsupported', 'too-large', 'untrusted', 'protocol'];
    if (blame.includes(errorCode(error))) return { error };
    throw error;
  }
}
