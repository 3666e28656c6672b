import { expect, test } from 'vitest';
import { byteStringOf } from '../../src/package/byte-string.ts';
import { unpackTree } from '../../src/package/unpack-tree.ts';
import { tempDir } from '../harness/temp-dir.ts';

/** Adds entries of one type below a folder until that is refused. @returns how many there were */
function addAll(root: string, type: 'symlink' | 'hardlink', most: number): number {
  const tree = unpackTree(byteStringOf(root), 2_000_000, 'hash');
  const about = { mode: 0o644, mtime: 0, size: 0 };
  const folder = 'opt/spack/store/linux-x86_64_v3/package-1.2.3-abcdefghijklmnopqrstuvwxyz234567';
  tree.entry({ ...about, type: 'file', path: `${folder}/file`, target: '' });
  tree.entryEnd();
  for (let i = 0; i < most; i++) {
    try {
      tree.entry({ ...about, type, path: `${folder}/n${i.toString(36)}`, target: `${folder}/file` });
    } catch (error) {
      expect(error).toMatchObject({ code: 'too-large' });
      return i;
    }
  }
  return most;
}

test.each(['symlink', 'hardlink'] as const)(
  'half a million %ss are a package, and two are an attack',
  async (type) => {
    await using dir = await tempDir();
    const before = process.memoryUsage().rss;
    const count = addAll(dir.path, type, 2_000_000);
    expect(count).toBeGreaterThan(500_000);
    expect(count).toBeLessThan(1_500_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(500e6);
  },
);
