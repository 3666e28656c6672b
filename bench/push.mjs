import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { generateKey } from 'openpgp';
import { openSigner } from '../src/cache/trust/signing.ts';
import { remakeIndex } from '../src/cache/writing/update-index.ts';
import { generateEnvironment } from '../test/harness/generate.ts';
import { generateStore } from '../test/harness/generate-store.ts';
import { makeLargePrefix } from './parts/large-prefix.mjs';
import { childTask, has, inChild, scratch, secondsOf } from './parts/measure.mjs';
import { JOBS, makeStoreOfOne, openFolder, pushTree } from './parts/stores.mjs';

export const about =
  'Installed specs into a mirror on disk: 1,000 small ones, one of 500 MB against `tar | pigz -6` and `sha256sum` of the same files, and the index after one new spec in 1,000. Each in a process of its own.';

const pushed = (folder, store, mirror, options) =>
  secondsOf(() => pushTree(join(folder, store), openFolder(join(folder, mirror)), options));

const TASKS = {
  all: (folder) => pushed(folder, 'store', 'mirror-all'),
  signed: async (folder) => {
    const { privateKey } = await generateKey({
      type: 'ecc',
      curve: 'ed25519Legacy',
      userIDs: [{ name: 'bench' }],
    });
    const signer = await openSigner({ secretKeys: privateKey, source: 'bench', mirror: 'bench' });
    return await pushed(folder, 'store', 'mirror-signed', { signer });
  },
  /** All but one in the index, that one beside it. */
  allButOne: async (folder) => {
    rmSync(join(folder, 'mirror'), { recursive: true, force: true });
    await pushed(folder, 'store', 'mirror', { choose: (specs) => specs.slice(0, -1) });
    return await pushed(folder, 'store', 'mirror', {
      choose: (specs) => specs.slice(-1),
      updateIndex: false,
    });
  },
  one: (folder) => pushed(folder, 'store', 'mirror', { choose: (specs) => specs.slice(-1) }),
  updateIndex: (folder, full) =>
    secondsOf(() =>
      remakeIndex(openFolder(join(folder, 'mirror')), {
        jobs: JOBS,
        full,
        onProblem: (text) => {
          throw new Error(text);
        },
      }),
    ),
  large: (folder) => {
    rmSync(join(folder, 'mirror-large'), { recursive: true, force: true });
    return pushed(folder, 'large-store', 'mirror-large');
  },
};

export async function run(bench) {
  using work = scratch('push');
  const folder = work.path;
  generateStore(join(folder, 'store'), generateEnvironment({ specs: bench.size(1000) }));
  const task = (name, ...args) => inChild(import.meta.url, name, folder, ...args);
  const all = await task('all');
  bench.note('1,000 small prefixes', all.value, 's', { aim: 8 });
  bench.note('1,000 small prefixes, peak memory', all.megabytes, 'MB');
  bench.note('1,000 small prefixes, signed (Ed25519)', (await task('signed')).value, 's');
  await task('allButOne');
  bench.note('update-index, one new spec in 1,000', (await task('updateIndex', false)).value, 's', {
    aim: 0.5,
  });
  bench.note('update-index --full of 1,000', (await task('updateIndex', true)).value, 's');
  await task('allButOne');
  bench.note('one spec, with the index of 1,000', (await task('one')).value, 's');
  await large(bench, folder, task);
}

async function large(bench, folder, task) {
  makeLargePrefix(join(makeStoreOfOne(join(folder, 'large-store')), 'lib'), bench.size(500e6));
  const ours = [];
  const theirs = [];
  const peer = has('pigz');
  // Alternating, and the best: the machine may be shared.
  for (let round = 0; round < bench.rounds(3); round++) {
    if (peer) theirs.push(await secondsOf(() => tarPigz(folder)));
    ours.push(await task('large'));
  }
  const best = Math.min(...ours.map(({ value }) => value));
  if (!peer) bench.skip('tar | pigz -6 and sha256sum', 'there is no pigz');
  const floor = peer && { what: 'tar \\| pigz -6 and sha256sum', value: Math.min(...theirs) };
  bench.note('a prefix of 500 MB', best, 's', peer ? { floor, aim: 1.2 } : {});
  bench.note('a prefix of 500 MB, peak memory', Math.max(...ours.map(({ megabytes }) => megabytes)), 'MB', {
    aim: 250,
  });
}

/** The same files through the usual tools, with the digest that names the blob. */
function tarPigz(folder) {
  execFileSync('sh', ['-c', 'tar -cf - large-store | pigz -6 > large.tar.gz && sha256sum large.tar.gz'], {
    cwd: folder,
    stdio: 'ignore',
  });
}

await childTask(TASKS);
