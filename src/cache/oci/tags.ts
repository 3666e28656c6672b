/** Tags of a registry that is a build cache: one for each spec, one for the index, and what others put there. */
import type { SpecNode } from '../../spec/node.ts';
import type { EntryNaming } from '../entries.ts';

/** Where Spack keeps the index: what looks like an image and is none. */
export const INDEX_TAG = 'index.spack';

/** The most a tag may have, by the OCI distribution specification. */
const LONGEST = 128;

/** The tag of a spec's image, as Spack makes it; one that would be too long loses its middle. */
export function specTag({ name, version, hash }: Pick<SpecNode, 'name' | 'version' | 'hash'>): string {
  const tag = tagCharacters(`${name}-${version}-${hash}.spack`);
  return tag.length > LONGEST ? tag.slice(0, 64) + tag.slice(-64) : tag;
}

export const OCI_NAMING: EntryNaming = {
  keyOf: specTag,
  keyOfName: specTag,
  separator: ':',
  url: /^(oci(?:\+http)?:\/\/[^:]+(?::\d+\/[^:]+)?):([\w.-]+-([a-z2-7]{32})\.spack)$/i,
};

/** The DAG hash in a tag; undefined when it is no spec's. */
export function hashInTag(tag: string): string | undefined {
  return /-([a-z2-7]{32})\.spack$/.exec(tag)?.[1];
}

/** Whether a tag may be of a spec of that package, whose name may not be all there. */
export function couldBeTagOf(tag: string, packageName: string): boolean {
  return tag.startsWith(tagCharacters(`${packageName}-`).slice(0, 64));
}

/** Whether a tag has a meaning of its own: Spack's, or a list of what refers to a manifest. */
export function isReservedTag(tag: string): boolean {
  return tag.endsWith('.spack') || /^sha256-[0-9a-f]{64}$/.test(tag);
}

function tagCharacters(text: string): string {
  return text.replace(/[^\w.-]/g, '_');
}
