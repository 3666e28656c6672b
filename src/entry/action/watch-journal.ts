/**
 * What a watcher leaves for the post step, in a folder that the two share: a line for each spec as it is sent, the log,
 * and the number of the process. Since a line is written at once, a killed watcher has recorded all that it did. There
 * is no secret in the folder. What the job builds runs as the same user, and may have written anything into the folder.
 */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Sent, Watched, WatchedMirror } from '../../commands/watch-installs.ts';
import { readEnd } from '../../core/read-file.ts';

export const processFile = (folder: string): string => join(folder, 'pid');
export const logFile = (folder: string): string => join(folder, 'log');
const journalFile = (folder: string): string => join(folder, 'journal.jsonl');

const Sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const Bytes = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Sizes = { sent: Bytes, size: Bytes, sha256: Sha256 };
const Spec = { mirror: v.string(), hash: v.string() };
const Line = v.variant('is', [
  v.object({ is: v.literal('begun') }),
  v.object({ is: v.literal('blobs'), ...Spec, ...Sizes }),
  v.object({
    is: v.literal('entry'),
    ...Spec,
    ...Sizes,
    image: v.optional(v.object({ name: v.string(), sha256: v.string() })),
  }),
  v.object({ is: v.literal('ended') }),
]);

/** @throws as `appendFileSync`, where the folder is gone */
export function noteTurn(folder: string, is: 'begun' | 'ended'): void {
  append(folder, { is });
}

/** @throws as {@link noteTurn} */
export function noteSent(folder: string, mirror: string, hash: string, sent: Sent): void {
  const facts = sent.kind === 'blobs' ? sent.blobs : sent.outcome;
  const line = { is: sent.kind, mirror, hash, sent: facts.sent, size: facts.size, sha256: facts.sha256 };
  if (sent.kind === 'blobs') append(folder, line);
  else append(folder, { ...line, image: sent.outcome.image });
}

function append(folder: string, line: object): void {
  appendFileSync(journalFile(folder), `${JSON.stringify(line)}\n`, { mode: 0o600 });
}

export interface Journal {
  readonly watched: Watched;
  readonly hasBegun: boolean;
  /** Whether the watcher ended by itself. */
  readonly hasEnded: boolean;
}

/** Bytes: a hundred thousand specs. */
const MOST_JOURNAL = 64 * 1024 * 1024;
/** Bytes of the log that are shown: a build of a week may have a long log, and a build may write into it. */
const MOST_LOG = 256 * 1024;

/** The end of the log. */
export async function readLog(folder: string): Promise<string> {
  return await textOf(logFile(folder), MOST_LOG);
}

/** @returns the number of the watcher's process; undefined where there is none, or the file holds something else */
export async function readProcess(folder: string): Promise<number | undefined> {
  const pid = Number(await textOf(processFile(folder), 100));
  return Number.isInteger(pid) && pid > 1 ? pid : undefined;
}

async function textOf(file: string, most: number): Promise<string> {
  return await readEnd(file, most).then(
    (bytes) => bytes.toString('utf8'),
    () => '',
  );
}

/** Lines that cannot be read. A killed watcher leaves one. */
const MOST_BROKEN = 100;

/**
 * A line that cannot be read, such as the half of a last one, is passed over: the push finds out what is present. After
 * a hundred of them nothing more is read, since only a build writes so many, and each takes long to give up.
 */
export async function readJournal(folder: string): Promise<Journal> {
  const text = await textOf(journalFile(folder), MOST_JOURNAL);
  const watched = new Map<string, WatchedMirror>();
  const turns = new Set<string>();
  let broken = 0;
  for (const each of linesOf(text)) {
    const line = parseLine(each);
    if (line === undefined) {
      if (++broken > MOST_BROKEN) break;
      continue;
    }
    if (line.is === 'begun' || line.is === 'ended') {
      turns.add(line.is);
      continue;
    }
    const of = watched.get(line.mirror) ?? { pushed: new Map(), sent: new Map() };
    watched.set(line.mirror, of);
    const { hash, sent, size, sha256 } = line;
    if (line.is === 'blobs') of.sent.set(hash, { sent, size, sha256 });
    else of.pushed.set(hash, { kind: 'pushed', sent, size, sha256, image: line.image, when: 'building' });
  }
  return { watched, hasBegun: turns.has('begun'), hasEnded: turns.has('ended') };
}

/** One by one: an array of all takes ten times as much memory as empty lines do. */
function* linesOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    yield text.slice(at, end === -1 ? text.length : end);
    at = end === -1 ? text.length : end + 1;
  }
}

function parseLine(text: string): v.InferOutput<typeof Line> | undefined {
  try {
    const parsed = v.safeParse(Line, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
