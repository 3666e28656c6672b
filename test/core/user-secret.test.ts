import { readdirSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeUserSecret, readUserSecret, vouch } from '../../src/core/user-secret.ts';
import { tempDir } from '../harness/temp-dir.ts';

test('a secret is made once, for its user alone', async () => {
  await using dir = await tempDir();
  const folder = join(dir.path, 'state/buildcache');
  expect(await readUserSecret(folder)).toBeUndefined();
  const secret = await makeUserSecret(folder);
  expect(secret).toHaveLength(32);
  expect(await makeUserSecret(folder)).toEqual(secret);
  expect(await readUserSecret(folder)).toEqual(secret);
  expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test('what a killed process has left beside it goes after a day', async () => {
  await using dir = await tempDir();
  const left = ['secret.0123456789ab.tmp', 'secret.ba9876543210.tmp', 'mine.tmp'].map((name) =>
    join(dir.path, name),
  );
  for (const file of left) writeFileSync(file, '');
  const long = new Date(Date.now() - 30 * 3600 * 1000);
  for (const file of left.slice(1)) utimesSync(file, long, long);
  await makeUserSecret(dir.path);
  expect(readdirSync(dir.path).sort()).toEqual(['mine.tmp', 'secret', 'secret.0123456789ab.tmp']);
});

test('what is too short, or a link to something else, is no secret and is replaced', async () => {
  await using dir = await tempDir();
  const file = join(dir.path, 'secret');
  writeFileSync(file, 'short');
  expect(await readUserSecret(dir.path)).toBeUndefined();
  expect(await makeUserSecret(dir.path)).toHaveLength(32);
  const other = join(dir.path, 'other');
  writeFileSync(other, 'x'.repeat(32));
  await using linked = await tempDir();
  symlinkSync(other, join(linked.path, 'secret'));
  expect(await readUserSecret(linked.path)).toBeUndefined();
  expect(await makeUserSecret(linked.path)).toHaveLength(32);
  expect(readFileSync(other, 'utf8')).toBe('x'.repeat(32));
});

test('without a folder to keep it in there is none', async () => {
  await using dir = await tempDir();
  writeFileSync(join(dir.path, 'file'), '');
  expect(await makeUserSecret(join(dir.path, 'file/state'))).toBeUndefined();
});

test('what it vouches for is that text and no other', () => {
  const secret = Buffer.alloc(32, 1);
  expect(vouch(secret, 'a')).toMatch(/^[0-9a-f]{64}$/);
  expect(vouch(secret, 'a')).not.toBe(vouch(secret, 'b'));
  expect(vouch(secret, 'a')).not.toBe(vouch(Buffer.alloc(32, 2), 'a'));
});
