/** Bundles of a thousand specs: equal bytes, any volume missing, killed and resumed, a full disk, and a site without network. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { bundleIn } from '../cache/bundle/bundle-fixture.ts';
import { assertSound, folderDocuments, listedHashes, publishedHashes } from '../cache/mirror-state.ts';
import { generateEnvironment } from '../harness/generate.ts';
import { generateMirror } from '../harness/generate-mirror.ts';
import { type TempDir, tempDir } from '../harness/temp-dir.ts';
import { environmentOf, FIXTURES, mirrorOf } from './command-line.ts';
import { VERB_PROCESS } from './program-under-test.ts';

const SPECS = 1000;
const VOLUMES = 5;
const KILLS = Number(process.env['BUNDLE_KILLS'] ?? 12);
const [PROGRAM, ...BEHIND] = VERB_PROCESS;

let dir: TempDir;
let bundle: ReturnType<typeof bundleIn>;
let create: readonly string[];
let volumes: readonly string[];
const at = (...names: string[]) => join(dir.path, ...names);

beforeAll(async () => {
  dir = await tempDir();
  bundle = bundleIn(dir.path);
  const environment = generateEnvironment({ specs: SPECS, seed: 19 });
  await generateMirror(at('mirror'), environment);
  mkdirSync(at('env'));
  writeFileSync(at('env/spack.lock'), environment.lockfile);
  writeFileSync(at('env/spack.yaml'), 'spack:\n  specs: []\n');
  const all = ['-e', 'env', '-m', './mirror', '-u'];
  const whole = await bundle('create', ...all, '-o', 'whole.tar', '--dry-run', '--json');
  const [{ size = 0 } = {}] = JSON.parse(whole.out).volumes as { size: number }[];
  create = [...all, '--volume-size', String(Math.round(size / (VOLUMES - 0.3)))];
  const ran = await bundle('create', ...create, '-o', 'first/env.tar', '--json');
  expect(ran, ran.err).toMatchObject({ code: 0 });
  volumes = (JSON.parse(ran.out).volumes as { file: string }[]).map(({ file }) => file);
}, 120_000);
afterAll(() => dir[Symbol.asyncDispose]());

const manifestsOf = (mirror: string) => [...publishedHashes(folderDocuments(mirror))].sort();

function start(...args: readonly string[]) {
  const env = { ...process.env, HOME: dir.path, TMPDIR: at('tmp') };
  mkdirSync(at('tmp'), { recursive: true });
  return spawn(PROGRAM, [...BEHIND, 'bundle', ...args], {
    cwd: dir.path,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

it(`${SPECS} specs in ${VOLUMES} volumes, twice with equal bytes`, async () => {
  expect(volumes).toHaveLength(VOLUMES);
  expect((await bundle('create', ...create, '-o', 'second/env.tar', '-j', '3')).code).toBe(0);
  for (const file of volumes) {
    const other = file.replace('/first/', '/second/');
    expect(readFileSync(other).equals(readFileSync(file)), file).toBe(true);
  }
  expect(await bundle('verify', ...volumes)).toMatchObject({ code: 0 });
});

it('imported with each volume missing in turn: named, and nothing is written', async () => {
  for (const [i, file] of volumes.entries()) {
    renameSync(file, at('aside'));
    const [other = ''] = volumes.filter((each) => each !== file);
    const ran = await bundle('import', '-u', other, './nothing');
    renameSync(at('aside'), file);
    expect(ran).toMatchObject({
      code: 2,
      err: expect.stringContaining(`expected volume ${i + 1} (${file})`),
    });
    expect(existsSync(at('nothing'))).toBe(false);
  }
});

describe(`killed ${KILLS} times at random moments, and run again`, () => {
  it('create: what has its name is whole, and the end is the same bytes', async () => {
    const output = at('killed/env.tar');
    const names = () => (existsSync(at('killed')) ? readdirSync(at('killed')) : []);
    const asItShouldBe = (name: string) =>
      readFileSync(at('killed', name)).equals(readFileSync(at('first', name)));
    let parts = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const before = String(names());
      const child = start('create', ...create, '-o', output);
      const closed = once(child, 'close');
      while (child.exitCode === null && String(names()) === before) await sleep(2);
      await sleep(Math.random() * 80);
      child.kill('SIGKILL');
      await closed;
      for (const name of names().filter((each) => each.endsWith('.tar')))
        expect(asItShouldBe(name), name).toBe(true);
      if (names().some((name) => name.endsWith('.part'))) parts++;
      // From the beginning again, so that kills do not all come when all is there.
      if (names().length === VOLUMES) rmSync(at('killed'), { recursive: true });
    }
    const last = await bundle('create', ...create, '-o', output);
    expect(last, last.err).toMatchObject({ code: 0 });
    expect(names()).toHaveLength(VOLUMES);
    for (const name of names()) expect(asItShouldBe(name), name).toBe(true);
    if (KILLS >= 12) expect(parts).toBeGreaterThan(0);
  });

  it('import: a sound mirror each time, and the whole in the end', async () => {
    const mirror = at('killed-mirror');
    let halves = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const child = start('import', '-u', volumes[0] ?? '', './killed-mirror');
      const closed = once(child, 'close');
      // Each spec is said when it is there.
      const begun = new Promise<void>((resolve) => {
        child.stderr.on('data', (text: Buffer) => text.includes(': copied') && resolve());
      });
      await Promise.race([closed, begun]);
      await sleep(Math.random() * 300);
      child.kill('SIGKILL');
      await closed;
      const documents = folderDocuments(mirror);
      assertSound(documents);
      const published = publishedHashes(documents).size;
      if (published < SPECS) halves++;
      else rmSync(mirror, { recursive: true });
    }
    const ran = await bundle('import', '-u', volumes[0] ?? '', './killed-mirror');
    expect(ran, ran.err).toMatchObject({ code: 0 });
    const documents = folderDocuments(mirror);
    assertSound(documents);
    expect(manifestsOf(mirror)).toEqual(manifestsOf(at('mirror')));
    expect(listedHashes(documents)).toEqual(publishedHashes(documents));
    if (KILLS >= 12) expect(halves).toBeGreaterThan(0);
  });
});

/** Runs a shell as root of namespaces of its own: with nothing mounted that was not, and without any interface. */
function isolated(script: string) {
  const env = { ...process.env, HOME: dir.path, VERB: VERB_PROCESS.join(' ') };
  const ended = spawnSync('unshare', ['-r', '-m', '-n', 'sh', '-ec', script], {
    cwd: dir.path,
    env,
    encoding: 'utf8',
  });
  return { code: ended.status, log: `${ended.stdout}${ended.stderr}` };
}

