import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { formatManifest, parseManifest } from '../../src/cache/layouts/manifest.ts';
import { openOci } from '../../src/cache/oci/reader.ts';
import { postOrder } from '../../src/spec/graph.ts';
import { dagHash, hashHolds } from '../../src/spec/hash.ts';
import { readLockfile } from '../../src/spec/lockfile.ts';
import { readSpecFile } from '../../src/spec/spec-file.ts';
import { assertSoundRegistry, imageOf, listedInRegistry, taggedHashes } from '../cache/registry-place.ts';
import { generateEnvironment } from './generate.ts';
import { generateMirror } from './generate-mirror.ts';
import { generateRegistry } from './generate-registry.ts';
import { startRegistry } from './registry.ts';
import { openTestReader } from './registry-client.ts';
import { sha256Of } from './registry-store.ts';
import { tempDir } from './temp-dir.ts';

describe('generateEnvironment', () => {
  it('is an environment to our own reader, every hash right', () => {
    const environment = generateEnvironment({ specs: 150, seed: 3 });
    const graph = readLockfile(environment.lockfile, 'spack.lock');
    expect([...graph.nodes.keys()]).toEqual([...environment.nodes.keys()]);
    expect(graph.roots).toEqual(environment.roots);
    expect([...graph.nodes.values()].filter((node) => !hashHolds(node))).toEqual([]);
    const external = [...graph.nodes.values()].filter((node) => node.external !== undefined);
    expect([graph.nodes.size - external.length, external.length]).toEqual([150, 3]);
    expect(
      postOrder(
        graph,
        graph.roots.map((root) => root.hash),
      ),
    ).toHaveLength(153);
  });

  it('has nodes and closures of a real site’s size', () => {
    const { nodes } = generateEnvironment({ specs: 400 });
    const built = [...nodes.values()].filter((node) => node.external === undefined);
    const sizes = built.map((node) => JSON.stringify(node).length).sort((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeGreaterThan(1200);
    expect(sizes.at(-1)).toBeLessThan(2200);
    expect(new Set(built.map((node) => node.name)).size).toBe(400);
  });

  it('depends on the seed and on nothing else', () => {
    const one = generateEnvironment({ specs: 30, seed: 1 });
    expect(generateEnvironment({ specs: 30, seed: 1 }).lockfile).toBe(one.lockfile);
    expect(generateEnvironment({ specs: 30, seed: 2 }).lockfile).not.toBe(one.lockfile);
    expect(generateEnvironment({ specs: 0 }).nodes.size).toBe(0);
  });
});

describe('generateMirror', () => {
  it('writes what its manifests and its index say', async () => {
    await using dir = await tempDir();
    const environment = generateEnvironment({ specs: 60, seed: 5 });
    const built = [...environment.nodes.values()].filter((node) => node.external === undefined);
    const missing = new Set(built.slice(0, 7).map((node) => node.hash));
    const mirror = await generateMirror(dir.path, environment, {
      present: (node) => !missing.has(node.hash),
    });
    const read = (path: string) => readFileSync(join(dir.path, path));

    expect(mirror.entries.size).toBe(53);
    for (const [hash, paths] of mirror.entries) {
      const text = read(paths.manifest).toString('utf8');
      const manifest = parseManifest(Buffer.from(text), paths.manifest);
      expect(formatManifest(manifest.records)).toBe(text);
      for (const [i, path] of [paths.tarball, paths.spec].entries()) {
        const bytes = read(path);
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        expect(path.endsWith(sha256)).toBe(true);
        expect(manifest.records[i]).toMatchObject({ sha256, size: bytes.length, compression: 'gzip' });
        expect(bytes.subarray(0, 10).toString('hex')).toBe('1f8b08000000000000ff');
      }
      const spec = gunzipSync(read(paths.spec));
      expect(JSON.parse(spec.toString('utf8')).spec.nodes[0].hash).toBe(hash);
      readSpecFile(spec, paths.spec);
    }

    const index = JSON.parse(read(mirror.index?.blob ?? '').toString('utf8')).database;
    const records = Object.entries<{
      spec: Record<string, unknown>;
      in_buildcache: boolean;
      ref_count: number;
    }>(index.installs);
    expect(index.version).toBe('8');
    expect(
      records
        .filter(([, record]) => record.in_buildcache)
        .map(([hash]) => hash)
        .sort(),
    ).toEqual([...mirror.entries.keys()].sort());
    expect(records.every(([hash, record]) => dagHash(record.spec) === hash)).toBe(true);
    const position = new Map(records.map(([hash], i) => [hash, i]));
    for (const [hash, { spec }] of records) {
      for (const dependency of (spec['dependencies'] ?? []) as { hash: string }[]) {
        expect(position.get(dependency.hash)).toBeLessThan(position.get(hash) ?? -1);
      }
    }
    const references = records.flatMap(([, { spec }]) => (spec['dependencies'] ?? []) as { hash: string }[]);
    const [gcc] = records.find(([, { spec }]) => spec['name'] === 'gcc') ?? [];
    expect(index.installs[gcc ?? ''].ref_count).toBe(references.filter((each) => each.hash === gcc).length);
  });

  it('can have an index that lies, or none', async () => {
    await using dir = await tempDir();
    const environment = generateEnvironment({ specs: 10 });
    const lying = await generateMirror(join(dir.path, 'a'), environment, {
      present: () => false,
      indexed: () => true,
    });
    expect(lying.entries.size).toBe(0);
    const blob = readFileSync(join(dir.path, 'a', lying.index?.blob ?? ''), 'utf8');
    expect(blob.match(/"in_buildcache":true/g)).toHaveLength(10);
    const none = await generateMirror(join(dir.path, 'b'), environment, { index: false });
    expect(none.index).toBeUndefined();
    expect(await readdir(join(dir.path, 'b', 'v3', 'manifests'))).toEqual(['spec']);
  });
});

describe('a generated registry', () => {
  it('holds an image of each spec, whose layers are what they say, and an index of all', async () => {
    await using registry = await startRegistry();
    const repository = registry.repository('toy/cache');
    const environment = generateEnvironment({ specs: 30, seed: 4 });
    await generateRegistry(repository, environment);
    assertSoundRegistry(repository);
    expect(taggedHashes(repository).size).toBe(30);
    expect(listedInRegistry(repository)).toEqual(taggedHashes(repository));
    const reader = openOci(await openTestReader(`${registry.url}toy/cache`), { signed: false });
    for await (const { key, hash } of reader.list?.() ?? []) {
      const entry = await reader.readAt(key);
      const { root } = entry === undefined ? { root: undefined } : await reader.readSpec(entry);
      expect(root?.hash).toBe(hash);
      expect(root !== undefined && reader.isPlaceOf(key, root)).toBe(true);
      const { manifest, config } = imageOf(repository, key);
      const found = manifest.layers.map(({ digest }) => gunzipSync(repository.blobs.get(digest) ?? ''));
      expect(found.map(sha256Of)).toEqual(config.rootfs.diff_ids);
      expect(found.at(-1)?.toString()).toContain(hash);
    }
    await reader.storage.close();
  });
});
