import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type LayerDescriptor,
  PACKAGES,
  placeEnvironment,
  programTar,
  readLayout,
  smallEnvironment,
  unpackArchive,
  unpackLayers,
} from '../../../commands/image-fixture.ts';
import {
  expectedContents,
  KEY_FILE,
  SIGNED,
  treeContents,
  withoutHooked,
} from '../../../commands/install-toy.ts';
import { developSite } from '../../../harness/develop-site.ts';
import { generateTar } from '../../../harness/generate-tarball.ts';
import { sha256Of } from '../../../harness/registry-store.ts';
import { type TempDir, tempDir } from '../../../harness/temp-dir.ts';
import { entry } from '../../../package/make-tar.ts';
import { environmentOf, mirrorOf } from '../../command-line.ts';
import { runVerb } from '../../run-verb.ts';

let fixtures: TempDir;
let env: string;
beforeAll(async () => {
  fixtures = await tempDir();
  env = await placeEnvironment(join(fixtures.path, 'env'), smallEnvironment(PACKAGES));
});
afterAll(() => fixtures[Symbol.asyncDispose]());

let dir: TempDir;
beforeEach(async () => {
  dir = await tempDir();
});
afterEach(() => dir[Symbol.asyncDispose]());

const image = (args: readonly string[]) => runVerb(['image', ...args], dir.path);
const from = (folder: string) => ['-e', folder, '-m', join(folder, 'mirror'), '-u'];
const left = () => readdirSync(dir.path).filter((name) => name !== '.cache');

it('warns of what is built from local source, whatever comes of the image', async () => {
  developSite(dir.path);
  const { err } = await image(['-e', 'env', '-m', './mirror', '-u', '--dry-run']);
  expect(err.match(/^warning: .*local source.*$/gm)).toEqual([
    expect.stringMatching(/^warning: app@1\.0\/\w{7}: built from local source.* of older source$/),
  ]);
});

