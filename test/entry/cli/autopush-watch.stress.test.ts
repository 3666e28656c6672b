/**
 * A build and its watch that are killed at random moments: what the database listed ten seconds before is on the mirror,
 * or its blobs are; the mirror is sound; the next job completes it. And how much of the machine the watch takes.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readInstallTree } from '../../../src/tree/install-tree.ts';
import { makeKey } from '../../cache/keys.ts';
import {
  assertSound,
  blobOf,
  folderDocuments,
  manifestRecords,
  publishedHashes,
} from '../../cache/mirror-state.ts';
import { generateEnvironment } from '../../harness/generate.ts';
import { generateStore } from '../../harness/generate-store.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const KILLS = 20;
const SPECS = 30;
const BULK = 100_000;
/** Of a build; the database lists each as soon as it is built. */
const EACH_MS = 150;
/** The promise is ten seconds; half of them are enough on a machine that has little else to do. */
const BEFORE_MS = 5_000;

const verb = fileURLToPath(new URL('../verb-process.ts', import.meta.url));
const builder = fileURLToPath(new URL('../../harness/slow-install.mjs', import.meta.url));

/** A store that is listed spec by spec, as if it were being built. */
async function site(signed: boolean) {
  const dir = await tempDir();
  const store = join(dir.path, 'store');
  generateStore(store, generateEnvironment({ specs: SPECS, seed: 3 }), BULK);
  const whole = readFileSync(join(store, '.spack-db/index.json'), 'utf8');
  const all = join(dir.path, 'all.json');
  writeFileSync(all, whole);
  rmSync(join(store, '.spack-db/index.json'));
  mkdirSync(join(dir.path, 'mirror'));
  const mirrors = { ours: { url: join(dir.path, 'mirror'), signed, autopush: true } };
  writeFileSync(join(dir.path, 'spack.yaml'), JSON.stringify({ spack: { mirrors } }));
  const key = await makeKey();
  const env = { PATH: process.env['PATH'] ?? '', HOME: dir.path, BUILDCACHE_SIGNING_KEY: key.privateKey };
  const watch = ['autopush', '--watch', '--poll', '0.5', '--store', store];
  return {
    folder: dir.path,
    store,
    start: (milliseconds: number) =>
      spawn(
        process.execPath,
        [verb, ...watch, '--', process.execPath, builder, store, all, `${milliseconds}`],
        {
          cwd: dir.path,
          env,
          detached: true,
          stdio: 'ignore',
        },
      ),
    finish: () => {
      const { status, stderr } = spawnSync(process.execPath, [verb, 'autopush', '--store', store], {
        cwd: dir.path,
        env,
        encoding: 'utf8',
      });
      return { status, problems: stderr.split('\n').filter((line) => line.startsWith('error')) };
    },
    documents: () => folderDocuments(join(dir.path, 'mirror')),
    /** When each was listed. */
    listed: () =>
      new Map(
        readFileSync(join(store, 'listed'), { encoding: 'utf8', flag: 'a+' })
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => [line.split(' ')[0] ?? '', Number(line.split(' ')[1])] as const),
      ),
    [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose](),
  };
}

/** Hashes of specs whose spec file is among the blobs, whether or not anything names it. */
function sentHashes(documents: ReturnType<typeof folderDocuments>): Set<string> {
  const found = new Set<string>();
  for (const [name] of documents) {
    const checksum = /^blobs\/sha256\/..\/([0-9a-f]{64})$/.exec(name)?.[1];
    if (checksum === undefined) continue;
    const record = { contentLength: 0, checksum, compression: 'gzip', mediaType: '' };
    try {
      const hash = JSON.parse(blobOf(documents, record).toString('utf8'))?.spec?.nodes?.[0]?.hash;
      if (typeof hash === 'string') found.add(hash);
    } catch {
      // A tarball, or what is not compressed.
    }
  }
  return found;
}

test.each([
  ['signed', true],
  ['unsigned', false],
] as const)(
  'kills lose nothing: a mirror that is %s',
  async (_, signed) => {
    for (let kill = 0; kill < KILLS / 2; kill++) {
      await using run = await site(signed);
      const child = run.start(EACH_MS);
      // A fixed spread over the build and what follows it, so that a failure can be repeated.
      await sleep(1500 + ((kill * 977) % (SPECS * EACH_MS + 4000)));
      const killed = Date.now();
      try {
        process.kill(-(child.pid ?? 0), 'SIGKILL');
      } catch {
        // It was over.
      }
      const documents = run.documents();
      assertSound(documents);
      const there = new Set([...publishedHashes(documents), ...sentHashes(documents)]);
      const owed = [...run.listed()].filter(([, at]) => at < killed - BEFORE_MS).map(([hash]) => hash);
      expect(owed.filter((hash) => !there.has(hash))).toEqual([]);
      // Killed before anything was built there is no tree yet.
      if (run.listed().size === 0) continue;
      expect(run.finish()).toEqual({ status: 0, problems: [] });
      const after = run.documents();
      assertSound(after);
      const built = [...(await readInstallTree(run.store)).records.values()].filter(
        ({ node, installed }) => installed && node.external === undefined,
      );
      expect(publishedHashes(after)).toEqual(new Set(built.map(({ node }) => node.hash)));
      // What was sent before was not sent again: each entry still names blobs that are there.
      for (const [name, bytes] of after)
        if (name.endsWith('.spec.manifest.json'))
          for (const record of manifestRecords(bytes))
            expect(after.has(`blobs/sha256/${record.checksum.slice(0, 2)}/${record.checksum}`)).toBe(true);
    }
  },
  600_000,
);

test('a build beside which is pushed loses at most a twentieth of the machine', async () => {
  await using run = await site(true);
  const child = run.start(1000);
  const ended = once(child, 'close');
  await sleep(12_000);
  // utime and stime, in ticks of a hundredth; its children are the build's.
  const [, rest = ''] = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ');
  const fields = rest.split(' ');
  const own = (Number(fields[11]) + Number(fields[12])) / 100;
  const status = readFileSync(`/proc/${child.pid}/task/${child.pid}/stat`, 'utf8').split(') ')[1] ?? '';
  const nice = Number(status.split(' ')[16]);
  console.log(
    `CPU of the watch in 12 s of building: ${own.toFixed(2)} s, of which 1 to start, at nice ${nice}`,
  );
  expect(nice).toBe(19);
  process.kill(-(child.pid ?? 0), 'SIGKILL');
  await ended;
}, 60_000);
