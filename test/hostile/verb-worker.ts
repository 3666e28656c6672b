/** Runs verbs one after the other in a process of its own, and says of each how much memory the process had at most. */
import { readFileSync, writeFileSync } from 'node:fs';
import { runVerb } from '../../src/entry/cli/cli.ts';
import { exitOnUncaught } from '../../src/entry/uncaught.ts';

export interface VerbRequest {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

export interface VerbAnswer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly seconds: number;
  readonly megabytes: number;
  /** What the process still holds when the verb is over, in megabytes: the next verb's peak begins there. */
  readonly left: number;
}

const STATUS = '/proc/self/status';
const memory = (what: 'VmHWM' | 'VmRSS') =>
  Number(new RegExp(`${what}:\\s*(\\d+) kB`).exec(readFileSync(STATUS, 'utf8'))?.[1]) / 1024;

exitOnUncaught((text) => void process.stderr.write(`${text}\n`));

process.on('message', async ({ args, env, cwd }: VerbRequest) => {
  global.gc?.();
  writeFileSync('/proc/self/clear_refs', '5'); // proc(5): the peak counts from here
  const said = { out: '', err: '' };
  const stream = (name: 'out' | 'err') => ({
    write: (text: string) => {
      said[name] += text;
    },
    isTTY: false,
  });
  const started = performance.now();
  const signal = new AbortController().signal;
  const code = await runVerb(args, { env, cwd, stdout: stream('out'), stderr: stream('err'), signal }, '0');
  const seconds = (performance.now() - started) / 1000;
  const megabytes = memory('VmHWM');
  global.gc?.();
  process.send?.({ code, ...said, seconds, megabytes, left: memory('VmRSS') } satisfies VerbAnswer);
});
