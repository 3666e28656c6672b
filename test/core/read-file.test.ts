import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBoundedText } from '../../src/core/read-file.ts';
import { openFileStorage } from '../../src/storage/file/file.ts';
import { patchFs, systemError } from '../harness/patched.ts';
import { tempDir } from '../harness/temp-dir.ts';

/** Files that another host replaces so often after they were opened. Node has no name for the error. */
function replacing(times: number): Disposable {
  const [original, code] = [open, 'Unknown system error -116'];
  let left = times;
  const openSync = () => {
    throw systemError(code, 116);
  };
  return patchFs(
    { openSync },
    {
      async open(...args) {
        const handle = await original(...args);
        const stat = () => Promise.reject(systemError(code, 116));
        return left-- > 0 ? Object.assign(handle, { stat }) : handle;
      },
    },
  );
}

test.skipIf(process.platform !== 'linux')(
  'a file that other hosts keep replacing is opened again, a few times',
  async () => {
    await using dir = await tempDir();
    const file = join(dir.path, 'index.json');
    writeFileSync(file, 'text');
    const storage = openFileStorage(dir.path);
    {
      using _ = replacing(2);
      expect(await readBoundedText(file, 10)).toBe('text');
    }
    {
      using _ = replacing(2);
      expect(await storage.get('index.json')).toMatchObject({ size: 4 });
    }
    using _ = replacing(9);
    await expect(readBoundedText(file, 10)).rejects.toMatchObject({ errno: -116 });
    await expect(storage.get('index.json')).rejects.toThrow(
      'cannot read: another host has removed or replaced it (ESTALE)',
    );
  },
);
