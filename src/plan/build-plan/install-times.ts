/**
 * How long builds took: from the file that Spack writes beside each build (`.spack/install_times.json`), and from the
 * history that autopush keeps (`--times`), which outlives install trees and caches.
 */

import { BuildcacheError, fileError, systemCode } from '../../core/errors.ts';
import { isObject, NumberToken, parseJson } from '../../core/json.ts';
import { readBoundedText } from '../../core/read-file.ts';
import { plausibleSeconds } from './costs.ts';

/** Where Spack puts it, below a prefix. */
export const INSTALL_TIMES = '.spack/install_times.json';

/** One build. */
export interface BuildTime {
  readonly name: string;
  readonly version: string;
  readonly hash: string;
  readonly seconds: number;
}

/** @returns the seconds that `install_times.json` says all of it took; undefined where it says nothing of use */
export function totalSeconds(text: string): number | undefined {
  try {
    const document = parseJson(text, INSTALL_TIMES);
    const total = isObject(document) ? document['total'] : undefined;
    return plausibleSeconds(total instanceof NumberToken ? Number(total.token) : total);
  } catch {
    return undefined;
  }
}

/** Only what a site has built of late is of use. */
const MOST_BUILDS = 100_000;
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * @returns none where there is no such file yet
 * @throws BuildcacheError `bad-input` for a file that is no history; as reading it does
 */
export async function readHistory(file: string): Promise<BuildTime[]> {
  return parseHistory(await readHistoryText(file), file);
}

/** @returns undefined where there is no such file yet @throws as reading it does */
export async function readHistoryText(file: string): Promise<string | undefined> {
  try {
    return await readBoundedText(file, 2 * MAX_BYTES);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw fileError(error, file, 'read the history of builds');
  }
}

function parseHistory(text: string | undefined, file: string): BuildTime[] {
  if (text === undefined) return [];
  const document = text.length > MAX_BYTES ? undefined : parseJson(text, file);
  const builds =
    isObject(document) && Number(numberOf(document['version'])) === 1 ? document['builds'] : undefined;
  if (!Array.isArray(builds)) {
    throw new BuildcacheError('bad-input', 'not a history of builds', {
      file,
      expected: 'what autopush --times has written',
      hint: 'remove it to begin a new one',
    });
  }
  return builds.flatMap((each: unknown) => {
    if (!isObject(each)) return [];
    const { name, version, hash } = each;
    const seconds = plausibleSeconds(numberOf(each['seconds']));
    const isOne = typeof name === 'string' && typeof version === 'string' && typeof hash === 'string';
    return isOne && seconds !== undefined ? [{ name, version, hash, seconds }] : [];
  });
}

/**
 * The history with these builds, which replace earlier ones of the same hash.
 * @param text as {@link readHistoryText} has read it
 * @throws BuildcacheError `bad-input` for a text that is no history
 */
export function historyWith(text: string | undefined, builds: readonly BuildTime[], file: string): string {
  const all = new Map(parseHistory(text, file).map((build) => [build.hash, build]));
  for (const build of builds) {
    all.delete(build.hash); // the latest last, so that the oldest go first
    all.set(build.hash, build);
  }
  const kept = [...all.values()].slice(-MOST_BUILDS);
  const lines = kept.map((build) => JSON.stringify(build)).join(',\n');
  return `{"version":1,"builds":[\n${lines}\n]}\n`;
}

function numberOf(value: unknown): unknown {
  return value instanceof NumberToken ? Number(value.token) : value;
}
