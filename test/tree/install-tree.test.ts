import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readInstallTree } from '../../src/tree/install-tree.ts';
import { withoutPadding } from '../../src/tree/tree-root.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { pushable, TOY_ROOT, unpackToyStore } from './toy-store.ts';

describe('readInstallTree', () => {
  it('reads what is installed and where, from another place if need be', async () => {
    await using dir = await tempDir();
    const tree = await unpackToyStore(dir.path);
    expect(tree.root).toBe(TOY_ROOT);
    expect(tree.sbangPath).toBe('/opt/toy/store/bin/sbang');
    expect(pushable(tree)).toHaveLength(6);
    const app = pushable(tree).find(({ name }) => name === 'toyapp');
    const prefix = tree.prefixOf(app?.hash ?? '') ?? '';
    expect(prefix).toBe(`${TOY_ROOT}/linux-x86_64_v3/toyapp-1.0-${app?.hash}`);
    expect(tree.filesOf(prefix)).toBe(join(dir.path, `linux-x86_64_v3/toyapp-1.0-${app?.hash}`));
    expect(tree.prefixOf('a'.repeat(32))).toBeUndefined();
  });

  it('says so where there is no install tree, or a broken one', async () => {
    await using dir = await tempDir();
    await expect(readInstallTree(dir.path)).rejects.toMatchObject({
      code: 'not-found',
      facts: { hint: expect.stringContaining('--store') },
    });
    mkdirSync(join(dir.path, '.spack-db'));
    writeFileSync(join(dir.path, '.spack-db/index.json'), '{"database":');
    await expect(readInstallTree(dir.path)).rejects.toMatchObject({ code: 'bad-input' });
  });
});

describe('withoutPadding', () => {
  const word = '__spack_path_placeholder__';
  it.each([
    ['/opt/store', '/opt/store'],
    [`/opt/store/${word}/${word}/__spack_path_pl`, '/opt/store'],
    [`/opt/store/${word}/${word}_`, '/opt/store'],
    [`/opt/store/${word}`, '/opt/store'],
    ['/opt/store/__spack_pa', '/opt/store'],
    [`/opt/${word}/store`, `/opt/${word}/store`],
    ['/opt/store/_', '/opt/store/_'],
  ])('%s', (root, unpadded) => {
    expect(withoutPadding(root)).toBe(unpadded);
  });
});
