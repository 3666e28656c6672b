/**
 * Runs what an action's process would run, in this one: a fifth of a second less each. For as long as it takes,
 * environment and working directory of this process, and its streams, are the action's; so one at a time.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { type ProcessOptions, type ProcessResult, splitLines } from './runner-process.ts';

/** Set in all that an action does: what earlier tests have left running may write too, and not to its streams. */
const acting = new AsyncLocalStorage<true>();
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

export async function runHere(
  act: () => Promise<void>,
  { env, cwd, onLine }: ProcessOptions,
): Promise<ProcessResult> {
  const before = { env: process.env, cwd: process.cwd(), exitCode: process.exitCode };
  const listeners = SIGNALS.map((signal) => process.listeners(signal));
  const stdout = divert(process.stdout, onLine);
  const stderr = divert(process.stderr, onLine);
  try {
    process.env = { ...env };
    process.chdir(cwd);
    process.exitCode = undefined;
    await acting.run(true, act);
    return {
      exitCode: Number(process.exitCode ?? 0),
      cancelled: false,
      stdout: stdout.text(),
      stderr: stderr.text(),
    };
  } finally {
    stdout.end();
    stderr.end();
    process.env = before.env;
    process.chdir(before.cwd);
    process.exitCode = before.exitCode;
    for (const [i, signal] of SIGNALS.entries()) {
      for (const listener of process.listeners(signal)) {
        if (!listeners[i]?.includes(listener)) process.off(signal, listener);
      }
    }
  }
}

function divert(stream: NodeJS.WriteStream, onLine: (line: string) => void) {
  const { write } = stream;
  const lines = splitLines(onLine);
  const chunks: Buffer[] = [];
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    if (acting.getStore() === undefined) return Reflect.apply(write, stream, [chunk, ...rest]);
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    lines.write(bytes);
    const done = rest.at(-1);
    if (typeof done === 'function') done();
    return true;
  };
  return {
    text: () => Buffer.concat(chunks).toString('utf8'),
    end() {
      stream.write = write;
      lines.end();
    },
  };
}
