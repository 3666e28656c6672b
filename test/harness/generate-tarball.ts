/** The archive of a generated spec: two empty folders and a build info, so that an image can be made of it. */
import { entry, tar } from '../package/make-tar.ts';
import type { GeneratedNode } from './generate.ts';

/**
 * @param more entries in the package, by the path of its folder in the archive
 * @returns the tar, not compressed
 */
export function generateTar(
  { name, version, hash }: GeneratedNode,
  more: (folder: string) => readonly Buffer[] = () => [],
): Buffer {
  const folder = `${name}-${version}-${hash}`;
  const info = {
    sbang_install_path: '/s/bin/sbang',
    buildpath: '/s',
    spackprefix: '/opt/spack',
    relative_prefix: folder,
    hardlinks_deduped: true,
    hash_to_prefix: { [hash]: `/s/${folder}` },
    relocate_binaries: [],
    relocate_links: [],
    relocate_textfiles: [],
  };
  const folders = ['s', `s/${folder}`, `s/${folder}/.spack`, `s/${folder}/bin`, `s/${folder}/lib`];
  return tar(
    ...folders.map((each) => entry({ name: `${each}/`, type: '5' })),
    ...more(`s/${folder}`),
    entry({ name: `s/${folder}/.spack/binary_distribution`, body: `${JSON.stringify(info)}\n` }),
  );
}
