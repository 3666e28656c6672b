/** A verb run in this process as the command line runs it: what users see, and the exit code they get. */
import { runVerb as runAsUser } from '../../src/entry/cli/cli.ts';
import { PROGRAM_UNDER_TEST, runProgram } from './program-under-test.ts';

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
  if (PROGRAM_UNDER_TEST !== undefined) {
    const how = { env: { HOME: folder, ...env }, cwd: folder, ...more };
    const { code, stdout, stderr } = await runProgram(PROGRAM_UNDER_TEST, args, how);
    return { code: code ?? -1, out: stdout, err: stderr };
  }
  const ran = { out: '', err: '' };
  const surroundings = {
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
  };
  return { code: await runAsUser(args, surroundings, '0'), ...ran };
}
