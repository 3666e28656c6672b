/** Nodes and lockfiles made to order, with hashes that hold. */
import { dagHash } from '../../src/spec/hash.ts';

export type Dict = Record<string, unknown>;

/** A node dictionary of format 5, or as a Spack that writes 6 makes it; changed, then hashed. */
export function node(name: string, change: Dict = {}, format: 5 | 6 = 5): Dict & { hash: string } {
  const dict = {
    name,
    version: '1.0',
    arch: { platform: 'linux', platform_os: 'debian12', target: 'x86_64_v3' },
    namespace: 'builtin',
    parameters: { build_system: 'generic', cflags: [] },
    package_hash: 'abc====',
    ...change,
  };
  return {
    ...dict,
    annotations: { original_specfile_version: format },
    hash: dagHash({ ...dict, annotations: { original_specfile_version: format } }),
  };
}

export function edge(to: Dict & { hash: string }, deptypes: readonly string[] = ['link']): Dict {
  return { name: to['name'], hash: to.hash, parameters: { deptypes, virtuals: [] } };
}

export function lockfile(nodes: readonly Dict[], change: Dict = {}, version = 6): string {
  return JSON.stringify({
    _meta: { 'file-type': 'spack-lockfile', 'lockfile-version': version, 'specfile-version': version - 1 },
    spack: { version: '1.2', type: 'release' },
    roots: nodes.slice(0, 1).map(({ hash, name }) => ({ hash, spec: name })),
    concrete_specs: Object.fromEntries(nodes.map((each) => [each['hash'], each])),
    ...change,
  });
}

/** The code of the error an action ends in; what is not one of ours is thrown on, and nothing at all fails too. */
export function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof Error && error.name === 'BuildcacheError' && 'code' in error)
      return String(error.code);
    throw error;
  }
  return 'no error';
}
