import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startLockHelper } from '../../src/tree/lock-helper.ts';
import { tempDir } from '../harness/temp-dir.ts';

test('a helper that stops answering is given up, and one that never did is not used', async () => {
  await using dir = await tempDir();
  const script = (name: string, text: string) => {
    const file = join(dir.path, name);
    writeFileSync(file, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    return file;
  };
  const mute = script('mute', 'exec sleep 60');
  await expect(startLockHelper([mute], 50)).rejects.toMatchObject({ code: 'unsupported' });
  const helper = await startLockHelper([script('stops', 'echo ready; exec sleep 60')], 300);
  await expect(helper.tryLock({ file: '/x', start: 0n, length: 1 })).rejects.toMatchObject({
    code: 'io',
    message: expect.stringContaining('did not answer'),
  });
  expect(() => helper.assertAlive()).toThrow(expect.objectContaining({ code: 'io' }));
  await helper.close();
});
