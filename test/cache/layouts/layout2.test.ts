import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { layout2Keys, openLayout2 } from '../../../src/cache/layouts/layout2.ts';
import { decodeNode } from '../../../src/spec/decode-node.ts';
import { specEmitter } from '../../../src/spec/emit-spec.ts';
import { openFileStorage } from '../../../src/storage/file/file.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { edge, node } from '../../spec/node-fixture.ts';
import { built, FIXTURES, fixtureGraph } from '../mirror-fixture.ts';

const graph = fixtureGraph('0.23');

test.each(['signed', 'unsigned'])('the keys of the %s fixture are where its files are', async (kind) => {
  const root = path.join(FIXTURES, `spack-0.23/mirror-${kind}`);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
  const reader = openLayout2(openFileStorage(root), graph);
  for (const spec of built(graph)) {
    const keys = layout2Keys(spec, graph.nodes);
    expect(files).toContain(kind === 'signed' ? `${keys.spec}.sig` : keys.spec);
    expect(files).toContain(keys.tarball);
    expect(await reader.has(spec)).toBe(true);
    expect(await reader.read(spec)).toMatchObject({
      signed: kind === 'signed',
      tarball: { key: keys.tarball },
      spec: undefined,
    });
  }
  expect(await reader.findIndex()).toMatchObject({
    key: 'build_cache/index.json',
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

test('a spec file is one in whatever order its keys are', async () => {
  await using dir = await tempDir();
  await cp(path.join(FIXTURES, 'spack-0.23/mirror-unsigned'), dir.path, { recursive: true });
  const [spec] = built(graph);
  if (spec === undefined) throw new Error('no such spec');
  const file = path.join(dir.path, layout2Keys(spec, graph.nodes).spec);
  const { spec: content, ...rest } = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...rest, spec: content }));
  const reader = openLayout2(openFileStorage(dir.path), graph);
  expect(await reader.has(spec)).toBe(true);
  writeFileSync(file, JSON.stringify(rest));
  await expect(reader.has(spec)).rejects.toMatchObject({ code: 'bad-input' });
});

test('a node that a newer Spack has written again is where it was', () => {
  const emitter = specEmitter(graph);
  const again = new Map(
    [...graph.nodes.values()].map((spec) => {
      const node = decodeNode(JSON.parse(emitter.node(spec, 5)), 5, 'x', 'x');
      return [node.hash, node] as const;
    }),
  );
  for (const spec of built(graph)) {
    const rewritten = again.get(spec.hash);
    expect(rewritten).toMatchObject({ compiler: undefined, format: 5, originalFormat: 4 });
    expect(rewritten && layout2Keys(rewritten, again)).toEqual(layout2Keys(spec, graph.nodes));
  }
});

test("a format-5 spec's compiler: its provider of c, else cxx, else fortran, else none", () => {
  const provider = (name: string, virtuals: readonly string[]) => {
    const compiler = node(name, { version: '9' });
    return {
      compiler,
      edge: { ...edge(compiler, ['build']), parameters: { deptypes: ['build'], virtuals } },
    };
  };
  const [c, cxx] = [provider('gcc', ['c']), provider('llvm', ['cxx', 'fortran'])];
  const keyOf = (...providers: (typeof c)[]) => {
    const dicts = [
      node('app', { dependencies: providers.map((each) => each.edge) }),
      c.compiler,
      cxx.compiler,
    ];
    const nodes = new Map(dicts.map((dict) => [dict.hash, decodeNode(dict, 5, 'x', 'x')]));
    const [app] = nodes.values();
    return app === undefined ? '' : layout2Keys(app, nodes).tarball.split('/')[2];
  };
  expect([keyOf(cxx, c), keyOf(cxx), keyOf()]).toEqual(['gcc-9', 'llvm-9', 'none-none']);
});
