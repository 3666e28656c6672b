/**
 * What a mirror came to after each prune: a small document that a user keeps where he likes, so that a run can say where
 * things are going. It says nothing that a plan is made from.
 */
import { BuildcacheError } from '../core/errors.ts';
import { isObject, parseJson } from '../core/json.ts';

/** After one prune. */
export interface PruneRun {
  readonly time: Date;
  readonly url: string;
  readonly entries: number;
  readonly removed: number;
  /** Undefined where nobody knows: a registry without a bound. */
  readonly bytes: number | undefined;
  readonly freed: number | undefined;
}

export interface PruneTrend {
  /** The latest, the newest first; that of this run is the first. */
  readonly runs: readonly PruneRun[];
  /** Between the first run of the last thirty days and this one. */
  readonly since: Date;
  readonly entries: number;
  readonly bytes: number | undefined;
}

/** A run a night, for more than a year. */
const MOST_RUNS = 500;
const SHOWN = 10;
const SPAN_MS = 30 * 24 * 3_600_000;

/** @throws BuildcacheError `bad-input` for a document that is none: it is not to be replaced; `unsupported` */
export function parseHistory(text: string, file: string): PruneRun[] {
  const document = parseJson(text, file, 100_000);
  const runs = isObject(document) ? document['runs'] : undefined;
  const version = isObject(document) ? document['version'] : undefined;
  if (typeof version === 'number' && version !== 1) {
    throw new BuildcacheError('unsupported', `a history of version ${version}`, {
      file,
      expected: 'version 1',
      hint: 'update buildcache-action',
    });
  }
  if (version !== 1 || !Array.isArray(runs)) throw malformed(file);
  return runs.map((run) => readRun(run, file));
}

export function formatHistory(runs: readonly PruneRun[]): string {
  const lines = runs.map(({ time, bytes = null, freed = null, ...run }) =>
    JSON.stringify({ time: time.toISOString(), ...run, bytes, freed }),
  );
  return `{"version": 1, "runs": [\n${lines.join(',\n')}\n]}\n`;
}

/** The oldest are forgotten. */
export function addRun(runs: readonly PruneRun[], run: PruneRun): PruneRun[] {
  return [...runs, run].sort((a, b) => a.time.getTime() - b.time.getTime()).slice(-MOST_RUNS);
}

/**
 * @returns undefined where there was no run of this mirror before. What says that it comes later than this run is another
 *   clock's, and is left out
 */
export function trendOf(earlier: readonly PruneRun[], run: PruneRun): PruneTrend | undefined {
  const before = earlier.filter(({ url, time }) => url === run.url && time < run.time);
  const since = new Date(run.time.getTime() - SPAN_MS);
  const first = before.find(({ time }) => time >= since) ?? before.at(-1);
  if (first === undefined) return undefined;
  const bytes = run.bytes === undefined || first.bytes === undefined ? undefined : run.bytes - first.bytes;
  const runs = [run, ...before.reverse()].slice(0, SHOWN);
  return { runs, since: first.time, entries: run.entries - first.entries, bytes };
}

function readRun(run: unknown, file: string): PruneRun {
  if (!isObject(run)) throw malformed(file);
  const { time: text, url, entries, removed, bytes, freed } = run;
  const time = new Date(typeof text === 'string' ? text : Number.NaN);
  if (Number.isNaN(time.getTime()) || typeof url !== 'string' || !isCount(entries) || !isCount(removed)) {
    throw malformed(file);
  }
  const amount = (value: unknown) => (isCount(value) ? value : undefined);
  return { time, url, entries, removed, bytes: amount(bytes), freed: amount(freed) };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function malformed(file: string): BuildcacheError {
  return new BuildcacheError('bad-input', 'not a history of prunes', {
    file,
    expected: 'what --history has written',
    hint: 'name another file, or delete this one',
  });
}
