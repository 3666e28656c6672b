import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkSpecs } from '../../src/commands/check.ts';
import type { Reporter } from '../../src/report/reporter.ts';
import { environmentOf } from '../entry/command-line.ts';
import { runVerb } from '../entry/run-verb.ts';
import { startHttpServer } from '../harness/http-server.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { makeNode } from '../spec/spec-nodes.ts';

test('so many specs on so many mirrors that it takes minutes are refused before any is asked', async () => {
  const node = makeNode('zlib');
  const options = { mirrors: Array.from({ length: 200 }) } as unknown as Parameters<typeof checkSpecs>[1];
  const specs = Array.from({ length: 2000 }, () => node);
  await expect(
    checkSpecs({ specs, graph: { nodes: new Map(), roots: [] } }, options, {} as Reporter),
  ).rejects.toMatchObject({
    code: 'too-large',
    facts: { found: '2000 specs, 200 mirrors' },
  });
});

test.each([1, 20])('of a malformed lockfile is told at once, whatever %i mirrors do', async (count) => {
  await using dir = await tempDir();
  await using server = await startHttpServer({ fault: () => 'stall' });
  mkdirSync(join(dir.path, 'env'));
  writeFileSync(join(dir.path, 'env/spack.lock'), '{"_meta": 1}');
  const mirrors = Array.from({ length: count }, (_, i) => ['-m', `${server.url}/${i}`]).flat();
  const { code, err } = await runVerb(['check', '-e', 'env', ...mirrors], dir.path);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('not a Spack lockfile') });
  expect(server.requests.length).toBeLessThanOrEqual(count > 8 ? 0 : 2 * count);
});

test('that asked no mirror does not say that anything is present', async () => {
  await using dir = await tempDir();
  copyFileSync(join(environmentOf('1.2'), 'spack.lock'), join(dir.path, 'spack.lock'));
  const { code, out } = await runVerb(['check', '-e', dir.path, '--allow-empty'], dir.path);
  const sentence = 'No mirror was asked about the 6 specs: nothing to rebuild.';
  expect({ code, out: out.trim() }).toEqual({ code: 0, out: sentence });
});

test('is no open gate where none of the mirrors that the user means is configured, whatever may be empty', async () => {
  await using dir = await tempDir();
  copyFileSync(join(environmentOf('1.2'), 'spack.lock'), join(dir.path, 'spack.lock'));
  const mirrors = '{m: "https://stranger.example/m"}';
  writeFileSync(join(dir.path, 'spack.yaml'), `{spack: {specs: [], mirrors: ${mirrors}}}`);
  const only = ['--allow-empty', '--only-mirrors', 'https://mirror.example/m'];
  for (const verb of ['check', 'plan']) {
    const { code, err } = await runVerb([verb, '-e', dir.path, ...only], dir.path);
    expect({ code, err }, verb).toEqual({
      code: 2,
      err: expect.stringContaining('there is no mirror to check against'),
    });
  }
});
