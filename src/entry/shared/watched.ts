/** What the command line and a job share when they watch a build: the priority, and how the outcomes are reported. */
import { readdirSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { nameWatched } from '../../commands/name-watched.ts';
import type { Sent, Watched } from '../../commands/watch-installs.ts';
import type { MirrorPush, PushOutcome } from '../../plan/push-result.ts';
import type { Reporter } from '../../report/reporter.ts';
import { type SpecNode, shortHash } from '../../spec/node.ts';

/**
 * On a busy machine the one thread that packs gets a tenth of a core beside a build's thread (Linux weighs 110 to 1024).
 * With the lowest priority it would get a seventieth, and fall behind every build that keeps the machine busy.
 */
const NICE = 10;
const LEAST_URGENT = 19;

/**
 * Lowers our priority, so that the build goes first. On Linux each thread has its own priority, and the command, which
 * has started already, keeps its own.
 * @param asked another priority; 0 leaves ours as it is
 */
export function standBack(asked: string | undefined): void {
  const nice = priority(asked);
  if (nice === 0) return;
  for (const thread of threads()) {
    try {
      setPriority(thread, nice);
    } catch {
      // The thread has ended, or we may not change it. Neither is a reason not to push.
    }
  }
}

/**
 * The same for a process with a session of its own. Linux may share the machine between sessions first; then priorities
 * count only within a session, and the session's own has to be lowered.
 */
export function standBackAsSession(asked: string | undefined): void {
  standBack(asked);
  const nice = priority(asked);
  try {
    if (nice > 0) writeFileSync('/proc/self/autogroup', `${nice}`);
  } catch {
    // This Linux does not share the machine between sessions.
  }
}

/** @returns 0 where the priority is to stay as it is */
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

/** A line of the log for a spec that was sent. */
export function sentText(mirror: string, spec: SpecNode, { kind }: Sent): string {
  const done = kind === 'entry' ? 'pushed' : 'sent, its manifest follows';
  return `${spec.name}@${spec.version}/${shortHash(spec)}: ${done} (${mirror})`;
}

/**
 * Publishes the manifests of the blobs that were sent.
 * @param found the specs to push, as they are known now
 * @returns a function that turns the outcome "present" into "pushed" for what the watch has pushed
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

/** Turns the outcomes of a push into what they were beside the build. */
export function asWatched(
  pushes: readonly MirrorPush[],
  settle: (mirror: string, hash: string, outcome: PushOutcome) => PushOutcome,
): MirrorPush[] {
  return pushes.map((push) => ({
    ...push,
    outcomes: new Map([...push.outcomes].map(([hash, outcome]) => [hash, settle(push.name, hash, outcome)])),
  }));
}
