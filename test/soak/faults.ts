/** What may go wrong while a verb runs, chosen by a seed, and the process it happens to. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Instructions } from './preload.ts';
import { type Cut, canMount, type World } from './world.ts';

export type FaultKind = (typeof KINDS)[number];

/** `disk`: a tmpfs of few bytes, as root; else no file may be longer than so many. */
export const KINDS = [
  'kill',
  'terminate',
  'stdout',
  'disk',
  'file size',
  'descriptors',
  'clock',
  'network',
] as const;

export interface Fault {
  readonly kind: FaultKind;
  /** For people. */
  readonly said: string;
  readonly instructions: Instructions;
  /** For `ulimit`. */
  readonly limits: string;
  readonly stdout: 'pipe' | 'closed' | 'full';
  /** Bytes of the disk that are left. */
  readonly left?: number;
  readonly cut?: (request: number) => Cut;
}

/** How much a verb does when nothing goes wrong. */
export interface Measure {
  readonly steps: number;
  readonly requests: number;
  readonly bytes: number;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly hung: boolean;
}

export const NO_FAULT: Fault = { kind: 'kill', said: 'none', instructions: {}, limits: '', stdout: 'pipe' };

/** Longer than what waits for others: a turn that a dead writer has, its time-outs and repetitions. */
const MOST_MS = 90_000;
const DAY = 24 * 3600 * 1000;

/** Those that can hit there; the network, which only some have, more often. */
export function kindsFor(backend: World['backend']): FaultKind[] {
  const kinds = KINDS.filter((kind) =>
    kind === 'network' ? backend !== 'folder' : kind !== 'disk' || canMount,
  );
  return kinds.flatMap((kind) =>
    kind === 'network' ? [kind, kind, kind] : kind === 'kill' ? [kind, kind] : [kind],
  );
}

export function chooseFault(
  kind: FaultKind,
  { steps, requests, bytes }: Measure,
  random: () => number,
): Fault {
  const below = (most: number) => Math.floor(random() * most);
  const step = 1 + below(steps);
  switch (kind) {
    case 'kill':
      return {
        ...NO_FAULT,
        kind,
        said: `SIGKILL at step ${step}`,
        instructions: { step, signal: 'SIGKILL' },
      };
    case 'terminate':
      return {
        ...NO_FAULT,
        kind,
        said: `SIGTERM at step ${step}`,
        instructions: { step, signal: 'SIGTERM' },
      };
    case 'stdout': {
      const stdout = random() < 0.5 ? 'closed' : 'full';
      return { ...NO_FAULT, kind, said: `stdout is ${stdout}`, stdout };
    }
    case 'disk': {
      const left = below(bytes + 1);
      return { ...NO_FAULT, kind, said: `${left} bytes are left`, left };
    }
    case 'file size': {
      const blocks = below(2 + bytes / 512 / 4);
      return { ...NO_FAULT, kind, said: `files of ${blocks} blocks at most`, limits: `ulimit -f ${blocks}` };
    }
    case 'descriptors': {
      const most = 22 + below(30); // with fewer Node does not start
      return { ...NO_FAULT, kind, said: `${most} descriptors at most`, limits: `ulimit -n ${most}` };
    }
    case 'clock': {
      const far = () => (random() < 0.5 ? -1 : 1) * DAY * 10 ** (4 * random() - 1.5);
      const before = random() < 0.3 ? 0 : far();
      const after = random() < 0.5 ? before : far();
      const days = (ms: number) => `${(ms / DAY).toFixed(1)} days`;
      const said = `the clock is ahead by ${days(before)}, from step ${step} on by ${days(after)}`;
      return { ...NO_FAULT, kind, said, instructions: { step, clock: [before, after] } };
    }
    case 'network': {
      const first = below(requests);
      const count = [1, 3, Number.POSITIVE_INFINITY][below(3)] as number;
      const how = [...(['reset', 'lose'] as const), { after: below(3_000) }][below(3)] as Cut;
      const said = `requests ${first} to ${first + count - 1}: ${JSON.stringify(how)}`;
      const cut = (request: number) => (request >= first && request < first + count ? how : undefined);
      return { ...NO_FAULT, kind, said, cut };
    }
  }
}

const VERB = fileURLToPath(new URL('../entry/verb-process.ts', import.meta.url));
const STEP = fileURLToPath(new URL('./step-process.ts', import.meta.url));
const PRELOAD = new URL('./preload.ts', import.meta.url).href;

/**
 * Runs a verb from its source.
 * @param stepEnv where it is the action's main step, without arguments
 */
export async function runUnder(
  fault: Fault,
  args: readonly string[],
  world: World,
  stepEnv?: Readonly<Record<string, string>>,
): Promise<Ended> {
  const program = stepEnv === undefined ? VERB : STEP;
  const command = [process.execPath, '--import', PRELOAD, program, ...args];
  const script = `${fault.limits === '' ? ':' : fault.limits}; exec "$@"`;
  const stdout = fault.stdout === 'full' ? openSync('/dev/full', 'w') : 'pipe';
  world.requests = 0;
  world.cut = fault.cut ?? (() => undefined);
  world.leave(fault.left);
  const child = spawn('sh', ['-c', script, 'sh', ...command], {
    cwd: world.at(),
    env: { ...world.env, ...stepEnv, SOAK: JSON.stringify(fault.instructions), NODE_NO_WARNINGS: '1' },
    stdio: ['ignore', stdout, 'pipe'],
    detached: true,
  });
  try {
    return await endOf(child, fault.stdout === 'closed');
  } finally {
    if (typeof stdout === 'number') closeSync(stdout);
    world.cut = () => undefined;
    world.leave(undefined);
  }
}

async function endOf(child: ChildProcess, closed: boolean): Promise<Ended> {
  const output = { stdout: '', stderr: '' };
  let hung = false;
  const timer = setTimeout(() => {
    hung = true;
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }, MOST_MS);
  if (closed) child.stdout?.destroy();
  for (const name of ['stdout', 'stderr'] as const) {
    if (name === 'stdout' && closed) continue;
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  return await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, ...output, hung });
    });
  });
}
