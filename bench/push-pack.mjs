import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { packPrefix } from '../src/package/pack.ts';
import { makeLargePrefix } from './parts/large-prefix.mjs';
import { bestOf, childTask, has, inChild, scratch, secondsOf } from './parts/measure.mjs';

export const about =
  'A prefix becomes a tarball, as a library: 500 MB copied from `/usr/lib` against `tar | pigz -6` of the same files, and 1,000 prefixes of a dozen files of 2 kB.';

const CONCURRENT = 8;

const pack = async (folder, prefix) =>
  (
    await packPrefix({
      prefix,
      storeRoot: folder,
      sbangInstallPath: join(folder, 'bin/sbang'),
      spackPrefix: '/opt/spack',
      relativePrefix: relative(folder, prefix),
      hashToPrefix: [['abcdefghijklmnopqrstuvwxyz234567', prefix]],
      spoolDir: folder,
    })
  ).dispose();

const TASKS = {
  large: (folder) => secondsOf(() => pack(folder, join(folder, 'large'))),
  small: (folder, count) =>
    secondsOf(() => {
      let next = 0;
      const worker = async () => {
        while (next < count) await pack(folder, join(folder, 'small', String(next++)));
      };
      return Promise.all(Array.from({ length: CONCURRENT }, worker));
    }),
};

export async function run(bench) {
  using work = scratch('push-pack');
  const folder = work.path;
  makeLargePrefix(join(folder, 'large'), bench.size(500e6));
  const count = bench.size(1000);
  makeSmall(folder, count);
  const ours = [];
  const theirs = [];
  const peer = has('pigz');
  // Alternating, and the best: the machine may be shared.
  for (let round = 0; round < bench.rounds(3); round++) {
    if (peer) theirs.push(await secondsOf(() => tarPigz(folder)));
    ours.push(await inChild(import.meta.url, 'large', folder));
  }
  if (!peer) bench.skip('tar | pigz -6', 'there is no pigz');
  const best = bestOf(ours.length, (_, i) => ({ seconds: ours[i].value, megabytes: ours[i].megabytes }));
  const floor = peer && { what: 'tar \\| pigz -6', value: Math.min(...theirs) };
  bench.note('500 MB', best.seconds, 's', peer ? { floor, aim: 1.2 } : {});
  bench.note('500 MB, peak memory', best.megabytes, 'MB');
  const small = await inChild(import.meta.url, 'small', folder, count);
  bench.note('a small prefix, of 1,000', (small.value / count) * 1000, 'ms', { aim: 3 });
  bench.note('1,000 small prefixes, peak memory', small.megabytes, 'MB');
}

/** The same files through the usual tools. */
function tarPigz(folder) {
  execFileSync('sh', ['-c', 'tar -cf - large | pigz -6 > large.tar.gz'], { cwd: folder });
}

function makeSmall(folder, count) {
  for (let i = 0; i < count; i++) {
    for (const directory of ['.spack', 'bin', 'lib']) {
      const where = join(folder, 'small', String(i), directory);
      mkdirSync(where, { recursive: true });
      for (let j = 0; j < 4; j++) writeFileSync(join(where, `f${j}`), `${i} ${where} ${j}\n`.repeat(50));
    }
  }
}

await childTask(TASKS);
