/**
 * An entry that may be installed: signed by somebody who is trusted, and bound to the spec that was asked for. A good
 * signature alone says nothing of that: a signed entry of another spec can be copied to this one's place.
 */
import { BuildcacheError } from '../core/errors.ts';
import type { SpecNode } from '../spec/node.ts';
import type { SpecFile } from '../spec/spec-file.ts';
import type { Entry, EntryReader } from './entries.ts';
import type { Trust } from './trust.ts';

export interface VerifiedEntry {
  /** Its descriptors are what was signed, not what stood around it. */
  readonly entry: Entry;
  /** The spec file; its root is the spec that was asked for. */
  readonly document: SpecFile;
  /** The spec file's JSON. */
  readonly documentText: string;
  /** Primary fingerprint; undefined where signatures were not asked for. */
  readonly signedBy: string | undefined;
}

/**
 * @param trust undefined: the mirror is unsigned, or signatures are not to be looked at
 * @returns undefined when there is no entry
 * @throws BuildcacheError `untrusted` for a signature that does not count and for a signed entry of another spec;
 *   `corrupt`, `bad-input`, `unsupported`, `too-large` for one that is not what it should be; else as storage does
 */
export async function readVerifiedEntry(
  _reader: EntryReader,
  _spec: SpecNode,
  _trust: Trust | undefined,
  _signal?: AbortSignal,
): Promise<VerifiedEntry | undefined> {
  throw new BuildcacheError('internal', 'not there yet');
}
