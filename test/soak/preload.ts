/**
 * Loaded before a verb (`--import`): counts its steps, which are its writes to files, folders and sockets, and makes the
 * fault of `SOAK` happen at one of them. Every thread counts for itself.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { Socket } from 'node:net';
import { isMainThread } from 'node:worker_threads';

/** What `SOAK` has as JSON. */
export interface Instructions {
  /** Of the fault; none without it. */
  readonly step?: number;
  readonly signal?: 'SIGKILL' | 'SIGTERM';
  /** Milliseconds the clock is ahead before that step, and from it on. */
  readonly clock?: readonly [before: number, after: number];
  /** Where the number of steps is written at the end. */
  readonly count?: string;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

const { step = 0, signal, clock, count } = JSON.parse(process.env['SOAK'] ?? '{}') as Instructions;
let steps = 0;
let ahead = clock?.[0] ?? 0;

if (clock !== undefined) skewClock();
await countSteps();
if (count !== undefined && isMainThread) {
  const { writeFileSync } = fs;
  process.on('exit', () => writeFileSync(count, String(steps)));
}

/** @param tear writes a half of what was to be written */
function take(tear?: () => void): void {
  if (++steps !== step) return;
  if (clock !== undefined) ahead = clock[1];
  if (signal === undefined) return;
  if (signal === 'SIGKILL') tear?.();
  process.kill(process.pid, signal);
}

async function countSteps(): Promise<void> {
  const { writeSync } = fs;
  const names = 'appendFile chmod copyFile cp fsync ftruncate link mkdir mkdtemp rename rm rmdir symlink';
  const changing = [...names.split(' '), 'truncate', 'unlink', 'utimes', 'write', 'writev', 'writeFile'];
  for (const name of changing) {
    wrap(fs, name, () => take());
    wrap(fs, `${name}Sync`, () => take());
    wrap(fs.promises, name, () => take());
  }
  const opens = (_: unknown, [, flags = 'r']: readonly unknown[]) => {
    if (typeof flags === 'number' ? (flags & 0x43) !== 0 : /[wa+]/.test(String(flags))) take();
  };
  for (const [object, name] of [
    [fs, 'open'] as const,
    [fs, 'openSync'] as const,
    [fs.promises, 'open'] as const,
  ])
    wrap(object, name, opens);
  const handle = await fs.promises.open(import.meta.filename);
  const prototype = Object.getPrototypeOf(handle);
  await handle.close();
  for (const name of ['appendFile', 'chmod', 'sync', 'truncate', 'utimes', 'write', 'writev', 'writeFile']) {
    wrap(prototype, name, (self, [data]) => {
      const half = data instanceof Uint8Array ? data.subarray(0, data.length >> 1) : undefined;
      take(() => half && writeSync((self as { readonly fd: number }).fd, half));
    });
  }
  wrap(Socket.prototype, 'write', () => take());
  wrap(Socket.prototype, 'end', () => take());
  syncBuiltinESMExports();
}

function wrap(object: object, name: string, before: (self: unknown, args: readonly unknown[]) => void): void {
  const methods = object as Record<string, Method | undefined>;
  const method = methods[name];
  if (method === undefined) return;
  const wrapped: Method = function (...args) {
    before(this, args);
    return method.apply(this, args);
  };
  methods[name] = Object.assign(wrapped, method);
}

function skewClock(): void {
  const Real = Date;
  const now = () => Real.now() + ahead;
  const skewed = new Proxy(Real, {
    construct: (target, args, self) => Reflect.construct(target, args.length === 0 ? [now()] : args, self),
    apply: () => String(new Real(now())),
    get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
  });
  Real.prototype.constructor = skewed;
  globalThis.Date = skewed;
}
