/**
 * `BUILDCACHE_PROGRAM=PATH npm test -- test/entry` runs what tests run in their own process as a process of that program:
 * so the command line's suite tries the single executable too.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface ProgramRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly signal?: AbortSignal | undefined;
  readonly onStart?: ((pid: number) => void) | undefined;
  readonly onError?: ((text: string) => void) | undefined;
}

/** Undefined where tests run the sources. */
export const PROGRAM_UNDER_TEST = process.env['BUILDCACHE_PROGRAM'];

/** The command line as a process of its own, and what its verb comes behind: that program, else the sources. */
export const VERB_PROCESS: readonly [program: string, ...args: readonly string[]] =
  PROGRAM_UNDER_TEST === undefined
    ? [process.execPath, fileURLToPath(new URL('verb-process.ts', import.meta.url))]
    : [PROGRAM_UNDER_TEST];

export function runProgram(
  program: string,
  args: readonly string[],
  { env, cwd, signal, onStart, onError }: ProgramOptions,
): Promise<ProgramRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text;
      onError?.(text);
    });
    const stop = () => void child.kill('SIGTERM');
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted === true) stop();
    child.on('error', reject);
    child.on('close', (code) => {
      signal?.removeEventListener('abort', stop);
      resolve({ code, ...output });
    });
    if (child.pid !== undefined) onStart?.(child.pid);
  });
}
