/** Timing of whole processes: the best of several runs is what the code costs, the median what a user sees. */
import { fork, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The command line that is measured: the bundle, or another one to compare with. */
export const CLI = process.env.BENCH_CLI ?? fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** A folder of its own, gone in the end. */
export function scratch(name) {
  const path = mkdtempSync(join(tmpdir(), `bench-${name}-`));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/**
 * Runs a command `times` times.
 * @returns milliseconds {best, median}
 * @throws where it exits with none of `codes`
 */
export async function timeCommand(command, args, { times = 7, env = process.env, before, codes = [0] } = {}) {
  const spans = [];
  for (let i = 0; i < times; i++) {
    await before?.();
    const start = performance.now();
    const exit = await new Promise((resolve, reject) => {
      const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
      child.on('error', reject).on('close', resolve);
    });
    spans.push(performance.now() - start);
    if (!codes.includes(exit)) throw new Error(`${[command, ...args].join(' ')} exited with ${exit}`);
  }
  spans.sort((a, b) => a - b);
  return { best: spans[0], median: spans[spans.length >> 1] };
}

/**
 * Runs Node with each of these arguments, in turns: a machine that is shared is slower at one time than at another.
 * @param commands [args, options as for `timeCommand`]
 * @returns milliseconds {best, median} for each
 */
export async function nodeInTurns(rounds, commands) {
  const spans = commands.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, [args, options]] of commands.entries()) {
      const { best } = await timeCommand(process.execPath, args, { ...options, times: 1 });
      spans[i].push(best);
    }
  }
  return spans.map((taken) => {
    taken.sort((a, b) => a - b);
    return { best: taken[0], median: taken[taken.length >> 1] };
  });
}

/**
 * Runs our command line once.
 * @param before what it is run by: `taskset` with its arguments
 * @returns seconds, its peak memory in MB, and what it printed
 */
export function askCli(args, env = {}, before = []) {
  const script = `process.on('exit', () => require('fs').writeSync(3, String(process.resourceUsage().maxRSS)));`;
  const load = `process.argv.splice(1, 0, ${JSON.stringify(CLI)}); import(${JSON.stringify(pathToFileURL(CLI).href)})`;
  const started = performance.now();
  const [program, ...first] = [...before, process.execPath];
  const result = spawnSync(program, [...first, '--eval', `${script} ${load}`, '--', ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  const seconds = (performance.now() - started) / 1000;
  if (result.status !== 0) throw new Error(`${args.join(' ')} exited with ${result.status}`);
  return { seconds, megabytes: Number(result.output[3]) / 1024, stdout: result.stdout };
}

/** The least of several runs' seconds, and the most memory any of them took. */
export function bestOf(times, run) {
  const runs = Array.from({ length: times }, run);
  return {
    ...runs[0],
    seconds: Math.min(...runs.map(({ seconds }) => seconds)),
    megabytes: Math.max(...runs.map(({ megabytes }) => megabytes)),
  };
}

/**
 * Runs a task of a benchmark's file in a process of its own, which ends with {@link childTask}.
 * @returns what the task returned, and the peak memory of its process in MB
 */
export function inChild(url, task, ...args) {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(url), ['task', task, JSON.stringify(args)]);
    let result;
    child.on('message', (message) => {
      result = message;
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 && result ? resolve(result) : reject(new Error(`${task}: exit ${code}`)),
    );
  });
}

/** At the end of a file that {@link inChild} runs: does the task, where that is why the file was loaded. */
export async function childTask(tasks) {
  const [, , word, task, args] = process.argv;
  if (!process.send || word !== 'task' || !Object.hasOwn(tasks, task)) return;
  const value = await tasks[task](...JSON.parse(args));
  process.send({ value, megabytes: process.resourceUsage().maxRSS / 1024 });
  process.disconnect();
}

/** Whether a program is there. */
export function has(program) {
  return spawnSync('sh', ['-c', 'command -v "$1"', 'sh', program], { stdio: 'ignore' }).status === 0;
}

/** The seconds that something takes. */
export async function secondsOf(action) {
  const started = performance.now();
  await action();
  return (performance.now() - started) / 1000;
}
