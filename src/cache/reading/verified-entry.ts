/**
 * An entry that may be installed: signed by somebody who is trusted, and bound to the spec that was asked for. A good
 * signature alone does not bind it: a signed entry of another spec can be copied to this one's place.
 */
import { errorCode } from '../../core/errors.ts';
import {
  type AskedSpec,
  checkAskedSpecFile,
  readAskedSpecFile,
  type SpecFileCheck,
} from '../../spec/asked-spec-file.ts';
import type { SpecNode } from '../../spec/node.ts';
import { MAX_SPEC_FILE, type SpecFile, specFileText } from '../../spec/spec-file.ts';
import { specFileRoots } from '../../spec/spec-file-roots.ts';
import type { Entry, EntryReader } from '../entries.ts';
import { documentUrl, fetchNamed, incomplete } from '../fetch-document.ts';
import type { Trust, Verified } from '../trust/trust.ts';

export interface VerifiedEntry {
  /** Its descriptors are what was signed, not what stood around it. */
  readonly entry: Entry;
  /** The spec file; its root is the spec that was asked for. */
  readonly document: SpecFile;
  /** The spec file's JSON. */
  readonly documentText: string;
  /** Primary fingerprint; undefined where signatures were not asked for. */
  readonly signedBy: string | undefined;
  /** What that key has signed, word for word; undefined with {@link signedBy}. */
  readonly signedText: string | undefined;
}

/**
 * @param trust undefined: the mirror is unsigned, or signatures are not to be looked at
 * @returns undefined when there is no entry
 * @throws BuildcacheError `untrusted` for a signature that does not count and for a signed entry of another spec;
 *   `corrupt`, `bad-input`, `unsupported`, `too-large` for one that is not what it should be; else as storage does
 */
export async function readVerifiedEntry(
  reader: EntryReader,
  spec: SpecNode,
  trust: Trust | undefined,
  signal?: AbortSignal,
): Promise<VerifiedEntry | undefined> {
  const stored = await reader.read(spec, signal);
  return stored && (await verifyEntry(reader, stored, spec, trust, signal));
}

/** An entry whose signature was verified, and whose spec file is still where it is stored. */
export type SignedEntry = Pick<VerifiedEntry, 'entry' | 'signedBy' | 'signedText'>;

/** The same with its spec file, which nobody has looked into. */
export interface SignedSpec extends SignedEntry {
  /** As stored or, where the document itself is the spec file, as it was signed. */
  readonly specFile: Buffer;
}

/**
 * The first step of {@link readVerifiedEntry}, for who does more than one thing at a time.
 * @throws as {@link readVerifiedEntry}
 */
export async function readSignedEntry(
  reader: EntryReader,
  spec: SpecNode,
  trust: Trust | undefined,
  signal?: AbortSignal,
): Promise<SignedEntry | undefined> {
  const stored = await reader.read(spec, signal);
  return stored && (await verifySignature(reader, stored, trust));
}

/**
 * The second step. The third is {@link checkSpecFile}. Who looks into the spec file elsewhere asks `readAskedSpecFile`
 * there, and then `EntryReader.requireTarball`, where there is that.
 * @throws as {@link readVerifiedEntry}
 */
export async function withSpecFile(
  reader: EntryReader,
  signed: SignedEntry,
  signal?: AbortSignal,
): Promise<SignedSpec> {
  const { entry, signedText } = signed;
  if (entry.spec !== undefined)
    return { ...signed, specFile: await fetchSpecFile(reader, entry, entry.spec, signal) };
  return { ...signed, specFile: signedText === undefined ? entry.bytes : Buffer.from(signedText) };
}

/** The third step. */
export function checkSpecFile(reader: EntryReader, signed: SignedSpec, asked: AskedSpec): VerifiedEntry {
  const { entry, signedBy, signedText } = signed;
  const documentText = textOf(reader, signed);
  const document = readAskedSpecFile(checkOf(signed, Buffer.from(documentText), asked));
  reader.requireTarball?.(document, entry);
  return { entry, document, documentText, signedBy, signedText };
}

/** The same for those who check many and want no more of them. */
export function requireSpecFile(reader: EntryReader, signed: SignedSpec, asked: AskedSpec): void {
  const { specFile } = signed;
  // What is packed can be damaged, and then it is the blob that is named.
  const bytes = specFile[0] === GZIP ? Buffer.from(textOf(reader, signed)) : specFile;
  const root = checkAskedSpecFile(checkOf(signed, bytes, asked), ROOTS);
  reader.requireTarball?.(root, signed.entry);
}

/** The first byte of what gzip makes. */
const GZIP = 0x1f;

/** The spec files of an environment have most of their nodes in common. */
const ROOTS = specFileRoots();

function textOf({ storage }: EntryReader, { entry, specFile }: SignedSpec): string {
  const key = entry.spec?.key;
  return specFileText(specFile, key === undefined ? entry.url : documentUrl(storage, key));
}

function checkOf({ entry, signedBy }: SignedSpec, bytes: Buffer, asked: AskedSpec): SpecFileCheck {
  return { bytes, url: entry.url, asked, signed: signedBy !== undefined };
}

/** The same for an entry that was read already. */
export async function verifyEntry(
  reader: EntryReader,
  stored: Entry,
  asked: AskedSpec,
  trust: Trust | undefined,
  signal?: AbortSignal,
): Promise<VerifiedEntry> {
  const signed = await verifySignature(reader, stored, trust);
  return checkSpecFile(reader, await withSpecFile(reader, signed, signal), asked);
}

async function verifySignature(
  reader: EntryReader,
  stored: Entry,
  trust: Trust | undefined,
): Promise<SignedEntry> {
  const signed = trust && (await verifyAny(trust, stored));
  const entry = signed === undefined ? stored : { ...stored, ...reader.signedParts(signed.text, stored) };
  return { entry, signedBy: signed?.fingerprint, signedText: signed?.text };
}

/** Of several signatures the first that counts. @throws BuildcacheError `untrusted`, as the first says it */
async function verifyAny(trust: Trust, { bytes, otherTexts = [], url }: Entry): Promise<Verified> {
  let refusal: unknown;
  for (const text of [bytes, ...otherTexts]) {
    try {
      return await trust.verify(text.toString('utf8'), url);
    } catch (error) {
      if (errorCode(error) !== 'untrusted') throw error;
      refusal ??= error;
    }
  }
  throw refusal;
}

async function fetchSpecFile(
  reader: EntryReader,
  entry: Entry,
  spec: NonNullable<Entry['spec']>,
  signal: AbortSignal | undefined,
): Promise<Buffer> {
  const how = { what: 'the spec file', maxBytes: MAX_SPEC_FILE, signal };
  const { key, sha256 } = spec;
  const bytes = sha256 === undefined ? undefined : await fetchNamed(reader.storage, { ...spec, sha256 }, how);
  if (bytes === undefined) throw incomplete(entry.url, `the blob it names, ${key}`);
  return bytes;
}
