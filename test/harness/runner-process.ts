/** Runs one process as the runner does: no input, lines as they come, SIGINT then SIGTERM then SIGKILL. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { StringDecoder } from 'node:string_decoder';

export interface CancelDelays {
  /** Milliseconds between SIGINT and SIGTERM. */
  readonly sigint: number;
  /** Milliseconds between SIGTERM and SIGKILL, which goes to the whole process group. */
  readonly sigterm: number;
}

export interface ProcessOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly signal?: AbortSignal | undefined;
  readonly delays?: CancelDelays | undefined;
  /** Lines of both streams, in the order of their arrival. */
  readonly onLine: (line: string) => void;
}

export interface ProcessResult {
  /** Undefined where a signal ended it. */
  readonly exitCode: number | undefined;
  readonly cancelled: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

export async function run(
  [command, ...args]: readonly [string, ...string[]],
  options: ProcessOptions,
): Promise<ProcessResult> {
  const { env, cwd, signal, delays = { sigint: 7500, sigterm: 2500 } } = options;
  // A process group of its own, so that what it leaves behind can be ended too.
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const collect = (stream: NodeJS.ReadableStream) => {
    const chunks: Buffer[] = [];
    const lines = splitLines(options.onLine);
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      lines.write(chunk);
    });
    stream.on('end', () => lines.end());
    return () => Buffer.concat(chunks).toString('utf8');
  };
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);

  const timers: NodeJS.Timeout[] = [];
  const cancel = () => {
    child.kill('SIGINT');
    timers.push(setTimeout(() => child.kill('SIGTERM'), delays.sigint));
    timers.push(setTimeout(() => killGroup(child.pid), delays.sigint + delays.sigterm));
  };
  if (signal?.aborted === true) cancel();
  signal?.addEventListener('abort', cancel);
  try {
    const closed = once(child, 'close');
    closed.catch(() => undefined); // what could not be started fails both; one is enough to hear of
    await once(child, 'exit');
    // A grandchild may hold the pipes open; the runner gives the streams 5 seconds, a test needs less.
    const patience = setTimeout(() => killGroup(child.pid), 500);
    await closed;
    clearTimeout(patience);
  } finally {
    for (const timer of timers) clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
  return {
    exitCode: child.exitCode ?? undefined,
    cancelled: signal?.aborted === true,
    stdout: stdout(),
    stderr: stderr(),
  };
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // gone already
  }
}

/** Cuts a byte stream into lines as .NET's `ReadLine` does: at LF, at CR LF, and at a lone CR. */
export function splitLines(onLine: (line: string) => void): { write(chunk: Buffer): void; end(): void } {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  return {
    write(chunk) {
      rest += decoder.write(chunk);
      // A CR at the very end may be half of a CR LF.
      const whole = rest.endsWith('\r') ? rest.slice(0, -1) : rest;
      const lines = whole.split(/\r\n|\r|\n/);
      const unfinished = lines.pop() ?? '';
      rest = unfinished + rest.slice(whole.length);
      for (const line of lines) onLine(line);
    },
    end() {
      rest += decoder.end();
      if (rest !== '') for (const line of rest.replace(/\r$/, '').split('\r')) onLine(line);
      rest = '';
    },
  };
}
