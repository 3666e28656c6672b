/** The how-to is true: every command in it runs, in a folder like the one it speaks of. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { tempDir } from '../harness/temp-dir.ts';
import { growingTree } from './autopush-tree.ts';
import { environmentOf, ROOT } from './command-line.ts';
import { runVerb } from './run-verb.ts';

const TEXT = readFileSync(join(ROOT, 'docs/plan.md'), 'utf8');
const COMMANDS = [...TEXT.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) =>
  block.trim().split('\n'),
);

test('there are commands, and nothing else in the blocks; what GitLab runs is one of them', () => {
  expect(COMMANDS.length).toBeGreaterThan(7);
  for (const command of COMMANDS) expect(command).toMatch(/^buildcache (plan|autopush) /);
  const [, gitlab = ''] = /^```yaml\n(plan:[\s\S]*?)^```$/m.exec(TEXT) ?? [];
  expect(COMMANDS).toContain(parse(gitlab).plan.script[0]);
});

test('every command runs', async () => {
  await using dir = await tempDir();
  const env = join(dir.path, 'env');
  mkdirSync(env);
  copyFileSync(join(environmentOf('1.2'), 'spack.lock'), join(env, 'spack.lock'));
  const mirrors = { ours: { url: '../mirror', signed: false, autopush: true } };
  writeFileSync(join(env, 'spack.yaml'), JSON.stringify({ spack: { mirrors } }));
  writeFileSync(join(env, 'default.yml'), 'tags: [build]\n');
  const tree = await growingTree(join(dir.path, 'store'));
  await tree.add({ 'gcc-runtime': 'built' });
  for (const command of COMMANDS) {
    // The fixture has no hdf5.
    const [, ...args] = command.replace(' hdf5', ' toyapp').split(/\s+/);
    const variables = { PATH: process.env['PATH'] ?? '', BUILDCACHE_WATCH_NICE: '0' };
    const { code, err } = await runVerb(args, dir.path, variables);
    expect([command, code, err.match(/^error.*/m)?.[0]]).toEqual([command, 0, undefined]);
  }
});
