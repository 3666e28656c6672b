import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { clearsignedText } from '../../src/core/clearsigned.ts';
import { FIXTURES } from '../cache/mirror-fixture.ts';

const BEGIN = '-----BEGIN PGP SIGNED MESSAGE-----';
const END = '-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n';

test.each([
  ['a header', `${BEGIN}\nHash: SHA512\n\n{}\n${END}`, '{}'],
  ['CRLF', `${BEGIN}\r\nHash: SHA512\r\n\r\n{}\r\n${END}`, '{}'],
  ['no header', `${BEGIN}\n\n{}\n${END}`, '{}'],
  ['blank lines in the text', `${BEGIN}\nHash: SHA512\n\na\n\nb\n${END}`, 'a\n\nb'],
  ['dash escapes', `${BEGIN}\nHash: SHA512\n\n- -----BEGIN\n- - x\n${END}`, '-----BEGIN\n- x'],
  ['no signature', `${BEGIN}\nHash: SHA512\n\n{}\n`, undefined],
  ['no blank line', `${BEGIN}\nHash: SHA512\n${END.replace('\n\n', '\n')}`, undefined],
  ['something before it', ` ${BEGIN}\n\n{}\n${END}`, undefined],
  ['more on its first line', `${BEGIN}x\n\n{}\n${END}`, undefined],
])('%s', (_, document, text) => {
  expect(clearsignedText(document)).toBe(text);
});

test("Spack's own", () => {
  const name = 'toyapp/toyapp-1.0-e5gsqvjcrlpv6547ytc3lxqxsuxp6wmg.spec.manifest.json';
  const read = (kind: string) =>
    readFileSync(path.join(FIXTURES, `spack-1.2/mirror-${kind}/v3/manifests/spec`, name), 'utf8');
  expect(JSON.parse(clearsignedText(read('signed')) ?? '')).toMatchObject({ version: 3 });
  expect(clearsignedText(read('unsigned'))).toBeUndefined();
});

test('millions of header lines are no trouble', () => {
  expect(clearsignedText(`${BEGIN}\n${'a\n'.repeat(4_000_000)}`)).toBeUndefined();
});
