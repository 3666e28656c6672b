import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeMirror } from './parts/large-mirror.mjs';
import { askCli, CLI, scratch, timeCommand } from './parts/measure.mjs';

export const about =
  '`bundle create` of a mirror of 1,000 specs and 1 GB, some small and some large, against `tar -c` of the same folder; `bundle import` into a folder against `tar -x`. Each is the whole command, and what both wrote is synced to disk. Wants 8 GB in `$TMPDIR`.';
export const notes =
  'Ours digests every byte on the way, and an import syncs every file before it gets its name, as a sync does.';

export async function run(bench) {
  using work = scratch('bundle');
  const at = (name) => join(work.path, name);
  const [from, env] = [at('from'), at('env')];
  await writeMirror(from, env, bench.size(1000), bench.size(1e9));
  const own = { BUILDCACHE_CACHE_DIR: at('cache'), BUILDCACHE_KEYRING: at('keys') };
  const best = {};
  const time = async (what, command, args) => {
    const settled = { times: 1, before: () => spawnSync('sync'), env: { ...process.env, ...own } };
    const timed = await timeCommand(command, args, settled);
    best[what] = Math.min(best[what] ?? timed.best, timed.best);
  };
  const shell = (what, command, file) => time(what, 'sh', ['-c', `${command} && sync -f ${file}`]);
  const create = ['bundle', 'create', '-q', '-e', env, '-m', from, '-u', '-o'];
  const size = `${Math.ceil(bench.size(1e9, 6e7) / 4)}`;
  for (let round = 0; round < bench.rounds(3); round++) {
    const to = (what) => at(`${what}-${round}`);
    mkdirSync(to('x'));
    await shell('tar', `tar -cf ${to('tar')}.tar -C ${from} .`, `${to('tar')}.tar`);
    await time('create', process.execPath, [CLI, ...create, `${to('ours')}.tar`]);
    await time('volumes', process.execPath, [CLI, ...create, `${to('parts')}.tar`, '--volume-size', size]);
    await shell('untar', `tar -xf ${to('tar')}.tar -C ${to('x')}`, to('x'));
    await time('import', process.execPath, [
      CLI,
      'bundle',
      'import',
      '-q',
      '-u',
      `${to('ours')}.tar`,
      to('in'),
    ]);
    rmSync(`${to('tar')}.tar`);
  }
  const tar = { what: 'tar -c and sync', value: best.tar };
  const untar = { what: 'tar -x and sync', value: best.untar };
  bench.note('tar -c and sync', best.tar, 'ms');
  bench.note('create', best.create, 'ms', { floor: tar, aim: 1.2 });
  bench.note('create, in volumes of a quarter', best.volumes, 'ms', { floor: tar, aim: 1.2 });
  bench.note('tar -x and sync', best.untar, 'ms');
  bench.note('import into a folder', best.import, 'ms', { floor: untar });
  const { megabytes } = askCli([...create, at('peak.tar')], own);
  bench.note('create, peak memory', megabytes, 'MB');
}