describe('an image in a file', () => {
  it('has an SBOM beside it, with the digests of the tarballs that were packed', async () => {
    const time = { SOURCE_DATE_EPOCH: '1700000000' };
    const made = await runVerb(
      ['image', ...from(env), '-o', 'image.tar', '--sbom', 'sbom.json'],
      dir.path,
      time,
    );
    expect(made).toMatchObject({ code: 0 });
    const sbom = JSON.parse(readFileSync(join(dir.path, 'sbom.json'), 'utf8'));
    expect(sbom).toMatchObject({
      spdxVersion: 'SPDX-2.3',
      creationInfo: { created: '2023-11-14T22:13:20Z' },
    });
    const packages: { name: string; checksums: { checksumValue: string }[] }[] = sbom.packages;
    expect(packages.map(({ name }) => name).sort()).toEqual(['app', 'hdf5', 'tool', 'zlib']);
    for (const { checksums } of packages) {
      const digest = checksums[0]?.checksumValue ?? '';
      const blob = join(env, 'mirror/blobs/sha256', digest.slice(0, 2), digest);
      expect(sha256Of(readFileSync(blob))).toBe(`sha256:${digest}`);
    }
  });

  it('is not made of what has no provenance, where that is asked for', async () => {
    const policy = ['--require-provenance', 'repository=org/*'];
    const ran = await image([...from(env), '-o', 'image.tar', ...policy]);
    expect(ran).toMatchObject({ code: 1, out: expect.stringContaining('its provenance proves nothing') });
    expect(left()).toEqual([]);
    expect(await image([...from(env), '-o', 'image.tar', '--require-provenance', 'owner=x'])).toMatchObject({
      code: 2,
    });
  });

  it('is the same, byte for byte, when it is made again, from another folder and at any time', async () => {
    const one = await image([...from(env), '-o', 'one.tar', '--name', 'tools:1']);
    expect(one).toMatchObject({ code: 0, err: expect.stringContaining('signatures are not verified') });
    expect(one.out).toMatch(
      /one\.tar {2}linux\/amd64: 4 packages in 4 layers, [\d.]+ kB new\nsha256:[0-9a-f]{64}\n$/,
    );
    const two = await image([...from(env), '-o', 'deep/two.tar', '--name', 'tools:1', '-j', '1']);
    expect(readFileSync(join(dir.path, 'deep/two.tar'))).toEqual(readFileSync(join(dir.path, 'one.tar')));
    expect(two.out.split('\n')[1]).toBe(one.out.split('\n')[1]);
    expect(left().sort()).toEqual(['deep', 'one.tar']);
  });

  it('is an OCI layout that old Dockers load too, with packages relocated to its root', async () => {
    await image([...from(env), '-o', 'image.tar', '--name', 'ghcr.io/you/tools:1.0', '--root', '/srv/s']);
    const layout = unpackArchive(join(dir.path, 'image.tar'), join(dir.path, 'layout'));
    const { index, json, blob } = readLayout(layout);
    expect(index.manifests).toHaveLength(1);
    expect(index.manifests[0].annotations).toEqual({
      'io.containerd.image.name': 'ghcr.io/you/tools:1.0',
      'org.opencontainers.image.ref.name': '1.0',
    });
    const manifest = json(index.manifests[0].digest);
    const config = json(manifest.config.digest);
    const layers: LayerDescriptor[] = manifest.layers;
    expect(JSON.parse(readFileSync(join(layout, 'manifest.json'), 'utf8'))).toEqual([
      {
        Config: `blobs/sha256/${manifest.config.digest.slice(7)}`,
        RepoTags: ['ghcr.io/you/tools:1.0'],
        Layers: layers.map(({ digest }) => `blobs/sha256/${digest.slice(7)}`),
      },
    ]);
    expect(config).toMatchObject({ os: 'linux', architecture: 'amd64' });
    expect(config).not.toHaveProperty('created');
    expect(config.config.Labels).toEqual({ 'org.opencontainers.image.title': 'tools' });
    expect(config.history.map((each: { created_by: string }) => each.created_by.split('@')[0])).toEqual([
      'buildcache: zlib',
      'buildcache: hdf5',
      'buildcache: tool',
      'buildcache: app',
      'buildcache: /srv/s',
    ]);
    const path = config.config.Env.find((each: string) => each.startsWith('PATH='));
    expect(path).toMatch(/^PATH=\/srv\/s\/linux-x86_64_v3\/(?:app|tool)-1\.0-\w+\/bin:.*:\/bin:\/usr\/bin$/);

    for (const [i, { digest, size }] of layers.entries()) {
      const bytes = blob(digest);
      expect([sha256Of(bytes), bytes.length]).toEqual([digest, size]);
      expect(sha256Of(gunzipSync(bytes))).toBe(config.rootfs.diff_ids[i]);
    }
    const rootfs = unpackLayers(layout, index.manifests[0].digest, join(dir.path, 'rootfs'));
    const store = readdirSync(join(rootfs, 'srv/s/linux-x86_64_v3'));
    expect(store.map((name) => name.split('-')[0]).sort()).toEqual(['app', 'hdf5', 'tool', 'zlib']);
    expect(
      execFileSync(join(rootfs, 'srv/s/bin/sbang'), [
        join(rootfs, 'srv/s/linux-x86_64_v3', store[0] ?? '', 'bin', `say-${store[0]?.split('-')[0]}`),
      ]).toString(),
    ).toBe('app\n');
  });

  it.each([
    ['/opt/t', 'relocated-opt-t.json', '100'],
    ['/opt/toy/stor2', 'relocated-opt-toy-stor2.json', '4'],
  ])('has below %s byte for byte what real Spack installs there', async (root, expected, limit) => {
    const args = [
      '-e',
      environmentOf('1.2'),
      '-m',
      SIGNED,
      '--trusted-keys',
      KEY_FILE,
      '--max-layers',
      limit,
    ];
    const made = await image([...args, '--root', root, '-o', 'image.tar', '--json']);
    expect(made.code, made.err).toBe(0);
    const { platforms, digest, ...rest } = JSON.parse(made.out);
    expect(rest).toMatchObject({ version: 1, exit_code: 0, root, failed: [], dry_run: false });
    expect(platforms).toMatchObject([{ os: 'linux', architecture: 'amd64', digest }]);
    expect(platforms[0].layers.length < 6).toBe(limit === '4');
    const layout = unpackArchive(join(dir.path, 'image.tar'), join(dir.path, 'layout'));
    const rootfs = unpackLayers(layout, digest, join(dir.path, 'rootfs'));
    expect(withoutHooked(treeContents(join(rootfs, root)))).toEqual(expectedContents(expected));
  });

  it('has no name but the one it was given', async () => {
    await image([...from(env), '-o', 'image.tar']);
    const layout = unpackArchive(join(dir.path, 'image.tar'), join(dir.path, 'layout'));
    expect(readLayout(layout).index.manifests[0]).not.toHaveProperty('annotations');
    expect(JSON.parse(readFileSync(join(layout, 'manifest.json'), 'utf8'))).toMatchObject([
      { RepoTags: null },
    ]);
  });

  it('needs every signature that an install needs', async () => {
    const args = ['-e', environmentOf('1.2'), '-m', mirrorOf('1.2', 'unsigned'), '-o', 'image.tar'];
    const made = await image(args);
    expect(made).toMatchObject({
      code: 1,
      out: expect.stringMatching(/6 failed, so there is no image\n.*no signature/),
    });
    expect(left()).toEqual([]);
  });
});