it('a disk that is full in the middle of an import or of a bundle: said, sound, and finished by the next', async () => {
  const { code, log } = isolated(`mkdir small
    mount -t tmpfs -o size=3m none small
    code=0; $VERB bundle import -u ${volumes[0]} ./small/mirror || code=$?
    cp -r small/mirror half; cp -r small/mirror kept
    mount -o remount,size=200m small
    $VERB bundle import -u -q ${volumes[0]} ./small/mirror
    cp -r small/mirror whole
    mount -o remount,size=201m small; rm -r small/mirror
    mount -t tmpfs -o size=600k none small
    made=0; $VERB bundle create ${create.join(' ')} -o small/env.tar || made=$?
    mount -o remount,size=200m small
    $VERB bundle create ${create.join(' ')} -o small/env.tar
    $VERB bundle verify small/*.tar
    echo import $code create $made`);
  expect(code, log).toBe(0);
  expect(log).toMatch(/import 1 create 2/);
  expect(log).toMatch(
    /env-1-of-5\.tar\.part: cannot write the volume: no space left on the device \(ENOSPC\)\. What is written stays/,
  );
  const half = folderDocuments(at('half'));
  assertSound(half);
  expect(publishedHashes(half).size).toBeLessThan(SPECS);
  expect(manifestsOf(at('whole'))).toEqual(manifestsOf(at('mirror')));
});

it('a site without any network: import, check, a verified install, and the program runs', async () => {
  const key = join(FIXTURES, 'toy-ci.pub.asc');
  cpSync(environmentOf('1.2'), at('site/env'), { recursive: true });
  const made = await bundle(
    'create',
    '-e',
    'site/env',
    '-m',
    mirrorOf('1.2', 'signed'),
    '--trusted-keys',
    key,
    '-o',
    'site/env.tar',
  );
  expect(made, made.err).toMatchObject({ code: 0 });
  // Its binaries have no room for a longer root than theirs.
  const store = mkdtempSync('/tmp/s');
  onTestFinished(() => rmSync(store, { recursive: true, force: true }));
  const { code, log } = isolated(`cd site
    grep -q : /proc/net/dev && ! grep -qv -e '^ *lo:' -e '|' /proc/net/dev
    $VERB bundle verify env.tar
    $VERB bundle import env.tar ./mirror --trusted-keys ${key}
    $VERB check -e env -m ./mirror --verify blobs
    $VERB install --otherarch -e env -m ./mirror --trusted-keys ${key} --store ${store}
    $VERB check-index ./mirror --verify all --trusted-keys ${key}`);
  expect(code, log).toBe(0);
  expect(log).toMatch(/All \d specs are present/);
  const program = readdirSync(store, { recursive: true, encoding: 'utf8' }).find((name) =>
    /\/bin\/toyapp$/.test(name),
  );
  expect(program).toBeDefined();
  const { code: ran, log: said } = isolated(join(store, program ?? ''));
  expect(ran, said).toBe(0);
  expect(dirname(program ?? '')).toContain('toyapp');
});
