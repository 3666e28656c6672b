/** A spec file as evidence that an entry is of the spec that was asked for. */
import { BuildcacheError } from '../core/errors.ts';
import type { SpecNode } from './node.ts';
import { readSpecFile, type SpecFile } from './spec-file.ts';
import type { SpecFileRoot, SpecFileRoots } from './spec-file-roots.ts';

/** What was asked for: only the hash, where no more is known. */
export type AskedSpec = Pick<SpecNode, 'hash'> & Partial<Pick<SpecNode, 'name' | 'version'>>;

/** All that is needed to look into a spec file; it can be sent to a thread. */
export interface SpecFileCheck {
  /** The spec file as stored; its digest has been verified. */
  readonly bytes: Uint8Array;
  /** Of its entry, for messages. */
  readonly url: string;
  readonly asked: AskedSpec;
  /** Whether the entry's signature has been verified. */
  readonly signed: boolean;
}

/** Thrown by those who use the tarball of an entry and find that the entry is not what was asked for. */
export class EntryRefused extends Error {
  readonly why: unknown;
  constructor(why: unknown) {
    super('the entry cannot be used');
    this.why = why;
  }
}

/**
 * @returns the spec file; its root is the spec that was asked for
 * @throws as `readSpecFile`; BuildcacheError `untrusted` for the signed entry of another spec, `corrupt` for an unsigned
 *   one
 */
export function readAskedSpecFile(check: SpecFileCheck): SpecFile {
  const document = readSpecFile(check.bytes, check.url);
  requireAsked(document.root, check);
  return document;
}

/**
 * The same for those who look into many and want to know no more.
 * @throws as {@link readAskedSpecFile}
 */
export function checkAskedSpecFile(check: SpecFileCheck, roots: SpecFileRoots): SpecFileRoot {
  const found = roots.rootOf(check.bytes, check.url);
  requireAsked(found.root, check);
  return found;
}

function requireAsked(root: AskedSpec, { url, asked, signed }: SpecFileCheck): void {
  if (root.hash === asked.hash) return;
  throw new BuildcacheError(
    signed ? 'untrusted' : 'corrupt',
    signed ? 'this is a signed entry of another spec' : 'this is the entry of another spec',
    {
      url,
      expected: nameOf(asked),
      found: nameOf(root),
      hint: 'somebody has put it in the wrong place: find out who, and push the spec again: `buildcache push --force MIRROR SPEC`',
    },
  );
}

function nameOf({ name = '', version, hash }: AskedSpec): string {
  return version === undefined ? `/${hash}` : `${name}@${version} /${hash}`;
}