describe('an image that cannot be made', () => {
  it('names every spec that no mirror has, as an install does, and leaves nothing', async () => {
    const lacking = await placeEnvironment(join(dir.path, 'env'), smallEnvironment(PACKAGES), {
      present: ({ name }) => name !== 'hdf5' && name !== 'tool',
    });
    const made = await image([...from(lacking), '-o', 'image.tar']);
    const installed = await runVerb(
      ['install', ...from(lacking), '--store', join(dir.path, '.cache/store'), '--no-lock', '-o'],
      dir.path,
    );
    expect([made.code, installed.code]).toEqual([1, 1]);
    const reason = 'no mirror has it. Build it with Spack, or name a mirror that has it';
    expect(made.out).toMatch(
      /^2 failed, so there is no image\n {2}failed (?:hdf5|tool)@1\.0\/\w{7}, (?:hdf5|tool)@/,
    );
    expect(made.out).toContain(reason);
    expect(installed.out).toContain(reason);
    expect(left()).toEqual(['env']);
    const quiet = await image([...from(lacking), '-o', 'image.tar', '-q']);
    expect([quiet.out, quiet.err]).toEqual(['', expect.stringContaining(reason)]);
    const { failed } = JSON.parse((await image([...from(lacking), '-o', 'image.tar', '--json'])).out);
    expect(failed.map((each: { name: string; code: string }) => `${each.name} ${each.code}`).sort()).toEqual([
      'hdf5 not-found',
      'tool not-found',
    ]);
  });

  it.each([
    [
      'a name that deletes in a layer',
      (folder: string) => [entry({ name: `${folder}/lib/.wh.x`, body: '' })],
      /^.*failed hdf5@1\.0\/\w{7}: \/opt\/spack\/linux-x86_64_v3\/hdf5-1\.0-\w{32}\/lib\/\.wh\.x: no image can hold a file of this name/m,
    ],
    [
      'a hard link to a file of another package',
      (folder: string) => [entry({ name: `${folder}/lib/x`, type: '1', target: 's/zlib/lib/notes' })],
      /^.*failed hdf5@1\.0\/\w{7}: .*a hard link points at no file of the archive/m,
    ],
    [
      'two names that are one',
      (folder: string) => [entry({ name: `${folder}/lib/x` }), entry({ name: `${folder}/lib/x` })],
      /two entries that are one file here/,
    ],
  ])('because of %s: exit 1, and the file is named', async (_, more, message) => {
    const bad = await placeEnvironment(join(dir.path, 'env'), smallEnvironment(PACKAGES), {
      tar: (spec) => (spec.name === 'hdf5' ? generateTar(spec, more) : programTar(spec)),
    });
    for (const limit of ['100', '2']) {
      const made = await image([...from(bad), '-o', 'image.tar', '--max-layers', limit]);
      expect(made).toMatchObject({ code: 1, out: expect.stringMatching(message) });
    }
    expect(left()).toEqual(['env']);
  });

  it.each([
    [[], /expected one of --tag .*, --output .* and --layout .*, found none of them/],
    [['-o', 'a.tar', '--layout', 'b'], /found 2 of them/],
    [['--tag', 'ghcr.io/you/tools:1'], /expected oci:\/\/registry\/name:tag/],
    [['--tag', 'oci://ghcr.io/you/tools:a.spack'], /this cannot be the tag of an image/],
    [['--tag', `oci://ghcr.io/you/tools@sha256:${'0'.repeat(64)}`], /takes a tag, not a digest/],
    [['--tag', 'oci://ghcr.io/you/tools:1', '--name', 'x'], /--name is for images in files/],
    [['-o', 'a.tar', '--root', 'relative'], /absolute path/],
    [['-o', 'a.tar', '--root', '/usr/lib'], /no folder of the system/],
    [['-o', 'a.tar', '--root', '/opt/../etc'], /no folder of the system/],
    [['-o', 'a.tar', '--root', '/tmp/store'], /no folder of the system/],
    [['-o', 'a.tar', '--max-layers', '128'], /from 2 to 127/],
    [['-o', 'a.tar', '--max-layers', '1'], /from 2 to 127/],
    [['-o', 'a.tar', '--label', 'x'], /NAME=VALUE/],
    [['--layout', '.cache/..'], /holds something else than images/],
  ])('because %j makes no sense: exit 2', async (args, message) => {
    writeFileSync(join(dir.path, 'mine'), '');
    const made = await image([...from(env), ...args]);
    expect(made).toMatchObject({ code: 2, out: '', err: expect.stringMatching(message) });
    expect(left()).toEqual(['mine']);
  });

  it('because two environments are for one architecture, or specs are not for Linux', async () => {
    const made = await image([...from(env), '--also', env, '-o', 'a.tar']);
    expect(made).toMatchObject({
      code: 2,
      err: expect.stringContaining('two environments have specs for linux/amd64'),
    });
    const arch = { platform: 'darwin', platform_os: 'sonoma', target: 'm1' };
    const mac = smallEnvironment([{ name: 'app', change: { arch } }]);
    const darwin = await placeEnvironment(join(dir.path, 'mac'), mac);
    const other = await image([...from(darwin), '-o', 'a.tar']);
    expect(other).toMatchObject({
      code: 2,
      err: expect.stringMatching(/app@1\.0\/\w{7} cannot be in an image.*linux.*darwin/),
    });
  });
});

