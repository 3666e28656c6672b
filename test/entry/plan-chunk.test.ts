/** A job of a plan that builds. The stand-in for Spack runs on Node, which the machine of the command line may not have. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type DevelopSite, developSite } from '../harness/develop-site.ts';
import { type PlanSite, planSite, tally } from '../harness/plan-site.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { runVerb } from './run-verb.ts';

/** Runs a chunk with the builder of the site. */
async function chunk(site: PlanSite, hashes: readonly string[], ...args: readonly string[]) {
  const builder = join(import.meta.dirname, '../harness/plan-builder.mjs');
  const store = join(site.folder, 'store');
  const command = ['--', process.execPath, builder, site.folder, store];
  return await runVerb(['plan', '-e', 'env', '--chunk', hashes.join(' '), ...args, ...command], site.folder);
}

it('builds what is missing in order, and what fails takes along only what needs it', async () => {
  await using dir = await tempDir();
  const made = planSite(dir.path, 8, 3);
  const [failing = ''] = made.buildable.filter(
    (hash) => made.above(hash).size > 1 && made.above(hash).size < 7,
  );
  made.fail(failing);
  const ran = await chunk(made, made.buildable.toReversed());
  expect(ran.code).toBe(1);
  expect(ran.err).toContain('failed with exit code 1');
  expect(ran.err).toMatch(/error: .*: blocked, dropped: no mirror has /);
  const built = [...made.events()].filter(([, events]) => events.includes('built')).map(([hash]) => hash);
  const lost = made.above(failing);
  expect(built.sort()).toEqual(made.buildable.filter((hash) => !lost.has(hash)).sort());
  expect(tally(made, [failing])).toMatchObject({ builtTwice: 0, tooEarly: 0 });
});

it.each<[string, (hash: string) => string]>([
  ['nothing', () => ''],
  ['the beginning of a hash', (hash) => hash.slice(0, 7)],
  ['a hash that was cut short, after a whole one', (hash) => `${hash} ${hash.slice(0, 31)}`],
  ['a hash behind a slash', (hash) => `/${hash}`],
  ['a hash in capitals', (hash) => hash.toUpperCase()],
  ['a spec', (hash) => `geo1/${hash}`],
])('does not pass for done where the chunk has %s', async (_, chunkOf) => {
  await using dir = await tempDir();
  const made = planSite(dir.path, 2, 3);
  const ran = await chunk(made, [chunkOf(made.buildable[0] ?? '')]);
  expect(ran).toMatchObject({ code: 2, err: expect.stringMatching(/^error: .*\bchunk\b.*\n$/) });
  expect([...made.events()]).toEqual([]);
});

describe('a spec of local source', () => {
  const planned = async (site: DevelopSite, ...args: string[]) =>
    await runVerb(['plan', '-e', 'env', '-m', './mirror', ...args], site.folder);

  it('is planned whatever a mirror has, and built along by the other chunk that needs it', async () => {
    await using dir = await tempDir();
    const site = developSite(dir.path);
    const { specs, for_no_mirror } = JSON.parse((await planned(site, '--json')).out);
    expect(specs.map(({ name }: { name: string }) => name)).toEqual(['own', 'app']);
    expect(for_no_mirror).toEqual([]);
    const { own, app } = site.hashes;
    for (const [name, hash] of Object.entries({ own, app })) {
      const ran = await planned(site, '--chunk', hash);
      expect(ran).toMatchObject({ code: 0, out: `${name}@1.0/${hash}\n` });
    }
    const failing = await planned(site, '--chunk', `${own} ${app}`, '--', 'false');
    expect(failing).toMatchObject({ code: 1, err: expect.stringContaining('no mirror has own@1.0/') });
  });

  it('blocks what needs it where it cannot be built along', async () => {
    await using dir = await tempDir();
    const site = developSite(dir.path, undefined, 'tool');
    const ran = await planned(site, '--chunk', site.hashes.app);
    expect(ran).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/app@1\.0.*blocked.*own@1\.0/),
    });
  });
});

// Such a command exits with 0, no autopush takes it for built here, and what needs it would be blocked in each run.
it('says what a command did not build, and how it comes to a mirror', async () => {
  await using dir = await tempDir();
  const made = planSite(dir.path, 3, 3);
  const store = join(dir.path, 'store');
  const fresh = await chunk(made, made.buildable, '--store', store);
  expect(fresh).toMatchObject({ code: 0, err: expect.not.stringMatching(/installed before|unpacked/) });
  const [unpacked = '', ...others] = made.buildable;
  const database = JSON.parse(readFileSync(join(store, '.spack-db/index.json'), 'utf8'));
  const { path } = database.database.installs[unpacked];
  writeFileSync(join(path, '.spack/binary_distribution'), '{}');
  const kept = await chunk(made, made.buildable, '--store', store);
  expect(kept.code).toBe(0);
  const told = (hash: string) =>
    kept.err.split('\n').find((line) => line.startsWith('warning') && line.includes(hash.slice(0, 7)));
  expect(told(unpacked)).toContain('was unpacked from a build cache');
  for (const hash of others) expect(told(hash), hash).toContain('was installed before this began');
});
