/** Package tarballs as Spack packs them, or nearly. */
import { entry, tgz } from './make-tar.ts';

export const HASH = 'nqmmpbajioy2vgi5xzgwqqkvwp74qliy';
/** Where the packages were built. */
export const OLD_ROOT = '/opt/build/store';
export const OLD_PREFIX = `${OLD_ROOT}/linux/pkg-1.0-${HASH}`;
/** The prefix's name in the archive. */
export const PACKED = OLD_PREFIX.slice(1);

export interface Lists {
  readonly text?: readonly string[];
  readonly binaries?: readonly string[];
  readonly links?: readonly string[];
}

/** A build info of today's form; `rest` replaces fields, `undefined` removes them. */
export function buildInfo(lists: Lists = {}, rest: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    sbang_install_path: `${OLD_ROOT}/bin/sbang`,
    buildpath: OLD_ROOT,
    spackprefix: '/opt/spack',
    relative_prefix: OLD_PREFIX.slice(OLD_ROOT.length + 1),
    hardlinks_deduped: 'true',
    hash_to_prefix: { [HASH]: OLD_PREFIX },
    relocate_textfiles: lists.text ?? [],
    relocate_binaries: lists.binaries ?? [],
    relocate_links: lists.links ?? [],
    ...rest,
  });
}

/** Entries for the prefix's parents and itself. */
export function parents(packed: string = PACKED): Buffer {
  const components = packed.split('/');
  const paths = components.map((_, i) => `${components.slice(0, i + 1).join('/')}/`);
  return Buffer.concat([...paths, `${packed}/.spack/`].map((name) => entry({ name, type: '5' })));
}

export function infoEntry(info: string = buildInfo(), packed: string = PACKED): Buffer {
  return entry({ name: `${packed}/.spack/binary_distribution`, body: info });
}

/** The tarball of a package with these entries between its parents and its build info. */
export function packageTarball(entries: readonly Buffer[], info?: string): Buffer {
  return tgz(parents(), ...entries, infoEntry(info));
}
