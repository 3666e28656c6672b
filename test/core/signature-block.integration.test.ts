/** What of a changed signature gpg takes, asked of gpg itself. Wants gpg (Debian: gnupg). */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTrust } from '../../src/cache/trust/trust.ts';
import { whySpackCannotRead } from '../../src/core/clearsigned.ts';
import { startGpg } from '../harness/gpg.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { isTakenByGpg, REFUSED, TAKEN } from './signature-cases.ts';

const TEXT = '{\n"version":3\n}';

test('gpg refuses what is said to be refused, and takes the rest', async () => {
  await using dir = await tempDir();
  await using gpg = startGpg(dir.path);
  gpg.run(['--quick-gen-key', 'Toy <toy@example.org>', 'ed25519', 'sign', 'never']);
  const message = gpg.run(['--clearsign', '--output', '-'], TEXT);
  const isTaken = (text: string) => isTakenByGpg(text, join(dir.path, 'gnupg'));
  const refused = REFUSED.map(([what, , change]) => [what, change(message)] as const);
  const taken = TAKEN.map(([what, change]) => [what, change(message)] as const);
  // Where only Spack's own pattern refuses it, gpg has nothing against it.
  expect(refused.filter(([, text]) => isTaken(text)).map(([what]) => what)).toEqual([
    'the start of one within a line behind it',
  ]);
  expect(taken.filter(([, text]) => !isTaken(text))).toEqual([]);
  expect(refused.filter(([, text]) => whySpackCannotRead(text) === undefined)).toEqual([]);
  expect(taken.filter(([, text]) => whySpackCannotRead(text) !== undefined)).toEqual([]);
  // They are for us no worse than before: an installation takes each whose signature is good.
  const trust = await openTrust({
    keys: [{ text: gpg.run(['--armor', '--export']), source: 'x' }],
    fingerprints: [],
  });
  for (const [, text] of taken) expect(await trust.verify(text, 'x')).toMatchObject({ text: TEXT });
});
