import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { sha256 } from '../../src/core/digest.ts';
import { changeSpecFile } from '../cache/change-entry.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { FIXTURES, installToy, mirrorAt, outcomes } from './install-toy.ts';

interface IndexedSpec {
  name: string;
  version: string;
  hash: string;
  readonly dependencies: { name: string; hash: string; parameters: { virtuals: string[] } }[];
}

/** What somebody who can write to a mirror, and has no key, makes of its index. */
async function poisoned(kind: 'signed' | 'unsigned', change: (spec: (name: string) => IndexedSpec) => void) {
  const dir = await tempDir();
  cpSync(join(FIXTURES, `spack-1.2/mirror-${kind}`), dir.path, { recursive: true });
  const manifest = join(dir.path, 'v3/manifests/index/index.manifest.json');
  const document = JSON.parse(readFileSync(manifest, 'utf8')) as {
    data: [{ checksum: string; contentLength: number }];
  };
  const [record] = document.data;
  const blob = () => join(dir.path, 'blobs/sha256', record.checksum.slice(0, 2), record.checksum);
  const index = JSON.parse(readFileSync(blob(), 'utf8')) as {
    database: { installs: Record<string, { spec: IndexedSpec }> };
  };
  const specs = Object.values(index.database.installs).map(({ spec }) => spec);
  change((name) => specs.find((spec) => spec.name === name) ?? expect.unreachable());
  const bytes = JSON.stringify(index);
  record.checksum = sha256(bytes);
  record.contentLength = bytes.length;
  mkdirSync(dirname(blob()), { recursive: true });
  writeFileSync(blob(), bytes);
  writeFileSync(manifest, JSON.stringify(document));
  return {
    mirrors: [mirrorAt(dir.path, { signed: kind === 'signed' })],
    /** The entry of a package, also where another name and version would have it. */
    offer(from: string, { name, version, hash }: IndexedSpec) {
      const folder = join(dir.path, 'v3/manifests/spec');
      const [entry = ''] = readdirSync(join(folder, from));
      cpSync(join(folder, from, entry), join(folder, name, `${name}-${version}-${hash}.spec.manifest.json`));
    },
    [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose](),
  };
}

const edgeTo = (name: string, { dependencies }: IndexedSpec) =>
  dependencies.find((edge) => edge.name === name) ?? expect.unreachable();

test.each(['signed', 'unsigned'] as const)(
  'an index of a mirror (%s) that lists a spec as another package',
  async (kind) => {
    await using it = await poisoned(kind, (spec) => {
      spec('zlib-toy').name = 'gone';
      Object.assign(spec('toymake'), { name: 'zlib-toy', version: '9.9' });
    });
    const { hash } = (await installToy('/nonexistent', { specs: ['toymake'], dryRun: true })).specs.find(
      ({ spec }) => spec.name === 'toymake',
    )?.spec ?? { hash: '' };
    it.offer('toymake', { name: 'zlib-toy', version: '9.9', hash, dependencies: [] });
    const asking = { mirrors: it.mirrors, dryRun: true };
    await expect(installToy('/nonexistent', { specs: ['zlib-toy@9:'], ...asking })).rejects.toMatchObject({
      code: kind === 'signed' ? 'untrusted' : 'corrupt',
      facts: { expected: 'zlib-toy@9:', found: expect.stringContaining('toymake@4.4') },
    });
    // Whoever names a hash has chosen, whatever it is called.
    const byHash = await installToy('/nonexistent', { specs: [`/${hash}`], ...asking });
    expect(outcomes(byHash)).toMatchObject({ toymake: 'would-install' });
  },
);

test('an index that gives a spec what it does not have', async () => {
  await using it = await poisoned('signed', (spec) => {
    const { hash } = spec('toypy');
    Object.assign(edgeTo('toymake', spec('libtoy')), { name: 'toypy', hash });
  });
  await expect(
    installToy('/nonexistent', { specs: ['libtoy ^toypy'], mirrors: it.mirrors, dryRun: true }),
  ).rejects.toMatchObject({ code: 'untrusted', facts: { found: expect.stringContaining('libtoy@') } });
});

test('an index that says that one package provides another: nobody has signed that', async () => {
  await using it = await poisoned('signed', (spec) => {
    edgeTo('zlib-toy', spec('libtoy')).parameters.virtuals.push('openssl');
  });
  await expect(
    installToy('/nonexistent', { specs: ['openssl'], mirrors: it.mirrors, dryRun: true }),
  ).rejects.toMatchObject({
    code: 'untrusted',
    facts: { hint: expect.stringMatching(/hash: \/[a-z2-7]{32}/) },
  });
  const unsigned = { specs: ['openssl'], mirrors: it.mirrors, trust: 'none', dryRun: true } as const;
  expect((await installToy('/nonexistent', unsigned)).wanted.roots).toHaveLength(1);
});

test('an entry that says otherwise of another spec that was asked for, whose hash nobody can recompute', async () => {
  await using dir = await tempDir();
  cpSync(join(FIXTURES, 'spack-1.2/mirror-unsigned'), dir.path, { recursive: true });
  const folder = 'v3/manifests/spec/toyapp';
  const [entry = ''] = readdirSync(join(dir.path, folder));
  const target = { name: 'skylake', vendor: 'GenuineIntel', features: [], generation: 0, parents: [] };
  changeSpecFile(dir.path, join(folder, entry), (json) => {
    const document = JSON.parse(json) as { spec: { nodes: { name: string; arch: object }[] } };
    for (const node of document.spec.nodes) if (node.name === 'libtoy') Object.assign(node.arch, { target });
    return JSON.stringify(document);
  });
  const mirrors = [mirrorAt(dir.path, { signed: false })];
  for (const specs of [
    ['libtoy', 'toyapp'],
    ['toyapp', 'libtoy'],
  ]) {
    const { specs: found } = await installToy('/nonexistent', { specs, mirrors, dryRun: true });
    const targets = found.filter(({ spec }) => spec.name === 'libtoy').map(({ spec }) => spec.target);
    expect(targets).toEqual([expect.not.stringContaining('skylake')]);
  }
});
