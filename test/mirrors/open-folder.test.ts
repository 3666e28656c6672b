import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { DEFAULT_RETRY } from '../../src/core/retry.ts';
import { type Connection, openMirror } from '../../src/mirrors/open.ts';
import { unknownMirror } from '../../src/mirrors/select.ts';
import { tempDir } from '../harness/temp-dir.ts';

const CONNECTION: Connection = {
  timeoutMs: 5_000,
  retry: { ...DEFAULT_RETRY, retries: 0 },
  jobs: 2,
  verifyTls: true,
  caFile: undefined,
  env: {},
};

test('a mirror that is no folder is said to be none', async () => {
  await using dir = await tempDir();
  const at = (name: string) => join(dir.path, name);
  mkdirSync(at('folder'));
  symlinkSync('folder', at('link'));
  writeFileSync(at('file'), '');
  symlinkSync('/dev/zero', at('device'));
  const notes = async (name: string) => {
    const mirror = unknownMirror(pathToFileURL(at(name)).href, name);
    const opened = await openMirror(mirror, { nodes: new Map() }, CONNECTION);
    await opened.close();
    return opened.notes;
  };
  for (const name of ['folder', 'link']) expect(await notes(name)).toEqual([]);
  for (const name of ['nothing', 'file', 'device', 'file/below'])
    expect(await notes(name)).toEqual([expect.stringContaining(`there is no folder ${at(name)}`)]);
});
