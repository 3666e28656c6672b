import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeMirror } from './parts/large-mirror.mjs';
import { askCli, CLI, has, scratch, timeCommand } from './parts/measure.mjs';

export const about =
  '`bundle create` of a mirror of 1,000 specs and 1 GB, some small and some large, against `tar -c` of the same folder; `bundle import` into a folder against `tar -x`. Each is the whole command, and what both wrote is synced to disk. Wants 22 GB in `$TMPDIR`.';
export const notes =
  'tar computes no digest, and gives a file its name before it is on disk. Ours digests every byte, and an import syncs each file before it gets its name, as a sync does. So floors are measured that do that too: tar with a SHA-256 of the whole archive; after `tar -x` a `sync` of each file, one after the other; and the least program (`parts/import-floor.mjs`), which digests, syncs and then names each file, in two threads as ours, and does nothing else. Beyond that an import reads, verifies and indexes 1,000 specs.';

const LEAST = fileURLToPath(new URL('parts/import-floor.mjs', import.meta.url));

export async function run(bench) {
  using work = scratch('bundle');
  const at = (name) => join(work.path, name);
  const [from, env] = [at('from'), at('env')];
  await writeMirror(from, env, bench.size(1000), bench.size(1e9));
  const own = {
    BUILDCACHE_CACHE_DIR: at('cache'),
    BUILDCACHE_KEYRING: at('keys'),
    UV_THREADPOOL_SIZE: '16', // as our launcher sets it, for the least program too
  };
  const best = {};
  const time = async (what, command, args) => {
    const settled = { times: 1, before: () => spawnSync('sync'), env: { ...process.env, ...own } };
    const timed = await timeCommand(command, args, settled);
    best[what] = Math.min(best[what] ?? timed.best, timed.best);
  };
  const shell = (what, command, file) => time(what, 'sh', ['-c', `${command} && sync -f ${file}`]);
  const create = ['bundle', 'create', '-q', '-e', env, '-m', from, '-u', '-o'];
  const bring = ['bundle', 'import', '-q', '-u'];
  const size = `${Math.ceil(bench.size(1e9, 6e7) / 4)}`;
  // Debian's sha256sum does not use what the processor has for it.
  const digest = has('openssl') ? 'openssl dgst -sha256' : 'sha256sum';
  for (let round = 0; round < bench.rounds(4); round++) {
    const to = (what) => at(`${what}-${round}`);
    const writers = [
      () => shell('tar', `tar -cf ${to('tar')}.tar -C ${from} .`, `${to('tar')}.tar`),
      () => time('create', process.execPath, [CLI, ...create, `${to('ours')}.tar`]),
      () => time('volumes', process.execPath, [CLI, ...create, `${to('parts')}.tar`, '--volume-size', size]),
      () =>
        shell(
          'digested',
          `tar -cf - -C ${from} . | tee ${to('sum')}.tar | ${digest} > ${to('sum')}`,
          `${to('sum')}.tar`,
        ),
    ];
    const readers = [
      () => shell('untar', `tar -xf ${to('tar')}.tar -C ${to('x')}`, to('x')),
      () => time('import', process.execPath, [CLI, ...bring, `${to('ours')}.tar`, to('in')]),
      () => time('least', process.execPath, [LEAST, `${to('ours')}.tar`, to('least')]),
      () =>
        shell(
          'synced',
          `${digest} ${to('tar')}.tar > ${to('sum')} && tar -xf ${to('tar')}.tar -C ${to('y')} && find ${to('y')} -type f -exec sync {} +`,
          to('y'),
        ),
    ];
    for (const what of ['x', 'y']) mkdirSync(to(what));
    // A disk takes what comes first faster than what comes next: each has every place once.
    for (const ways of [writers, readers]) {
      for (let i = 0; i < ways.length; i++) await ways[(i + round) % ways.length]?.();
    }
    // Folders stay: ext4 makes files slowly for a minute after it has lost thousands of them.
    for (const name of readdirSync(work.path)) if (name.endsWith('.tar')) rmSync(at(name));
  }
  const tar = { what: 'tar -c and sync', value: best.tar };
  const digested = { what: 'that and a digest', value: best.digested };
  const synced = { what: 'that, a digest and each file synced', value: best.synced };
  bench.note(tar.what, tar.value, 'ms');
  bench.note('tar -c, SHA-256 and sync', digested.value, 'ms', { floor: tar });
  bench.note('create', best.create, 'ms', { floor: tar, aim: 1.2 });
  bench.note('create, beside tar with a digest', best.create, 'ms', { floor: digested });
  bench.note('create, in volumes of a quarter', best.volumes, 'ms', { floor: tar, aim: 1.2 });
  const untar = { what: 'tar -x and sync', value: best.untar };
  const least = { what: 'the least program', value: best.least };
  bench.note(untar.what, untar.value, 'ms');
  bench.note('SHA-256, tar -x and each file synced', synced.value, 'ms', { floor: untar });
  bench.note(least.what, least.value, 'ms', { floor: untar });
  bench.note('import into a folder', best.import, 'ms', { floor: untar, aim: 1.2 });
  bench.note('import, beside tar with a digest and each file synced', best.import, 'ms', { floor: synced });
  bench.note('import, beside the least program', best.import, 'ms', { floor: least });
  const { megabytes } = askCli([...create, at('peak.tar')], own);
  bench.note('create, peak memory', megabytes, 'MB');
}
