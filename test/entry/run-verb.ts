/** A verb of the command line, run in this process: argv in, exit code and words out. */
import { describeError, errorCode } from '../../src/core/errors.ts';
import { buildProgram } from '../../src/entry/cli.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly signal?: AbortSignal;
  /** Sees what is written to stderr, as it comes. */
  readonly onError?: (text: string) => void;
}

export async function runVerb(args: readonly string[], options: RunOptions): Promise<Ran> {
  const ran = { code: 0, out: '', err: '' };
  const context = {
    env: options.env,
    cwd: options.cwd,
    stdout: output((text) => {
      ran.out += text;
    }),
    stderr: output((text) => {
      ran.err += text;
      options.onError?.(text);
    }),
    signal: options.signal ?? new AbortController().signal,
    exit: (code: number) => {
      ran.code = code;
    },
  };
  try {
    const program = await buildProgram(args, context, '0');
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    ran.code = 2;
    ran.err += `${errorCode(error)}: ${describeError(error)}`;
  }
  return ran;
}

function output(write: (text: string) => void) {
  return { write, isTTY: false };
}
