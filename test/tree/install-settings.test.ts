import { describe, expect, test } from 'vitest';
import { readInstallSettings } from '../../src/tree/install-settings.ts';
import { DEFAULT_PROJECTION } from '../../src/tree/projection.ts';

function read(config: unknown, packages: unknown = undefined, root?: string) {
  const expand = (text: string) => text.replace('$env', '/e');
  return readInstallSettings({ config, packages, file: '/e/spack.yaml' }, { root, expand });
}

const ALL = { when: undefined, path: DEFAULT_PROJECTION };

describe('the root', () => {
  test('is the configured one, variables replaced; the named one wins and is taken as it is', () => {
    const config = { install_tree: { root: '$env/store/', padded_length: 40 } };
    const padded = '/e/store/__spack_path_placeholder__/__sp';
    expect(read(config)).toMatchObject({ root: padded, unpaddedRoot: '/e/store', notes: [] });
    expect(read(config, undefined, '/r')).toMatchObject({ root: '/r', unpaddedRoot: '/r' });
    expect(read(config, undefined, padded)).toMatchObject({ root: padded, unpaddedRoot: '/e/store' });
  });

  test.each([
    [{ install_tree: '/s$padding:20' }, '/s/__spack_path_plac'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: that is how it is written
    [{ install_tree: { root: '/s${padding:20}' } }, '/s/__spack_path_plac'],
    [{ install_tree: { root: '/s$padding:20', padded_length: 12 } }, '/s/__spack_p'],
    [{ install_tree: { root: '/s', padded_length: false } }, '/s'],
    [{ install_tree: { root: '/s', padded_length: 0 } }, '/s'],
  ])('older and newer forms of padding: %j', (config, root) => {
    expect(read(config)).toMatchObject({ root, unpaddedRoot: '/s' });
  });

  test('is as long as the system takes, less 300, where padding has no length', () => {
    const length = (process.platform === 'darwin' ? 1024 : 4096) - 300;
    expect(read({ install_tree: { root: '/s', padded_length: true } }).root).toHaveLength(length);
    expect(read({ install_tree: '/s$padding' }).root).toHaveLength(length);
  });

  test('that is longer than its padding is kept, with a note', () => {
    const { root, notes } = read({ install_tree: { root: '/a/long/root', padded_length: 5 } });
    expect([root, notes]).toEqual([
      '/a/long/root',
      ['cannot pad /a/long/root to 5 characters: it is 12 long'],
    ]);
  });

  test('named without the padding that is configured for it has it; another one has none', () => {
    const config = { install_tree: { root: '$env/store', padded_length: 40 } };
    expect(read(config, undefined, '/e/store')).toEqual(read(config));
    expect(read(config, undefined, '/e/other')).toMatchObject({ root: '/e/other', unpaddedRoot: '/e/other' });
    const broken = { install_tree: { root: 'relative', padded_length: 40 } };
    expect(read(broken, undefined, '/e/store').root).toBe('/e/store');
  });

  test("is padded as configured where only Spack's own is meant", () => {
    const file = '/e/spack.yaml';
    const context = { otherwise: '/spack/opt/spack', expand: (text: string) => text };
    const config = { install_tree: { padded_length: 24, projections: { all: '{name}' } } };
    expect(readInstallSettings({ config, packages: {}, file }, context)).toMatchObject({
      root: '/spack/opt/spack/__spack',
      unpaddedRoot: '/spack/opt/spack',
      projections: [{ path: '{name}' }],
    });
    expect(readInstallSettings({ config: {}, packages: {}, file }, context).root).toBe('/spack/opt/spack');
  });

  test.each([
    [10_000, 'config:install_tree:padded_length is longer than a path can be'],
    ['128', 'config:install_tree:padded_length is malformed'],
    [1.5, 'config:install_tree:padded_length is malformed'],
  ])('padded to %j is an error', (length, message) => {
    const config = { install_tree: { root: '/s', padded_length: length } };
    expect(() => read(config)).toThrow(
      expect.objectContaining({ code: 'bad-input', message: expect.stringContaining(message) as unknown }),
    );
  });

  test.each([
    [undefined, 'usage'],
    [{ install_tree: {} }, 'usage'],
    [{ install_tree: { root: '/' } }, 'bad-input'],
    [{ install_tree: 'relative' }, 'bad-input'],
    [{ install_tree: 3 }, 'bad-input'],
    [{ install_tree: { root: '/s', padded_length: -1 } }, 'bad-input'],
    [{ install_tree: { root: '/s', projections: { all: 1 } } }, 'bad-input'],
    ['text', 'bad-input'],
  ])('of %j is an error', (config, code) => {
    expect(() => read(config)).toThrow(
      expect.objectContaining({ code, facts: expect.objectContaining({ file: '/e/spack.yaml' }) as unknown }),
    );
  });
});

describe('projections', () => {
  test('are not more than anybody writes, nor do they ask for more dependencies', () => {
    const tree = (count: number) => ({
      install_tree: {
        root: '/s',
        projections: Object.fromEntries(Array.from({ length: count }, (_, i) => [`a${i} ^b`, 'x/{name}'])),
      },
    });
    expect(read(tree(1_000)).projections).toHaveLength(1_001);
    expect(() => read(tree(1_001))).toThrow(expect.objectContaining({ code: 'too-large' }));
  });

  test('keep their order, all specs last, and are read in lower case', () => {
    const projections = { all: '{Name}', '^mpi': 'MPI/{name}', zlib: 'z' };
    expect(read({ install_tree: { root: '/s', projections } }).projections).toEqual([
      { when: '^mpi', path: 'mpi/{name}' },
      { when: 'zlib', path: 'z' },
      { when: undefined, path: '{name}' },
    ]);
    expect(read({ install_tree: { root: '/s', projections: { zlib: 'z' } } }).projections).toEqual([
      { when: 'zlib', path: 'z' },
      ALL,
    ]);
    expect(read({ install_tree: '/s' }).projections).toEqual([ALL]);
    expect(read({ install_tree: '/s', install_path_scheme: '{name}' }).projections).toEqual([
      { when: undefined, path: '{name}' },
    ]);
  });

  test('have hashes as long as is configured', () => {
    const config = { install_tree: { root: '/s' }, install_hash_length: 7 };
    expect(read(config).projections[0]?.path).toBe(DEFAULT_PROJECTION.replace('{hash}', '{hash:7}'));
    const without = { ...config, install_tree: { root: '/s', projections: { all: '{name}' } } };
    expect(() => read(without)).toThrow(/install_hash_length/);
  });
});

describe('permissions', () => {
  test('by package, as far as they are there', () => {
    const packages = {
      all: { permissions: { read: 'group', group: 1000 }, variants: '+x' },
      zlib: { buildable: false },
      mpi: null,
    };
    const { permissions } = read({ install_tree: '/s', allow_sgid: false }, packages);
    expect(permissions).toEqual({
      byPackage: new Map([['all', { read: 'group', write: undefined, group: '1000' }]]),
      allowSetgid: false,
    });
  });

  test.each([{ read: 'everybody' }, { group: '-x y' }, 'x'])('%j is an error', (permissions) => {
    expect(() => read({ install_tree: '/s' }, { all: { permissions } })).toThrow(
      /permissions.* is malformed/,
    );
  });
});

describe('upstreams', () => {
  const upstreams = (section: unknown) =>
    readInstallSettings(
      { config: {}, packages: {}, upstreams: section, file: '/e/spack.yaml' },
      { root: '/s', expand: (text) => text },
    ).upstreams;

  test('are those configured, in their order', () => {
    expect(upstreams(undefined)).toEqual([]);
    expect(
      upstreams({ site: { install_tree: '/site', modules: { tcl: '/t' } }, all: { install_tree: '/all' } }),
    ).toEqual([
      { name: 'site', root: '/site' },
      { name: 'all', root: '/all' },
    ]);
  });

  test.each([
    [[]],
    [{ site: '/site' }],
    [{ site: {} }],
    [{ site: { install_tree: '' } }],
    [{ site: { install_tree: ['/a'] } }],
    [{ site: { install_tree: '$spack/x' } }],
    [{ site: { 'install-tree': '/site' } }],
  ])('%j is an error', (section) => {
    expect(() => upstreams(section)).toThrow(
      expect.objectContaining({
        code: 'bad-input',
        message: expect.stringContaining('upstreams') as unknown,
      }),
    );
  });
});
