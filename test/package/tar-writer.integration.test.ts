/** Headers against Python's tarfile, which is what Spack writes tarballs with. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TarMember, tarHeader } from '../../src/package/tar-writer.ts';

const PYTHON = `
import json, os, sys, tarfile
TYPES = {"file": tarfile.REGTYPE, "directory": tarfile.DIRTYPE, "symlink": tarfile.SYMTYPE, "link": tarfile.LNKTYPE}
out = []
for entry in json.load(sys.stdin):
    info = tarfile.TarInfo(os.fsdecode(bytes.fromhex(entry["name"])))
    info.type = TYPES[entry["type"]]
    info.linkname = os.fsdecode(bytes.fromhex(entry["target"]))
    info.size = entry["size"]
    info.mode = entry["mode"]
    out.append(info.tobuf(tarfile.PAX_FORMAT, "utf-8", "surrogateescape").hex())
json.dump(out, sys.stdout)
`;

describe('tarHeader and Python', () => {
  it('agree on every byte', () => {
    const part = fc.oneof(
      fc.constantFrom('61', 'c3a9', 'f09f9880', 'ff', 'e282', '80', 'eda080', '0a', '2f', '61'.repeat(50)),
      fc
        .uint8Array({ minLength: 1, maxLength: 4 })
        .map((found) => Buffer.from(found.map((b) => b || 1)).toString('hex')),
    );
    const name = fc
      .array(part, { minLength: 1, maxLength: 8 })
      .map((parts) => Buffer.from(`61${parts.join('')}61`, 'hex'));
    const entry: fc.Arbitrary<TarMember> = fc.oneof(
      fc.record({
        type: fc.constant('file' as const),
        name,
        executable: fc.boolean(),
        size: fc.oneof(fc.nat(), fc.integer({ min: 8 ** 11 - 2, max: 8 ** 13 })),
      }),
      fc.record({ type: fc.constant('directory' as const), name }),
      fc.record({ type: fc.constant('symlink' as const), name, target: name }),
      fc.record({ type: fc.constant('link' as const), name, target: name, executable: fc.boolean() }),
    );
    const entries = fc.sample(entry, 2000);
    const request = entries.map((given) => ({
      type: given.type,
      name: given.name.toString('hex'),
      target: 'target' in given ? given.target.toString('hex') : '',
      size: 'size' in given ? given.size : 0,
      mode: !('executable' in given) || given.executable ? 0o755 : 0o644,
    }));
    const answer = execFileSync('python3', ['-c', PYTHON], {
      input: JSON.stringify(request),
      maxBuffer: 1 << 28,
      env: { ...process.env, PYTHONUTF8: '1' },
    });
    const expected: unknown = JSON.parse(answer.toString());
    expect(entries.map((given) => tarHeader(given).toString('hex'))).toEqual(expected);
  });
});
