/**
 * The versions an index comes in: those of the install database, each with its format of specs. A mirror can have one
 * index of each version side by side, so that every Spack finds one it can read.
 */
import { BuildcacheError } from '../core/errors.ts';
import type { EmittedFormat } from '../spec/emit-spec.ts';

/** Those we write, the oldest first. */
export const INDEX_VERSIONS = [8, 9] as const;

export type IndexVersion = (typeof INDEX_VERSIONS)[number];

/**
 * The format in which specs are written. An index of version 9 holds specs of any format, one of version 8 none of
 * format 6.
 */
export const INDEX_FORMAT: Readonly<Record<IndexVersion, EmittedFormat>> = { 8: 5, 9: 6 };

const NEWEST = 9;

/** The version an index says it has; undefined for a version we do not write. */
export function indexVersion(version: string | undefined): IndexVersion | undefined {
  return INDEX_VERSIONS.find((each) => String(each) === version);
}

/**
 * Refuses an index that says it is newer than any we know. We may misread what it lists, and an index of ours in its
 * place may say less.
 * @throws BuildcacheError `unsupported`
 */
export function refuseNewerIndex(version: string | undefined, url: string): void {
  if (!(Number(version) > NEWEST)) return;
  throw new BuildcacheError('unsupported', 'an index that needs a newer program', {
    url,
    expected: `version ${INDEX_VERSIONS.join(' or ')}`,
    found: `version ${version?.slice(0, 40)}`,
    hint: 'update buildcache-action',
  });
}
