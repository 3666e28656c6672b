import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { LOCK_INTERPRETERS, startLockHelper } from '../../src/tree/lock-helper.ts';
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

test('with no file descriptor to spare, what could not be started is said, and why', async () => {
  const helper = new URL('../../src/tree/lock-helper.ts', import.meta.url).href;
  const script = `
    import { openSync } from 'node:fs';
    import { LOCK_INTERPRETERS, startLockHelper } from '${helper}';
    try { for (;;) openSync('/dev/null'); } catch {}
    await startLockHelper(['python3']).catch(({ code, message, facts }) => console.log(code, facts.file, message));
  `;
  const limited = [
    '-c',
    'ulimit -n 64; exec "$0" "$@"',
    process.execPath,
    '--input-type=module',
    '-e',
    script,
  ];
  const { stdout } = await promisify(execFile)('sh', limited);
  expect(stdout).toBe('io python3 cannot start it: too many open files (EMFILE)\n');
});

test.each(['No locks available', 'Function not implemented', 'Operation not supported'])(
  'where a file system has no locks (%s), the way out is named',
  async (reason) => {
    await using dir = await tempDir();
    const program = join(dir.path, 'program');
    writeFileSync(program, `#!/bin/sh\necho ready\nread -r _; echo 'error ${reason}'\n`, { mode: 0o755 });
    const helper = await startLockHelper([program]);
    await expect(helper.tryLock({ file: '/x', start: 0n, length: 1 })).rejects.toMatchObject({
      message: `cannot lock it: ${reason}`,
      facts: { file: '/x', hint: expect.stringContaining('--no-lock') as unknown },
    });
    await helper.close();
  },
);

test("the system's own interpreters come before those on the PATH", () => {
  const places = ['python3', 'perl'].map((name) => LOCK_INTERPRETERS.indexOf(name));
  expect(places.every((place) => place >= 0)).toBe(true);
  expect(LOCK_INTERPRETERS.indexOf('/usr/bin/perl')).toBe(LOCK_INTERPRETERS.indexOf('perl') - 1);
  if (process.platform !== 'darwin') expect(LOCK_INTERPRETERS[0]).toBe('/usr/bin/python3');
});
