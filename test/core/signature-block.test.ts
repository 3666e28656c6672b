import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { whySpackCannotRead } from '../../src/core/clearsigned.ts';
import { FIXTURES } from '../cache/mirror-fixture.ts';
import { REFUSED, TAKEN } from './signature-cases.ts';

const SIGNED = readFileSync(
  path.join(
    FIXTURES,
    'spack-1.2/mirror-signed/v3/manifests/spec/toyapp/toyapp-1.0-e5gsqvjcrlpv6547ytc3lxqxsuxp6wmg.spec.manifest.json',
  ),
  'utf8',
);

test.each(REFUSED)('Spack cannot read %s', (_, why, change) => {
  expect(whySpackCannotRead(change(SIGNED))).toContain(why);
});

test.each(TAKEN)('Spack can read %s', (_, change) => {
  expect(whySpackCannotRead(change(SIGNED))).toBeUndefined();
});

test('much of anything is looked at', () => {
  const start = '-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n{}\n-----BEGIN PGP SIGNATURE-----\n\n';
  for (const text of ['\n', '= \n', '=\n\n', 'iQ', 'wgA', '-'])
    expect(() => whySpackCannotRead(start + text.repeat(2e5 / text.length))).not.toThrow();
});
