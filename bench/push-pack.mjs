/**
 * How fast a prefix becomes a tarball: packPrefix on about 500 MB copied from /usr/lib, against `tar | pigz -6`
 * on the same files, and on 1,000 small prefixes. Prints ratios and the peak memory of a run of its own.
 *
 *   node bench/push-pack.mjs [megabytes]       with a Node that strips types (24); wants tar and pigz
 */
import { execFileSync, fork } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { packPrefix } from '../src/package/pack.ts';
import { makeLargePrefix } from './large-prefix.mjs';

const SMALL = 1000;
const CONCURRENT = 8;

if (process.send) {
  const [, , task, folder] = process.argv;
  const seconds = task === 'large' ? await packLarge(folder) : await packSmall(folder);
  process.send({ seconds, peak: process.resourceUsage().maxRSS / 1024 });
} else {
  await main(Number(process.argv[2] ?? 500));
}

async function main(megabytes) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'push-pack-'));
  try {
    const bytes = makeLargePrefix(path.join(folder, 'large'), megabytes * 1e6);
    makeSmall(folder);
    console.log(`Node ${process.versions.node}, ${os.availableParallelism()} cores`);
    // Alternating, and the best of three: the machine is shared.
    const ours = [];
    const pigz = [];
    for (let round = 0; round < 3; round++) {
      pigz.push(tarPigz(folder));
      ours.push(await inChild('large', folder));
    }
    const best = Math.min(...ours.map((run) => run.seconds));
    const theirs = Math.min(...pigz);
    report(`${(bytes / 1e6).toFixed(0)} MB`, best, ours);
    console.log(
      `  tar | pigz -6 ${theirs.toFixed(2)} s, so the ratio is ${(best / theirs).toFixed(2)} (aim: 1.2)`,
    );
    const small = [await inChild('small', folder), await inChild('small', folder)];
    const bestSmall = Math.min(...small.map((run) => run.seconds));
    report(`${SMALL} small prefixes`, bestSmall, small);
    console.log(`  ${((bestSmall / SMALL) * 1000).toFixed(2)} ms each (aim: 3)`);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function report(what, seconds, runs) {
  const peak = Math.max(...runs.map((run) => run.peak));
  console.log(`${what}: packPrefix ${seconds.toFixed(2)} s, peak ${peak.toFixed(0)} MB resident`);
}

function inChild(task, folder) {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), [task, folder]);
    child.once('message', resolve);
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? undefined : reject(new Error(`exit ${code}`))));
  });
}

async function packLarge(folder) {
  const started = performance.now();
  await (await packPrefix(optionsFor(folder, path.join(folder, 'large')))).dispose();
  return (performance.now() - started) / 1000;
}

async function packSmall(folder) {
  const started = performance.now();
  let next = 0;
  const worker = async () => {
    while (next < SMALL) {
      await (await packPrefix(optionsFor(folder, path.join(folder, 'small', String(next++))))).dispose();
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT }, worker));
  return (performance.now() - started) / 1000;
}

function optionsFor(folder, prefix) {
  return {
    prefix,
    storeRoot: folder,
    sbangInstallPath: path.join(folder, 'bin/sbang'),
    spackPrefix: '/opt/spack',
    relativePrefix: path.relative(folder, prefix),
    hashToPrefix: [['abcdefghijklmnopqrstuvwxyz234567', prefix]],
    spoolDir: folder,
  };
}

/** The same files through the usual tools, the digest Spack wants included. */
function tarPigz(folder) {
  const started = performance.now();
  execFileSync('sh', ['-c', 'tar -cf - large | pigz -6 > large.tar.gz'], { cwd: folder });
  return (performance.now() - started) / 1000;
}

/** A dozen files of 2 kB each in three folders. */
function makeSmall(folder) {
  for (let i = 0; i < SMALL; i++) {
    for (const directory of ['.spack', 'bin', 'lib']) {
      const where = path.join(folder, 'small', String(i), directory);
      fs.mkdirSync(where, { recursive: true });
      for (let j = 0; j < 4; j++)
        fs.writeFileSync(path.join(where, `f${j}`), `${i} ${where} ${j}\n`.repeat(50));
    }
  }
}
