/**
 * An entry that may be installed: signed by somebody who is trusted, and bound to the spec that was asked for. A good
 * signature alone does not bind it: a signed entry of another spec can be copied to this one's place.
 */
import { BuildcacheError, errorCode } from '../../core/errors.ts';
import type { SpecNode } from '../../spec/node.ts';
import { MAX_SPEC_FILE, readSpecFile, type SpecFile, specFileText } from '../../spec/spec-file.ts';
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

/** What was asked for: only the hash, where no more is known. */
export type AskedSpec = Pick<SpecNode, 'hash'> & Partial<Pick<SpecNode, 'name' | 'version'>>;

/** The same for an entry that was read already. */
export async function verifyEntry(
  reader: EntryReader,
  stored: Entry,
  asked: AskedSpec,
  trust: Trust | undefined,
  signal?: AbortSignal,
): Promise<VerifiedEntry> {
  const signed = trust && (await verifyAny(trust, stored));
  const entry = signed === undefined ? stored : { ...stored, ...reader.signedParts(signed.text, stored) };
  const documentText =
    entry.spec === undefined
      ? (signed?.text ?? specFileText(entry.bytes, entry.url))
      : await fetchSpecFile(reader, entry, entry.spec, signal);
  const document = readSpecFile(Buffer.from(documentText), entry.url);
  reader.requireTarball?.(document, entry);
  if (document.root.hash !== asked.hash)
    throw ofAnotherSpec(entry, asked, document.root, signed !== undefined);
  return { entry, document, documentText, signedBy: signed?.fingerprint, signedText: signed?.text };
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
): Promise<string> {
  const how = { what: 'the spec file', maxBytes: MAX_SPEC_FILE, signal };
  const { key, sha256 } = spec;
  const bytes = sha256 === undefined ? undefined : await fetchNamed(reader.storage, { ...spec, sha256 }, how);
  if (bytes === undefined) throw incomplete(entry.url, `the blob it names, ${key}`);
  return specFileText(bytes, documentUrl(reader.storage, key));
}

function ofAnotherSpec(entry: Entry, asked: AskedSpec, found: SpecNode, signed: boolean): BuildcacheError {
  const name = ({ name = '', version, hash }: AskedSpec) =>
    version === undefined ? `/${hash}` : `${name}@${version} /${hash}`;
  return new BuildcacheError(
    signed ? 'untrusted' : 'corrupt',
    signed ? 'this is a signed entry of another spec' : 'this is the entry of another spec',
    {
      url: entry.url,
      expected: name(asked),
      found: name(found),
      hint: 'somebody has put it in the wrong place: find out who, and push the spec again: `buildcache push --force MIRROR SPEC`',
    },
  );
}
