/** The how-to is true: every command in it runs, in a folder like the one it speaks of. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyMirror } from '../cache/mirror-fixture.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { lockOf, lockText, mutate, WAYS } from '../plan/explain/mutate.ts';
import { readFixture } from '../spec/spec-nodes.ts';
import { ROOT } from './command-line.ts';
import { runVerb } from './run-verb.ts';

const COMMANDS = [
  ...readFileSync(join(ROOT, 'docs/explain.md'), 'utf8').matchAll(/^```sh\n([\s\S]*?)^```$/gm),
].flatMap(([, block = '']) => block.trim().split('\n'));

test('there are commands, and nothing else in the blocks', () => {
  expect(COMMANDS.length).toBeGreaterThan(5);
  for (const command of COMMANDS) expect(command).toMatch(/^buildcache (explain|diff) /);
});

test('every command runs', async () => {
  await using dir = await tempDir();
  const fixture = readFixture('spack-1.2/env/spack.lock');
  const lock = lockOf(JSON.parse(fixture));
  const made = mutate(lock, 2, 3, WAYS.slice(0, 2));
  mkdirSync(join(dir.path, 'env'));
  writeFileSync(join(dir.path, 'env', 'spack.lock'), lockText(made?.lock ?? lock));
  writeFileSync(join(dir.path, 'env', 'spack.yaml'), 'spack:\n  mirrors:\n    ours: ../mirror\n');
  writeFileSync(join(dir.path, 'old.lock'), fixture);
  copyMirror('1.2', 'unsigned', join(dir.path, 'mirror'));
  mkdirSync(join(dir.path, 'store', '.spack-db'), { recursive: true });
  writeFileSync(
    join(dir.path, 'store', '.spack-db', 'index.json'),
    '{"database":{"version":"8","installs":{}}}',
  );
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: dir.path });
  git('init', '-q');
  git('add', 'old.lock');
  git('commit', '-qm', 'old');
  for (const command of COMMANDS) {
    const [, ...args] = command
      .replace(/\s+#.*$/, '')
      .trim()
      .split(/\s+/);
    const { code, out, err } = await runVerb(args, dir.path, {
      PATH: process.env['PATH'] ?? '',
    });
    expect([command, code, err]).toEqual([command, 0, '']);
    expect(out).not.toBe('');
  }
});
