// Unpacking and relocating against `tar xzf`, which only unpacks.
//
//   node bench/unpack.mjs [MB]        (Node 24; default 500; TMPDIR says where)
//
// Prints the times, the ratio (aim: 1.5 or less) and the peak memory for one big prefix, three runs each in
// turn, and the time of each of 1,000 small ones. The big one is four fifths ELF, a third of it with paths to
// relocate, and one fifth text, half of it with such paths; it compresses about as real ones do.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const self = fileURLToPath(import.meta.url);
const OLD = '/opt/build/store';
const HASH = 'abcdefghijklmnopqrstuvwxyz234567';
const RELATIVE = `linux-x86_64_v3/bench-1.0-${HASH}`;

if (process.argv[2] === 'child') await child(process.argv[3], Number(process.argv[4]));
else await main(Number(process.argv[2] ?? 500));

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

async function main(megabytes) {
  const work = mkdtempSync(join(tmpdir(), 'bench-unpack-'));
  try {
    const big = await pack(work, 'big', megabytes * 1e6);
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
    const small = await pack(work, 'small', 50e3);
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
async function pack(work, name, bytes) {
  const { makeElf } = await import('../test/package/make-elf.ts');
  const root = join(work, name);
  const packed = `${OLD}/${RELATIVE}`.slice(1);
  const prefix = join(root, packed);
  for (const directory of ['.spack', 'lib', 'share']) mkdirSync(join(prefix, directory), { recursive: true });
  const binaries = [];
  const textFiles = [];
  const rpath = `${OLD}/${RELATIVE}/lib:${OLD}/linux-x86_64_v3/zlib-1.3-${HASH}/lib`;
  for (let left = bytes * 0.8, i = 0; left > 0; i++) {
    const size = Math.min(left, [20e3, 200e3, 2e6, 20e6][i % 4]);
    const data = noise(`elf${i}`, size);
    if (i % 3 === 0) data.write(`\0${OLD}/${RELATIVE}/share/data\0`, data.length >> 1, 'latin1');
    writeFileSync(
      join(prefix, `lib/lib${i}.so`),
      makeElf({ needed: ['libc.so.6'], ...(i % 3 === 0 ? { rpath } : {}), data }),
    );
    binaries.push(`lib/lib${i}.so`);
    left -= size;
  }
  for (let left = bytes * 0.2, i = 0; left > 0; i++) {
    if (i % 200 === 0) mkdirSync(join(prefix, `share/${i / 200}`));
    const size = Math.min(left, 1000 + ((i * 7919) % 30_000));
    const path = `share/${Math.floor(i / 200)}/${i}.txt`;
    const text = Buffer.from(noise(`text${i}`, size / 2).toString('hex'));
    if (i % 2 === 0) {
      text.write(`\nprefix=${OLD}/${RELATIVE}\n`, 0, 'latin1');
      textFiles.push(path);
    }
    writeFileSync(join(prefix, path), text);
    left -= size;
  }
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

/** Bytes that compress to about a third: words of a small vocabulary between random ones. */
function noise(seed, size) {
  const out = Buffer.alloc(Math.ceil(size));
  let block = createHash('sha512').update(seed).digest();
  const vocabulary = Buffer.concat(
    Array.from({ length: 64 }, (_, i) => createHash('sha512').update(`v${i}`).digest()),
  );
  for (let at = 0; at < out.length; at += 64) {
    if (at % 192 === 0) block = createHash('sha512').update(block).digest();
    const from = at % 192 === 0 ? block : vocabulary.subarray(64 * ((block[at & 63] ?? 0) & 63));
    from.copy(out, at, 0, 64);
  }
  return out;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

function repeat(times, action) {
  let sum = 0;
  for (let i = 0; i < times; i++) sum += action();
  return sum;
}
