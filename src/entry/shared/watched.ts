/** What watching a build has in common, whether the command line does it or a job: its manners, and what becomes of it. */
import { readdirSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { nameWatched } from '../../commands/name-watched.ts';
import type { Sent, Watched } from '../../commands/watch-installs.ts';
import type { MirrorPush, PushOutcome } from '../../plan/push-result.ts';
import type { Reporter } from '../../report/reporter.ts';
import { type SpecNode, shortHash } from '../../spec/node.ts';

/**
 * Where everything is busy, the one thread that packs gets a tenth of a core beside a build's (Linux weighs 110 to 1024). At
 * the least urgent it would get a seventieth, and fall behind all builds that keep a machine busy.
 */
const NICE = 10;
const LEAST_URGENT = 19;

/**
 * Lets the build go first. On Linux priorities are the threads' own, and the command has started already.
 * @param asked another priority; 0 leaves it as it is
 */
export function standBack(asked: string | undefined): void {
  const nice = priority(asked);
  if (nice === 0) return;
  for (const thread of threads()) {
    try {
      setPriority(thread, nice);
    } catch {
      // It has ended, or may not: no reason not to push.
    }
  }
}

/**
 * The same of a process that has a session of its own: where Linux shares the machine between sessions first, priorities
 * count within one only.
 */
export function standBackAsSession(asked: string | undefined): void {
  standBack(asked);
  const nice = priority(asked);
  try {
    if (nice > 0) writeFileSync('/proc/self/autogroup', `${nice}`);
  } catch {
    // Not this Linux.
  }
}

/** @returns 0 where it is to be left as it is */
function priority(asked: string | undefined): number {
  const nice = asked === undefined || asked === '' ? NICE : Number(asked);
  return Number.isInteger(nice) && nice > 0 ? Math.min(nice, LEAST_URGENT) : 0;
}

function threads(): number[] {
  try {
    return readdirSync('/proc/self/task').map(Number);
  } catch {
    return [0];
  }
}

/** A line for what was sent. */
export function sentText(mirror: string, spec: SpecNode, { kind }: Sent): string {
  const done = kind === 'entry' ? 'pushed' : 'sent, its manifest follows';
  return `${spec.name}@${spec.version}/${shortHash(spec)}: ${done} (${mirror})`;
}

/**
 * Names what was sent.
 * @param found what is to be pushed, as it is known now
 * @returns what makes of "it is there" that we have pushed it
 */
export async function finishWatched(
  watched: Watched,
  found: Parameters<typeof nameWatched>[1],
  options: Parameters<typeof nameWatched>[2],
  reporter: Reporter,
): Promise<(mirror: string, hash: string, outcome: PushOutcome) => PushOutcome> {
  await nameWatched(watched, found, options, reporter);
  return (mirror, hash, outcome) =>
    outcome.kind === 'present' ? (watched.get(mirror)?.pushed.get(hash) ?? outcome) : outcome;
}

/** The outcomes of a push, as they came about beside the build. */
export function asWatched(
  pushes: readonly MirrorPush[],
  settle: (mirror: string, hash: string, outcome: PushOutcome) => PushOutcome,
): MirrorPush[] {
  return pushes.map((push) => ({
    ...push,
    outcomes: new Map([...push.outcomes].map(([hash, outcome]) => [hash, settle(push.name, hash, outcome)])),
  }));
}
