// Unpacking and relocating against `tar xzf`, which only unpacks.
//
//   node bench/unpack.mjs [MB]        (Node 24; default 500; TMPDIR says where)
//
// Prints the times, the ratio (aim: 1.5 or less) and the peak memory for one big prefix, three runs each in
// turn, and the time of each of 1,000 small ones.
import { execFileSync } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fillPrefix } from './relocatable-prefix.mjs';

const self = fileURLToPath(import.meta.url);
const OLD = '/opt/build/store';
const HASH = 'abcdefghijklmnopqrstuvwxyz234567';
const RELATIVE = `linux-x86_64_v3/bench-1.0-${HASH}`;

if (process.argv[1] === self) {
  if (process.argv[2] === 'child') await child(process.argv[3], Number(process.argv[4]));
  else await run(Number(process.argv[2] ?? 500));
}

/** Unpacks the tarball so many times and prints seconds and peak memory. */
async function child(tarball, times) {
  const { unpackPackage } = await import('../src/package/unpack.ts');
  const { relocationMap } = await import('../src/package/relocate-map.ts');
  const root = mkdtempSync(join(tmpdir(), 'bench-unpack-'));
  const start = performance.now();
  let relocated;
  for (let i = 0; i < times; i++) {
    const prefix = join(root, `${i}`, RELATIVE);
    const target = {
      storeRoot: '/opt/t',
      sbangPath: '/opt/t/bin/sbang',
      prefixes: [[HASH, `/opt/t/${RELATIVE}`]],
    };
    const relocation = (info) => relocationMap(info, target);
    const options = { tarball: createReadStream(tarball), prefix, hash: HASH, format: 'elf', relocation };
    ({ relocated } = await unpackPackage(options));
  }
  const seconds = (performance.now() - start) / 1000;
  rmSync(root, { recursive: true });
  console.log(JSON.stringify({ seconds, megabytes: process.resourceUsage().maxRSS / 1024, relocated }));
}

export async function run(megabytes = 500) {
  const work = mkdtempSync(join(tmpdir(), 'bench-unpack-'));
  try {
    const big = pack(work, 'big', megabytes * 1e6);
    const [ours, tars] = [[], []];
    for (let i = 0; i < 3; i++) {
      tars.push(runTar(work, big));
      ours.push(runOurs(big, 1));
    }
    const [tarTime, ourTime] = [median(tars), median(ours.map(({ seconds }) => seconds))];
    const memory = Math.max(...ours.map((run) => run.megabytes));
    console.log(
      `${megabytes} MB (${(statSync(big).size / 1e6).toFixed(0)} MB packed), relocated`,
      ours[0].relocated,
    );
    console.log(`  tar xzf   ${tarTime.toFixed(2)} s`);
    console.log(`  ours      ${ourTime.toFixed(2)} s, ratio ${(ourTime / tarTime).toFixed(2)}`);
    console.log(`  peak RSS  ${memory.toFixed(0)} MB`);
    const small = pack(work, 'small', 50e3);
    const each = runOurs(small, 1000);
    console.log('1,000 prefixes of 50 KB');
    console.log(`  ours      ${each.seconds.toFixed(2)} ms each, peak RSS ${each.megabytes.toFixed(0)} MB`);
    console.log(`  tar xzf   ${((1000 * repeat(20, () => runTar(work, small))) / 20).toFixed(2)} ms each`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function runOurs(tarball, times) {
  const args = ['--no-warnings', self, 'child', tarball, String(times)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

function runTar(work, tarball) {
  const out = mkdtempSync(join(work, 'tar-'));
  const start = performance.now();
  execFileSync('tar', ['xzf', tarball, '-C', out]);
  const seconds = (performance.now() - start) / 1000;
  rmSync(out, { recursive: true });
  return seconds;
}

/** Packs a prefix of about so many bytes with the system's tar, build info last as Spack does. */
function pack(work, name, bytes) {
  const root = join(work, name);
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
  const archive = join(work, `${name}.tar`);
  execFileSync('tar', ['--sort=name', '--exclude=binary_distribution', '-cf', archive, '-C', root, packed]);
  execFileSync('tar', ['-rf', archive, '-C', root, `${packed}/.spack/binary_distribution`]);
  execFileSync('gzip', ['-6', archive]);
  rmSync(root, { recursive: true });
  return `${archive}.gz`;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

function repeat(times, action) {
  let sum = 0;
  for (let i = 0; i < times; i++) sum += action();
  return sum;
}
