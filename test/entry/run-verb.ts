/** A verb of the command line, run in this process with all that it gets from outside. */
import { describeError, errorCode } from '../../src/core/errors.ts';
import { buildProgram } from '../../src/entry/cli.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** @param cwd also holds the verb's own cache */
export async function runVerb(
  args: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
): Promise<Ran> {
  const ran = { code: 0, out: '', err: '' };
  const output = (name: 'out' | 'err') => ({
    write: (text: string) => {
      ran[name] += text;
    },
    isTTY: false,
  });
  const context = {
    env: { BUILDCACHE_CACHE_DIR: `${cwd}/.cache`, HOME: cwd, ...env },
    cwd,
    stdout: output('out'),
    stderr: output('err'),
    signal: new AbortController().signal,
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
