/** URLs of entries' documents, by which copy-lists name them: a mirror, and where in it. */
import { BuildcacheError } from '../../core/errors.ts';
import { redactUrl } from '../../core/redact.ts';
import { withoutEnd } from '../../core/without-end.ts';
import type { SpecNode } from '../../spec/node.ts';
import type { EntryName, Layout } from '../entries.ts';
import { layout2Keys } from '../layouts/layout2.ts';
import { specManifestKey } from '../layouts/layout3.ts';
import { specTag } from '../oci/tags.ts';

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
  const key =
    layout === 'v2' ? `${layout2Keys(spec, nodes).spec}${signed ? '.sig' : ''}` : entryKey(layout, spec);
  return { mirror: mirrorBase(url), layout, key, hash: spec.hash };
}

/** The storage key of a spec's document, or its tag. @throws BuildcacheError `unsupported` for layout 2: a name does not do there */
export function entryKey(layout: Layout, name: EntryName): string {
  switch (layout) {
    case 'v3':
      return specManifestKey(name);
    case 'oci':
      return specTag(name);
    case 'v2':
      throw new BuildcacheError('unsupported', 'layout 2 names entries by more than their names');
  }
}

export function entryUrl({ mirror, layout, key }: Omit<EntryPlace, 'hash'>): string {
  return layout === 'oci' ? `${mirror}:${key}` : `${mirror}/${key}`;
}

/** @returns undefined for what is no entry's URL. Attacker-controlled: where it leads has not been looked at. */
export function parseEntryUrl(url: string): EntryPlace | undefined {
  for (const [layout, pattern] of PATTERNS) {
    const [, mirror, key, hash] = pattern.exec(url) ?? [];
    if (mirror === undefined || key === undefined || hash === undefined) continue;
    return { mirror: mirrorBase(mirror), layout, key, hash };
  }
  return undefined;
}

/** What of a mirror's URL says where it is: no credentials, no slash at its end; of a registry, no case. */
export function mirrorBase(url: string): string {
  const base = withoutEnd(redactUrl(url), '/');
  return /^oci(?:\+http)?:/i.test(base) ? base.toLowerCase() : base;
}

/** What a layout-3 manifest's key says of its spec: enough to find its place in any layout but the second. */
export function nameInPlace({ layout, key, hash }: EntryPlace): EntryName | undefined {
  if (layout !== 'v3') return undefined;
  const [, name, file] = /^v3\/manifests\/spec\/([^/]+)\/([^/]+)\.spec\.manifest\.json$/.exec(key) ?? [];
  if (name === undefined || file === undefined) return undefined;
  const version = file.slice(name.length + 1, -(hash.length + 1));
  return file === `${name}-${version}-${hash}` && version !== '' ? { name, version, hash } : undefined;
}

const SCHEME = '[a-z][a-z0-9+.-]*://';
const PATTERNS: readonly (readonly [Layout, RegExp])[] = [
  [
    'v3',
    pattern(String.raw`(.*[^/])/+(v3/manifests/spec/\w[\w-]*/[^/]+-([a-z2-7]{32})\.spec\.manifest\.json)`),
  ],
  ['v2', pattern(String.raw`(.*[^/])/+(build_cache/[^/]+-([a-z2-7]{32})\.spec\.json(?:\.sig)?)`)],
  ['oci', /^(oci(?:\+http)?:\/\/[^:]+(?::\d+\/[^:]+)?):([\w.-]+-([a-z2-7]{32})\.spack)$/i],
];

function pattern(rest: string): RegExp {
  return new RegExp(`^(?=${SCHEME})${rest}$`, 'i');
}
