import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, test } from 'vitest';
import { fileSink } from '../../src/core/file-sink.ts';
import { tempDir } from '../harness/temp-dir.ts';

test('a file is written anew, and what a link leads to is not', async () => {
  await using dir = await tempDir();
  const [file, link] = [join(dir.path, 'file'), join(dir.path, 'link')];
  writeFileSync(file, 'longer than what comes');
  symlinkSync('file', link);
  const written = pipeline(Readable.from(['new']), fileSink(link));
  await expect(written).rejects.toMatchObject({ facts: { file: link } });
  expect(readFileSync(file, 'utf8')).toBe('longer than what comes');
  await pipeline(Readable.from(['new']), fileSink(file));
  expect(readFileSync(file, 'utf8')).toBe('new');
});
