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
}

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
  const peak = /VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  process.send?.({ code, ...said, seconds, megabytes: Number(peak) / 1024 } satisfies VerbAnswer);
});
