/**
 * An entry that may be installed: signed by somebody who is trusted, and bound to the spec that was asked for. A good
 * signature alone does not bind it: a signed entry of another spec can be copied to this one's place.
 */
import { errorCode } from '../../core/errors.ts';
import { type AskedSpec, readAskedSpecFile } from '../../spec/asked-spec-file.ts';
import type { SpecNode } from '../../spec/node.ts';
import { MAX_SPEC_FILE, type SpecFile, specFileText } from '../../spec/spec-file.ts';
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

/** An entry whose signature was verified, and whose spec file nobody has looked into. */
export interface SignedEntry extends Pick<VerifiedEntry, 'entry' | 'signedBy' | 'signedText'> {
  /** As stored or, where the document itself is the spec file, as it was signed. */
  readonly specFile: Buffer;
}

/**
 * The first half of {@link readVerifiedEntry}, for who looks into the spec file elsewhere: `readAskedSpecFile` does, and
 * then `EntryReader.requireTarball`, where there is that.
 * @throws as {@link readVerifiedEntry}
 */
export async function readSignedEntry(
  reader: EntryReader,
  spec: SpecNode,
  trust: Trust | undefined,
  signal?: AbortSignal,
): Promise<SignedEntry | undefined> {
  const stored = await reader.read(spec, signal);
  return stored && (await verifySignature(reader, stored, trust, signal));
}

/** The second half. */
export function checkSpecFile(
  reader: EntryReader,
  { entry, specFile, signedBy, signedText }: SignedEntry,
  asked: AskedSpec,
): VerifiedEntry {
  const key = entry.spec?.key;
  const documentText = specFileText(
    specFile,
    key === undefined ? entry.url : documentUrl(reader.storage, key),
  );
  const signed = signedBy !== undefined;
  const document = readAskedSpecFile({ bytes: Buffer.from(documentText), url: entry.url, asked, signed });
  reader.requireTarball?.(document, entry);
  return { entry, document, documentText, signedBy, signedText };
}

/** The same for an entry that was read already. */
export async function verifyEntry(
  reader: EntryReader,
  stored: Entry,
  asked: AskedSpec,
  trust: Trust | undefined,
  signal?: AbortSignal,
): Promise<VerifiedEntry> {
  return checkSpecFile(reader, await verifySignature(reader, stored, trust, signal), asked);
}

async function verifySignature(
  reader: EntryReader,
  stored: Entry,
  trust: Trust | undefined,
  signal: AbortSignal | undefined,
): Promise<SignedEntry> {
  const signed = trust && (await verifyAny(trust, stored));
  const entry = signed === undefined ? stored : { ...stored, ...reader.signedParts(signed.text, stored) };
  const specFile =
    entry.spec === undefined
      ? signed === undefined
        ? entry.bytes
        : Buffer.from(signed.text)
      : await fetchSpecFile(reader, entry, entry.spec, signal);
  return { entry, specFile, signedBy: signed?.fingerprint, signedText: signed?.text };
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