describe('layers', () => {
  it('are at most as many as allowed, and have the same packages', async () => {
    const made = await image([...from(env), '--layout', 'images', '--max-layers', '3', '--json']);
    const [{ layers }] = JSON.parse(made.out).platforms;
    expect(layers.length).toBeLessThanOrEqual(2);
    expect(layers[0].specs).toMatchObject([{ name: 'zlib' }]);
    const { index, json } = readLayout(join(dir.path, 'images'));
    const manifest = json(index.manifests[0].digest);
    expect(manifest.layers.length).toBeLessThanOrEqual(3);
    expect(json(manifest.config.digest).rootfs.diff_ids).toHaveLength(manifest.layers.length);
  });

  it('are shared by the images of a layout; a name belongs to the last image that was given it', async () => {
    const changed = PACKAGES.map((each) =>
      each.name === 'app' ? { ...each, change: { version: '2.0' } } : each,
    );
    const other = await placeEnvironment(join(dir.path, 'env'), smallEnvironment(changed));
    const make = async (folder: string, name: string) =>
      JSON.parse((await image([...from(folder), '--layout', 'images', '--name', name, '--json'])).out);
    const one = await make(env, 'tools:1');
    const two = await make(other, 'tools:2');
    const sizeOf = (result: typeof one) =>
      result.platforms[0].layers.reduce((sum: number, layer: { size: number }) => sum + layer.size, 0);
    expect(one.sent_bytes).toBeGreaterThan(sizeOf(one));
    expect(two.sent_bytes).toBe(
      two.platforms[0].layers.find(
        (layer: { specs: { version: string }[] }) => layer.specs[0]?.version === '2.0',
      ).size,
    );
    const names = () =>
      readLayout(join(dir.path, 'images')).index.manifests.map(
        (each: { digest: string; annotations: object }) => [
          Object.values(each.annotations).sort().join(' '),
          each.digest,
        ],
      );
    expect(names()).toEqual([
      ['1 docker.io/library/tools:1', one.digest],
      ['2 docker.io/library/tools:2', two.digest],
    ]);
    expect((await make(other, 'tools:1')).sent_bytes).toBe(0);
    expect(names().map(([name]: string[]) => name)).toEqual([
      '2 docker.io/library/tools:2',
      '1 docker.io/library/tools:1',
    ]);
    expect(readdirSync(join(dir.path, 'images')).sort()).toEqual(['blobs', 'index.json', 'oci-layout']);
  });
});

it('one that is cancelled leaves nothing, and says so', async () => {
  const stop = new AbortController();
  // The warning comes before anything is made.
  const options = { signal: stop.signal, onError: () => stop.abort() };
  const made = await runVerb(['image', ...from(env), '-o', 'image.tar'], dir.path, {}, options);
  expect(made).toMatchObject({ code: 2, out: '', err: expect.stringContaining('cancelled') });
  expect(left()).toEqual([]);
});

it('--dry-run says what would be in the image, and needs no place', async () => {
  const made = await image([...from(env), '--dry-run']);
  expect(made).toMatchObject({
    code: 0,
    out: 'an image would be made  linux/amd64: 4 packages in 4 layers\n',
  });
  const json = JSON.parse((await image([...from(env), '--dry-run', '--json', '-o', 'a.tar'])).out);
  expect(json).toMatchObject({ dry_run: true, digest: null, platforms: [{ digest: null }] });
  expect(left()).toEqual([]);
});
