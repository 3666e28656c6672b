import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeNode } from '../../src/spec/decode-node.ts';
import { documentOrder, neededFormat, specEmitter } from '../../src/spec/emit-spec.ts';
import { readLockfile } from '../../src/spec/lockfile.ts';
import { readSpecFile } from '../../src/spec/spec-file.ts';
import type { InstallTree } from '../../src/tree/install-tree.ts';
import { FIXTURES } from '../cache/mirror-fixture.ts';
import { blobOf, folderDocuments, indexOf, manifestRecords } from '../cache/mirror-state.ts';
import { generateEnvironment, preOrder } from '../harness/generate.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { EXPECTED, pushable, SPACK_MIRROR, TOY_ENVIRONMENT, unpackToyStore } from '../tree/toy-store.ts';
import { edge, node } from './node-fixture.ts';
import { makeNode } from './spec-nodes.ts';

let dir: TempDir;
let tree: InstallTree;
beforeAll(async () => {
  dir = await tempDir();
  tree = await unpackToyStore(dir.path);
});
afterAll(() => dir[Symbol.asyncDispose]());

describe('specEmitter', () => {
  const theirs = folderDocuments(SPACK_MIRROR);

  it('writes the spec.json of every spec as Spack does, from the database and from the lockfile', () => {
    const file = join(TOY_ENVIRONMENT, 'spack.lock');
    for (const graph of [tree, readLockfile(readFileSync(file, 'utf8'), file)]) {
      const emitter = specEmitter(graph);
      for (const { hash } of pushable(tree)) {
        const manifest = theirs.get(EXPECTED.get(hash)?.manifest_path ?? '') ?? Buffer.alloc(0);
        const record = manifestRecords(manifest)[1];
        expect(record && blobOf(theirs, record).toString('utf8')).toBe(emitter.document(hash));
      }
    }
  });

  it("writes nodes as Spack's index has them", () => {
    const emitter = specEmitter(tree);
    for (const [hash, record] of indexOf(theirs) ?? []) {
      const node = tree.nodes.get(hash);
      expect(node && emitter.node(node, 5)).toBe(JSON.stringify((record as { spec: unknown }).spec));
    }
  });

  it('orders any graph as Spack does', () => {
    const { nodes, lockfile, roots } = generateEnvironment({ specs: 120, seed: 3 });
    const graph = readLockfile(lockfile, 'spack.lock');
    for (const { hash } of roots) {
      const expected = preOrder(nodes, hash).map((node) => node.hash);
      expect(documentOrder(graph, hash).map((node) => node.hash)).toEqual(expected);
    }
  });

  it('puts the nodes of a build spec after the spliced one, as Spack does, and refuses one that leads back', () => {
    const file = join(FIXTURES, 'spack-1.3/spliced/env-toyapp/spack.lock');
    const graph = readLockfile(readFileSync(file, 'utf8'), file);
    const mirror = folderDocuments(join(FIXTURES, 'spack-1.3/spliced/mirror-with-spliced'));
    const spliced = [...graph.nodes.values()].filter(({ buildSpec }) => buildSpec !== undefined);
    for (const { name, version, hash } of spliced) {
      const key = `v3/manifests/spec/${name}/${name}-${version}-${hash}.spec.manifest.json`;
      const [, record] = manifestRecords(mirror.get(key) ?? Buffer.alloc(0));
      expect(record && blobOf(mirror, record).toString('utf8')).toBe(specEmitter(graph).document(hash));
    }
    // Of a database or an index: there, nobody has looked at all nodes together.
    const [one, other] = spliced;
    if (one?.buildSpec === undefined || other === undefined) throw new Error('no spliced specs');
    const built = graph.nodes.get(one.buildSpec.hash);
    if (built === undefined) throw new Error('no build spec');
    const nodes = new Map([
      ...graph.nodes,
      [built.hash, { ...built, buildSpec: { name: one.name, hash: one.hash } }],
    ]);
    expect(() => documentOrder({ nodes }, one.hash)).toThrow(/never ends/);
  });

  it('keeps the hash of a node of format 4, and says how old it is and what compiled it', () => {
    const old = {
      name: 'old',
      version: '1',
      arch: { platform: 'linux', platform_os: 'debian12', target: 'x86_64' },
      compiler: { name: 'gcc', version: '12.2.0' },
      namespace: 'toy',
      parameters: { build_system: 'generic', cflags: [] },
      package_hash: 'x====',
      hash: 'abcdefghijklmnopqrstuvwxyz234567',
    };
    const node = decodeNode(old, 4, 'index.json', 'old');
    const emitted = JSON.parse(specEmitter({ nodes: new Map([[node.hash, node]]) }).node(node, 5));
    expect(Object.keys(emitted)).toEqual([
      ...['name', 'version', 'arch', 'namespace', 'parameters', 'package_hash', 'annotations', 'hash'],
    ]);
    expect(emitted.annotations).toEqual({ original_specfile_version: 4, compiler: 'gcc@=12.2.0' });
    expect(emitted.hash).toBe(old.hash);
  });

  describe('of specs in format 6', () => {
    const low = node('low', { provided_virtuals: ['zlib-api'] }, 6);
    const high = node('high', { dependencies: [edge(low)] }, 6);
    // As Spack 1.3 writes what an older one has made: the hash is that of format 5.
    const old = node('old');
    const again = { ...old, provided_virtuals: ['mpi'] };
    const document = { spec: { _meta: { version: 6 }, nodes: [high, low] } };
    const read = (...nodes: object[]) =>
      readSpecFile(Buffer.from(JSON.stringify({ spec: { _meta: { version: 6 }, nodes } })), 'x');

    it('writes format 6 back as it was, and only where it has to', () => {
      const emitter = specEmitter(read(high, low));
      expect(emitter.formatOf(high.hash)).toBe(6);
      expect(emitter.installedDocument(high.hash)).toBe(JSON.stringify(document));
      expect(JSON.parse(emitter.document(low.hash)).spec._meta).toEqual({ version: 6 });
    });

    it('writes what was of format 5 from the start in that, so that any Spack 1.x reads it', () => {
      const file = read(again);
      const emitter = specEmitter(file);
      expect(emitter.formatOf(old.hash)).toBe(5);
      expect(emitter.installedDocument(old.hash)).toBe(
        JSON.stringify({ spec: { _meta: { version: 5 }, nodes: [old] } }),
      );
      // Among others of format 6 it says what it provides, which nobody would find out there.
      expect(JSON.parse(emitter.node(file.root, 6)).provided_virtuals).toEqual(['mpi']);
    });

    it('is not led astray by circles and gaps', () => {
      const dict = (name: string, hash: string, to: string) =>
        makeNode(name, { hash, dependencies: [[{ name: 'x', hash: to }, 'link']] });
      const [a, b] = ['a'.repeat(32), 'b'.repeat(32)];
      const formatOf = neededFormat({
        nodes: new Map([dict('p', a, b), dict('q', b, a)].map((n) => [n.hash, n])),
      });
      expect([a, b, 'c'.repeat(32)].map(formatOf)).toEqual([5, 5, 5]);
    });
  });

  it('names what is missing', () => {
    const nodes = new Map(tree.nodes);
    nodes.delete([...nodes.values()].find(({ name }) => name === 'glibc')?.hash ?? '');
    const app = pushable(tree).find(({ name }) => name === 'toyapp')?.hash ?? '';
    expect(() => specEmitter({ nodes }).document(app)).toThrow('is in neither the install database');
  });
});
