/** A verb run in this process: its output, its exit code, and the line a failure would end with. */
import { describeError, errorCode } from '../../src/core/errors.ts';
import { buildProgram } from '../../src/entry/cli/cli.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  /** Sees what is written to stderr, as it comes. */
  readonly onError?: (text: string) => void;
}

/** @param folder the working directory, and where all folders of the user's are */
export async function runVerb(
  args: readonly string[],
  folder: string,
  env: Record<string, string> = {},
  more: RunOptions = {},
): Promise<Ran> {
  const ran = { code: 0, out: '', err: '' };
  const context = {
    env: { HOME: folder, ...env },
    cwd: folder,
    stdout: {
      write: (text: string) => {
        ran.out += text;
      },
      isTTY: false,
    },
    stderr: {
      write: (text: string) => {
        ran.err += text;
        more.onError?.(text);
      },
      isTTY: false,
    },
    signal: more.signal ?? new AbortController().signal,
    exit: (code: number) => {
      ran.code = code;
    },
  };
  try {
    const program = await buildProgram(args, context, '0');
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    ran.err += `error[${errorCode(error)}]: ${describeError(error)}\n`;
    ran.code = 2;
  }
  return ran;
}
