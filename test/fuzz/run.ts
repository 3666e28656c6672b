/**
 * Fuzzes the public readers for a while: `npm run test:fuzz -- --seconds N [--seed S] [--case I]`. A case fails on an
 * error that is not ours, one that names no file, over five seconds and over 500 MB. Ends with `N passed, N failed`.
 */
import { mkdtempSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { BuildcacheError, describeError } from '../../src/core/errors.ts';
import { mutated, randomOf } from './mutate.ts';
import { type Target, targetsIn } from './targets.ts';

const MOST_MS = 5_000;
const MOST_BYTES = 500 * 1024 * 1024;
const MOST_SHOWN = 20;

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' }, case: { type: 'string' } },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const only = values.case === undefined ? undefined : Number(values.case);
const folder = mkdtempSync(join(tmpdir(), 'buildcache-fuzz-'));
const targets = targetsIn(folder);
const counts = new Map(targets.map(({ name }) => [name, 0]));
let passed = 0;
let failed = 0;
console.log(`seed ${seed}, ${targets.length} readers, ${values.seconds} seconds`);

const watched = watchdog();
const end = Date.now() + Number(values.seconds) * 1000;
try {
  for (let i = only ?? 0; Date.now() < end; i++) {
    const random = randomOf(seed + i);
    const target = targets[Math.floor(random() * targets.length)] as Target;
    const sound = target.sound[Math.floor(random() * target.sound.length)] as Buffer;
    const bytes = mutated(sound, target.sound, random);
    watched.begin(i);
    const problem = await tried(target, bytes);
    watched.end();
    counts.set(target.name, (counts.get(target.name) ?? 0) + 1);
    if (problem === undefined) passed++;
    else if (++failed <= MOST_SHOWN)
      console.log(`FAILED --seed ${seed} --case ${i} (${target.name}): ${problem}`);
    if (only !== undefined) break;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log([...counts].map(([name, count]) => `${name}: ${count}`).join(', '));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);

async function tried(target: Target, bytes: Buffer): Promise<string | undefined> {
  const started = performance.now();
  const before = process.memoryUsage.rss();
  let problem: string | undefined;
  try {
    await target.read(bytes);
  } catch (error) {
    if (!(error instanceof BuildcacheError))
      problem = `uncaught ${error instanceof Error ? error.stack : error}`;
    else if (error.code === 'internal') problem = `an error of ours: ${error.stack}`;
    else if (target.isNamed?.(error) === false) problem = `names no file: ${describeError(error)}`;
  }
  const took = performance.now() - started;
  if (took > MOST_MS) problem ??= `${Math.round(took)} ms`;
  const grown = process.memoryUsage.rss() - before;
  if (grown > MOST_BYTES) problem ??= `${Math.round(grown / 1e6)} MB`;
  return problem;
}

/** Ends the process where a case does not come to its end: a thread of its own can still say so. */
function watchdog() {
  const state = new BigInt64Array(new SharedArrayBuffer(16));
  const code = `
    const { workerData: state } = require('node:worker_threads');
    setInterval(() => {
      const [since, number] = [Number(Atomics.load(state, 0)), Atomics.load(state, 1)];
      if (since === 0 || Date.now() - since < ${6 * MOST_MS}) return;
      require('node:fs').writeSync(1, 'FAILED --seed ${seed} --case ' + number + ': does not end\\n0 passed, 1 failed\\n');
      process.kill(process.pid, 'SIGKILL');
    }, 500);`;
  new Worker(code, { eval: true, workerData: state }).unref();
  process.on('uncaughtException', (error) => {
    writeSync(
      1,
      `FAILED --seed ${seed} --case ${Atomics.load(state, 1)}: uncaught ${error.stack}\n${passed} passed, ${failed + 1} failed\n`,
    );
    process.exit(1);
  });
  return {
    begin(i: number) {
      Atomics.store(state, 1, BigInt(i));
      Atomics.store(state, 0, BigInt(Date.now()));
    },
    end: () => void Atomics.store(state, 0, 0n),
  };
}
