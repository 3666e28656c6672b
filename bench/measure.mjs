// Timing of whole processes: the best of several runs is what the code costs, the median what a user sees.
import { spawn } from 'node:child_process';

/** Runs a command `times` times. @returns milliseconds {best, median} and the exit code of the last run */
export async function timeCommand(command, args, { times = 7, env = process.env, before } = {}) {
  const spans = [];
  let code;
  for (let i = 0; i < times; i++) {
    await before?.();
    const start = performance.now();
    code = await new Promise((resolve, reject) => {
      const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
      child.on('error', reject).on('close', resolve);
    });
    spans.push(performance.now() - start);
  }
  spans.sort((a, b) => a - b);
  return { best: spans[0], median: spans[spans.length >> 1], code };
}

/** One line of a report: what, milliseconds, ratio to a floor, aim. */
export function report(what, milliseconds, floor, aim = '') {
  const ratio = floor === undefined ? '' : `${(milliseconds / floor).toFixed(2)}×`;
  console.log(`${what.padEnd(52)} ${milliseconds.toFixed(0).padStart(7)} ms  ${ratio.padStart(8)}  ${aim}`);
}
