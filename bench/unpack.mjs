import { execFileSync } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { relocationMap } from '../src/package/relocate-map.ts';
import { unpackPackage } from '../src/package/unpack.ts';
import { childTask, inChild, scratch, secondsOf } from './parts/measure.mjs';
import { fillPrefix } from './parts/relocatable-prefix.mjs';

export const about =
  'Unpacking and relocating, as a library, against `tar xzf` of the same tarball, which only unpacks: a prefix of 500 MB, and one of 50 KB 1,000 times.';

const OLD = '/opt/build/store';
const HASH = 'abcdefghijklmnopqrstuvwxyz234567';
const RELATIVE = `linux-x86_64_v3/bench-1.0-${HASH}`;

const TASKS = {
  /** Unpacks the tarball so many times. */
  unpack: (folder, tarball, times) =>
    secondsOf(async () => {
      const root = mkdtempSync(join(folder, 'unpack-'));
      for (let i = 0; i < times; i++) {
        const prefix = join(root, `${i}`, RELATIVE);
        const prefixes = [[HASH, `/opt/t/${RELATIVE}`]];
        const relocation = (info) =>
          relocationMap(info, { storeRoot: '/opt/t', sbangPath: '/opt/t/bin/sbang', prefixes });
        const options = { tarball: createReadStream(tarball), prefix, hash: HASH, format: 'elf', relocation };
        const { relocated } = await unpackPackage(options);
        if (Object.values(relocated).every((count) => !(count > 0))) throw new Error('nothing was relocated');
      }
    }),
};

export async function run(bench) {
  using work = scratch('unpack');
  const folder = work.path;
  const big = pack(folder, 'big', bench.size(500e6));
  const ours = [];
  const tars = [];
  for (let round = 0; round < bench.rounds(3); round++) {
    tars.push(await secondsOf(() => untar(folder, big)));
    ours.push(await inChild(import.meta.url, 'unpack', folder, big, 1));
  }
  const floor = { what: 'tar xzf', value: Math.min(...tars) };
  bench.note('a prefix of 500 MB', Math.min(...ours.map(({ value }) => value)), 's', { floor, aim: 1.5 });
  bench.note('a prefix of 500 MB, peak memory', Math.max(...ours.map(({ megabytes }) => megabytes)), 'MB');
  const small = pack(folder, 'small', 50e3);
  const count = bench.size(1000);
  const each = await inChild(import.meta.url, 'unpack', folder, small, count);
  const tries = bench.rounds(20);
  const tar = await secondsOf(() => {
    for (let i = 0; i < tries; i++) untar(folder, small);
  });
  const beside = { floor: { what: 'a tar xzf', value: (tar / tries) * 1000 } };
  bench.note('a prefix of 50 KB, of 1,000', (each.value / count) * 1000, 'ms', beside);
}

function untar(folder, tarball) {
  const out = mkdtempSync(join(folder, 'tar-'));
  execFileSync('tar', ['xzf', tarball, '-C', out]);
}

/** Packs a prefix of about so many bytes with the system's tar, build info last as Spack does. */
function pack(folder, name, bytes) {
  const root = join(folder, name);
  const packed = `${OLD}/${RELATIVE}`.slice(1);
  const prefix = join(root, packed);
  const other = `${OLD}/linux-x86_64_v3/zlib-1.3-${HASH}`;
  const { binaries, textFiles } = fillPrefix(prefix, bytes, `${OLD}/${RELATIVE}`, other);
  writeFileSync(
    join(prefix, '.spack/binary_distribution'),
    `{sbang_install_path: ${OLD}/bin/sbang, buildpath: ${OLD}, relative_prefix: ${RELATIVE}, ` +
      `hardlinks_deduped: true, hash_to_prefix: {${HASH}: ${OLD}/${RELATIVE}}, ` +
      `relocate_binaries: [${binaries}], relocate_links: [], relocate_textfiles: [${textFiles}]}\n`,
  );
  const archive = join(folder, `${name}.tar`);
  execFileSync('tar', ['--sort=name', '--exclude=binary_distribution', '-cf', archive, '-C', root, packed]);
  execFileSync('tar', ['-rf', archive, '-C', root, `${packed}/.spack/binary_distribution`]);
  execFileSync('gzip', ['-6', archive]);
  rmSync(root, { recursive: true });
  return `${archive}.gz`;
}

await childTask(TASKS);
