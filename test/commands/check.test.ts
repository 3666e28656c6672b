import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkSpecs } from '../../src/commands/check.ts';
import type { Reporter } from '../../src/report/reporter.ts';
import { environmentOf } from '../entry/command-line.ts';
import { runVerb } from '../entry/run-verb.ts';
import { DEV_PATH, developSite } from '../harness/develop-site.ts';
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

test('takes nothing of local source for present, for its hash does not cover that source', async () => {
  await using dir = await tempDir();
  const { hashes } = developSite(dir.path);
  const check = (...args: string[]) => runVerb(['check', '-e', 'env', '-m', './mirror', ...args], dir.path);
  const { code, out } = await check();
  expect(code).toBe(1);
  expect(out).toMatch(
    new RegExp(
      `Missing, dependencies first:\n` +
        `  - own@1\\.0 .*  built from local source: ${DEV_PATH}\n` +
        `  - app@1\\.0 .*  depends on own, which is built from local source\n`,
    ),
  );
  expect(out).toMatch(/\n2 of 4 specs are missing and need a rebuild \(2 of local source\)\.\n$/);
  expect(await check(), 'the second time').toEqual({ code, out, err: '' });
  expect(readdirSync(dir.path, { recursive: true }).filter((name) => name.includes('.answer-'))).toEqual([]);
  for (const needs of ['any', 'all'])
    expect((await check('--needs', needs, '-o', 'out.json')).code, needs).toBe(1);
  const manifest: Record<string, { rebuildSpecs: { hash: string }[] }> = JSON.parse(
    readFileSync(join(dir.path, 'out.json'), 'utf8'),
  );
  expect(Object.values(manifest).map(({ rebuildSpecs }) => rebuildSpecs.map(({ hash }) => hash))).toEqual([
    [hashes.own, hashes.app],
  ]);
  const { counts, specs } = JSON.parse((await check('--json')).out);
  expect(counts).toEqual({ total: 4, present: 2, rebuild: 2, unknown: 0 });
  const facts = Object.fromEntries(specs.map(({ name, ...rest }: { name: string }) => [name, rest]));
  const local_source = { name: 'own', hash: hashes.own };
  const missing = (reason: string) => ({ additionalMirrorUrl: { state: 'missing', reason } });
  expect(facts).toMatchObject({
    own: { local_source, stage: 0, mirrors: missing(`built from local source: ${DEV_PATH}`) },
    app: { local_source, stage: 1, mirrors: missing('depends on own, which is built from local source') },
  });
  expect(facts.other).not.toHaveProperty('local_source');
  await check('--copy-to', './to', '--copy-list', 'copies.json');
  expect(readFileSync(join(dir.path, 'copies.json'), 'utf8')).not.toMatch(/\/(own|app)-/);
});

test('asks no mirror for what is of local source, and leaves it out where that is said', async () => {
  await using dir = await tempDir();
  developSite(dir.path);
  await using server = await startHttpServer({ fault: () => ({ status: 500 }) });
  const down = ['-m', `${server.url}/mirror`, '--retries', '0'];
  expect(await runVerb(['check', '-e', 'env', ...down, 'own', 'app'], dir.path)).toMatchObject({
    code: 1,
    out: expect.stringContaining('0 present, 2 missing'),
  });
  expect((await runVerb(['check', '-e', 'env', ...down], dir.path)).code).toBe(2);
  const mirrors = { m: { url: join(dir.path, 'mirror'), exclude_binary: ['app'] } };
  writeFileSync(join(dir.path, 'env/spack.yaml'), JSON.stringify({ spack: { specs: [], mirrors } }));
  const filtered = await runVerb(['check', '-e', 'env'], dir.path);
  expect(filtered).toMatchObject({
    code: 1,
    out: expect.stringContaining('which is built from local source'),
  });
  const excluding = ['--exclude', 'dev_path=*', '--exclude', '^dev_path=*'];
  expect(await runVerb(['check', '-e', 'env', ...excluding], dir.path)).toMatchObject({
    code: 0,
    out: expect.stringContaining('All 2 specs are present'),
  });
});
