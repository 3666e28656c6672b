import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runs } from '../harness/runs.ts';
import { type Arena, harmless, makeArena, refused } from './hostile-arena.ts';
import { buildInfo, infoEntry, OLD_ROOT, PACKED, packageTarball, parents } from './make-package.ts';
import { entry, pax, tar, writeChecksum } from './make-tar.ts';

let arena: Arena;

beforeEach(() => {
  arena = makeArena();
});

afterEach(() => arena.remove());

test('every trick alone', async () => {
  for (const [name, trick] of Object.entries(refused(arena.outside)))
    expect([name, await arena.play(trick)]).toEqual([name, 'refused']);
  for (const [name, trick] of Object.entries(harmless(arena.outside)))
    expect([name, await arena.play(trick)]).toEqual([name, 'accepted']);
});

test.each<[string, () => readonly Buffer[]]>([
  ['nothing at all', () => []],
  ['no build info', () => [parents(), entry({ name: `${PACKED}/a` })]],
  ['no entry for the prefix', () => [entry({ name: `${PACKED}/.spack/`, type: '5' }), infoEntry()]],
  [
    'no prefix around the package',
    () => [
      entry({ name: '.spack/', type: '5' }),
      entry({ name: '.spack/binary_distribution', body: buildInfo() }),
    ],
  ],
  [
    'a build info that is a symlink',
    () => [
      parents(),
      entry({
        name: `${PACKED}/.spack/binary_distribution`,
        type: '2',
        target: join(arena.outside, 'victim'),
      }),
    ],
  ],
  [
    'a .spack that is a symlink',
    () => [
      entry({ name: `${PACKED}/`, type: '5' }),
      entry({ name: `${PACKED}/.spack`, type: '2', target: arena.outside }),
      infoEntry(),
    ],
  ],
  [
    'a prefix that is a symlink',
    () => [entry({ name: PACKED, type: '2', target: arena.outside }), infoEntry()],
  ],
  [
    'a parent of the prefix that is a symlink',
    () => [entry({ name: 'opt', type: '2', target: arena.outside }), parents(), infoEntry()],
  ],
  ['a root that is a file', () => [entry({ name: '.' }), parents(), infoEntry()]],
])('an archive with %s is refused', async (_, entries) => {
  expect(await arena.unpack(gzipSync(tar(...entries())))).toBe('refused');
});

test('a build info further up makes what was the package a part of another one', async () => {
  const shorter = entry({ name: 'opt/.spack/binary_distribution', body: buildInfo() });
  expect(await arena.unpack(packageTarball([shorter]))).toBe('accepted');
});

test('mutated archives do not get out, hang or crash', async () => {
  const archive = tar(
    parents(),
    entry({ name: `${PACKED}/d`, type: '2', target: arena.outside }),
    pax({ path: `${PACKED}/e/x` }),
    entry({ name: `${PACKED}/e/x`, body: OLD_ROOT }),
    entry({ name: `${PACKED}/h`, type: '1', target: `${PACKED}/e/x` }),
    infoEntry(buildInfo({ text: ['e/x'], links: ['d'] })),
  );
  const bytes = fc.oneof(fc.constantFrom(0, 0x2e, 0x2f, 0x31, 0x32, 0x35, 0x64, 0x78), fc.nat(255));
  const edits = fc.array(fc.tuple(fc.nat(archive.length - 1), bytes), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(edits, async (changes) => {
      const mutated = Buffer.from(archive);
      for (const [at, byte] of changes) mutated[at] = byte;
      // With checksums put right the headers' other fields are what is read.
      for (let at = 0; at + 512 <= mutated.length; at += 512) {
        if (mutated.toString('latin1', at + 257, at + 262) !== 'ustar') continue;
        writeChecksum(mutated.subarray(at, at + 512));
      }
      await arena.unpack(gzipSync(mutated, { level: 1 }));
    }),
    { numRuns: runs(150) },
  );
});
