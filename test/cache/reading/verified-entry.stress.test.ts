/** Every byte of what is signed, and of what that names, changed one after the other. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readVerifiedEntry } from '../../../src/cache/reading/verified-entry.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { copyMirror } from '../mirror-fixture.ts';
import { essence, outcome, readerAt, signedKey, specOf, toyTrust } from '../signed-fixture.ts';

it.each([
  ['1.2', 'the manifest'],
  ['1.2', 'the spec blob'],
  ['0.23', 'the spec file'],
] as const)(
  'every byte of Spack %s: %s',
  async (version, what) => {
    await using dir = await tempDir();
    copyMirror(version, 'signed', dir.path);
    const spec = specOf(version, 'libtoy');
    const reader = readerAt(version, dir.path);
    const trust = await toyTrust();
    const found = await readVerifiedEntry(reader, spec, trust);
    const before = essence(found);
    const key = what === 'the spec blob' ? found?.entry.spec?.key : signedKey(version, spec);
    const file = join(dir.path, key ?? '');
    const bytes = readFileSync(file);
    const same: number[] = [];
    for (let at = 0; at < bytes.length; at++) {
      // A letter's case, its neighbour, and what is no ASCII.
      for (const mask of [0x20, 0x01, 0x80]) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ mask;
        writeFileSync(file, changed);
        if ((await outcome(reader, spec, trust, before)) === 'same') same.push(at);
      }
    }
    // Within the signed text nothing is without meaning; the armor has its check sum and its unsigned parts.
    const signature = bytes.indexOf('-----BEGIN PGP SIGNATURE-----');
    const text = bytes.indexOf('\n\n') + 2;
    expect(same.filter((at) => at >= text && at < signature - 1)).toEqual([]);
    if (what === 'the spec blob') expect(same).toEqual([]);
  },
  120_000,
);
