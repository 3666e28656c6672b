import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeCopyList } from '../../../src/entry/action/copy-list-output.ts';
import { tempDir } from '../../harness/temp-dir.ts';

test('a pipe that a build has put in the place of the list is not waited for', async () => {
  await using dir = await tempDir();
  const at = (name: string) => join(dir.path, name);
  writeFileSync(at('output'), '');
  execFileSync('mkfifo', [at('list')]);
  const env = { GITHUB_OUTPUT: at('output'), 'STATE_copy-list': at('list') };
  await expect(writeCopyList([], env, dir.path)).rejects.toMatchObject({ code: 'bad-input' });
}, 10_000);
