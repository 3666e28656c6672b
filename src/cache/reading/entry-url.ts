/** URLs of entries' documents, by which copy-lists name them: a mirror, and where in it. */
import { redactUrl } from '../../core/redact.ts';
import { withoutEnd } from '../../core/without-end.ts';
import type { SpecNode } from '../../spec/node.ts';
import type { EntryName, EntryNaming, Layout } from '../entries.ts';
import { LAYOUT2_NAMING } from '../layouts/layout2.ts';
import { LAYOUT3_NAMING } from '../layouts/layout3.ts';
import { OCI_NAMING } from '../oci/tags.ts';

/** Where an entry is, or belongs. */
export interface EntryPlace {
  /** The mirror's URL, without a slash at its end. */
  readonly mirror: string;
  readonly layout: Layout;
  /** Storage key of its document; of an image, its tag. */
  readonly key: string;
  /** The DAG hash in its name. */
  readonly hash: string;
}

/**
 * Where a mirror keeps a spec.
 * @param url the mirror's; credentials and query values are left out
 * @param nodes where layout 2 finds the compiler
 * @param signed in layout 2 signed documents have another name
 */
export function entryPlace(
  url: string,
  layout: Layout,
  spec: SpecNode,
  nodes: ReadonlyMap<string, SpecNode>,
  signed: boolean,
): EntryPlace {
  return {
    mirror: mirrorBase(url),
    layout,
    key: NAMINGS[layout].keyOf(spec, nodes, signed),
    hash: spec.hash,
  };
}

export function entryUrl({ mirror, layout, key }: Omit<EntryPlace, 'hash'>): string {
  return `${mirror}${NAMINGS[layout].separator}${key}`;
}

/** @returns undefined for what is no entry's URL. Attacker-controlled: where it leads has not been checked. */
export function parseEntryUrl(url: string): EntryPlace | undefined {
  for (const layout of LAYOUTS) {
    const [, mirror, key, hash] = NAMINGS[layout].url.exec(url) ?? [];
    if (mirror === undefined || key === undefined || hash === undefined) continue;
    return { mirror: mirrorBase(mirror), layout, key, hash };
  }
  return undefined;
}

/**
 * The part of a mirror's URL that says where it is: no credentials, no slash at its end; for a registry, in lower
 * case.
 */
export function mirrorBase(url: string): string {
  const base = withoutEnd(redactUrl(url), '/');
  return /^oci(?:\+http)?:/i.test(base) ? base.toLowerCase() : base;
}

/** The name of the spec in a document's key, if the key has enough of it for its place in any layout but the second. */
export function nameInPlace({ layout, key, hash }: Omit<EntryPlace, 'mirror'>): EntryName | undefined {
  return NAMINGS[layout].nameIn?.(key, hash);
}

const NAMINGS: Readonly<Record<Layout, EntryNaming>> = {
  v3: LAYOUT3_NAMING,
  v2: LAYOUT2_NAMING,
  oci: OCI_NAMING,
};
const LAYOUTS = Object.keys(NAMINGS) as readonly Layout[];
