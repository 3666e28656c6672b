/**
 * Use stamps of a layout 3 mirror: one small document a day, `stamps/2026-11-29.json`, of the hashes that were needed on that
 * day. Spack neither lists nor reads that folder. A prune goes by it: what was needed lately is removed last.
 *
 * Jobs that stamp at the same time lose nothing: a document is replaced on the condition that it is still the one that was
 * read. Whoever may write to the mirror can write stamps, so they are outside data. A stamp removes nothing of itself, but
 * what no stamp names goes first. A day in the future counts as the day the document was written, and sizes and numbers
 * have limits.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import { throwIfCancelled } from '../../core/abort.ts';
import { BuildcacheError, errorCode } from '../../core/errors.ts';
import { isObject, parseJson } from '../../core/json.ts';
import { BODY_RETRY, retrying } from '../../core/retry.ts';
import { askedAgain } from '../../storage/asked-again.ts';
import { readDocument } from '../../storage/read.ts';
import type { ObjectInfo, Storage } from '../../storage/storage.ts';
import { documentUrl } from '../fetch-document.ts';

export interface Stamps {
  /**
   * Notes that these were needed today.
   * @returns whether anything had to be written
   * @throws BuildcacheError `bad-input` or `unsupported` for a document of today that is not ours to replace; `conflict`
   *   when others keep changing it; else as the storage does
   */
  add(hashes: Iterable<string>, signal?: AbortSignal): Promise<boolean>;
  /**
   * When each hash was needed last.
   * @param which is asked for: others are not kept, so that a mirror with few entries costs little, whatever its stamps say
   * @throws as {@link add}: what a stamp says that cannot be read is not known
   */
  read(which: StampQuestion, signal?: AbortSignal): Promise<ReadonlyMap<string, Date>>;
  /** Removes stamps that say nothing any more. @returns how many */
  removeOld(signal?: AbortSignal): Promise<number>;
}

export interface StampQuestion {
  readonly isAsked: (hash: string) => boolean;
  /** Days that ended before this are left out. */
  readonly since?: Date;
}

const FOLDER = 'stamps/';
const NAME = /^stamps\/(\d{4}-\d{2}-\d{2})\.json$/;
const DAY_MS = 24 * 3_600_000;
/** What was needed longer ago than this was not needed for long. */
const HORIZON_MS = 400 * DAY_MS;
/** More days than the horizon has: others may have made some. */
const DAYS_MOST = 1_000;
/** Hashes of one day, and the bytes that they take. */
const HASHES_MOST = 500_000;
const BYTES_MOST = 40 * HASHES_MOST;
/** Hashes of all days: more than a hundred thousand on each day. */
const HASHES_IN_ALL = 50_000_000;
const ATTEMPTS = 50;
const READ_AT_ONCE = 8;

/** @param now for tests, as is `hashesInAll` */
export function layout3Stamps(
  storage: Storage,
  now: () => Date = () => new Date(),
  hashesInAll = HASHES_IN_ALL,
): Stamps {
  const list = async (signal: AbortSignal | undefined): Promise<Day[]> => {
    const days: Day[] = [];
    const onHidden = (key: string) => {
      throw notThere(documentUrl(storage, key));
    };
    for await (const info of storage.list(FOLDER, { signal, onHidden })) {
      const time = timeOf(info, now());
      if (time === undefined) continue;
      days.push({ key: info.key, time });
      if (days.length > DAYS_MOST) {
        throw new BuildcacheError('too-large', 'the mirror has more stamps than days', {
          url: documentUrl(storage, FOLDER),
          expected: `at most ${DAYS_MOST}`,
          hint: DELETE_FOLDER,
        });
      }
    }
    return days;
  };

  const horizon = () => now().getTime() - HORIZON_MS;

  return {
    async add(hashes, signal) {
      const needed = [...hashes];
      const key = `${FOLDER}${now().toISOString().slice(0, 10)}.json`;
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        throwIfCancelled(signal);
        const started = performance.now();
        const present = await readDay(storage, key, signal);
        const merged = new Set([...(present?.hashes ?? []), ...needed]);
        if (merged.size === (present?.hashes.size ?? 0)) return attempt > 0;
        if (merged.size > HASHES_MOST) throw tooMany(documentUrl(storage, key));
        const condition = conditionOf(present);
        try {
          const bytes = Buffer.from(format(merged));
          await storage.put(key, bytes, { condition, contentType: 'application/json', signal });
          if (condition !== undefined && storage.conditions !== 'none') return true;
        } catch (error) {
          if (errorCode(error) !== 'conflict') throw error;
        }
        // Another writer was faster. Without conditions, what was written is read back by the next round.
        const pause =
          storage.conditions === 'none'
            ? 100 + 2 * (performance.now() - started)
            : 20 * 2 ** Math.min(attempt, 5);
        await sleep(pause * (0.5 + Math.random()), undefined, signal === undefined ? {} : { signal });
      }
      throw new BuildcacheError('conflict', 'others kept changing the stamp of today', {
        url: documentUrl(storage, key),
      });
    },

    async read({ isAsked, since }, signal) {
      const needed = new Map<string, Date>();
      let count = 0;
      const limit = pLimit(READ_AT_ONCE);
      const read = async ({ key, time }: Day) => {
        throwIfCancelled(signal);
        if (since !== undefined && time < since) return;
        const found = await askedAgain(storage, () => readDay(storage, key, signal), signal);
        // Another prune may have removed it since it was listed, if it is old.
        if (found === undefined && time.getTime() >= horizon()) throw notThere(documentUrl(storage, key));
        const hashes = found?.hashes ?? new Set();
        count += hashes.size;
        if (count > hashesInAll) throw tooManyInAll(documentUrl(storage, FOLDER), hashesInAll);
        for (const hash of hashes) {
          if (!isAsked(hash)) continue;
          const before = needed.get(hash);
          if (before === undefined || before < time) needed.set(hash, time);
        }
      };
      try {
        await Promise.all((await list(signal)).map((day) => limit(read, day)));
      } finally {
        limit.clearQueue();
      }
      return needed;
    },

    async removeOld(signal) {
      let removed = 0;
      const before = horizon();
      for (const { key, time } of await list(signal)) {
        if (time.getTime() >= before || !(await isStamp(storage, key, signal))) continue;
        if (await storage.delete(key, { signal })) removed++;
      }
      return removed;
    },
  };
}

interface Day {
  readonly key: string;
  /** The latest time at which its specs may have been needed. */
  readonly time: Date;
}

/**
 * The last moment of its day, but not after it was written, and not after now. Undefined for what is no stamp. It is a
 * moment of that day, since a prune compares days: a copied mirror has stamps that were written later.
 */
function timeOf({ key, modified }: ObjectInfo, now: Date): Date | undefined {
  const start = Date.parse(`${NAME.exec(key)?.[1]}T00:00:00Z`);
  if (Number.isNaN(start)) return undefined;
  return new Date(
    Math.min(start + DAY_MS - 1, modified?.getTime() ?? Number.POSITIVE_INFINITY, now.getTime()),
  );
}

interface Present {
  readonly hashes: ReadonlySet<string>;
  readonly etag: string | undefined;
}

async function readDay(
  storage: Storage,
  key: string,
  signal: AbortSignal | undefined,
): Promise<Present | undefined> {
  const url = documentUrl(storage, key);
  return await retrying(
    async () => {
      const object = await storage.get(key, { signal });
      if (object === undefined || object === 'not-modified') return undefined;
      const bytes = await readDocument(object, { maxBytes: BYTES_MOST, what: 'the stamp', url });
      return { hashes: parse(bytes.toString('utf8'), url), etag: object.etag };
    },
    BODY_RETRY,
    signal,
  );
}

/** A file of such a name may be somebody else's, and is none of ours to remove. */
async function isStamp(storage: Storage, key: string, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    return (await readDay(storage, key, signal)) !== undefined;
  } catch (error) {
    if (['bad-input', 'unsupported', 'too-large'].includes(errorCode(error))) return false;
    throw error;
  }
}

function conditionOf(present: Present | undefined) {
  if (present === undefined) return { ifAbsent: true } as const;
  return present.etag === undefined ? undefined : { ifMatch: present.etag };
}

function format(hashes: ReadonlySet<string>): string {
  return `{"version": 1, "needed": [\n${[...hashes]
    .sort()
    .map((hash) => JSON.stringify(hash))
    .join(',\n')}\n]}\n`;
}

function parse(text: string, url: string): ReadonlySet<string> {
  const { version, needed } = fieldsOf(text, url);
  if (typeof version === 'number' && version !== 1) {
    throw new BuildcacheError('unsupported', `a use stamp of version ${version}`, {
      url,
      expected: 'version 1',
      hint: 'update buildcache-action',
    });
  }
  if (version !== 1 || !Array.isArray(needed)) throw malformed(url);
  const isHash = (each: unknown): each is string => typeof each === 'string' && HASH.test(each);
  if (!needed.every(isHash)) throw malformed(url);
  return new Set(needed);
}

function fieldsOf(text: string, url: string): Readonly<Record<string, unknown>> {
  try {
    const document = parseJson(text, url, HASHES_MOST + 10);
    return isObject(document) ? document : {};
  } catch (error) {
    if (errorCode(error) !== 'bad-input') throw error;
    throw malformed(url, error);
  }
}

function malformed(url: string, cause?: unknown): BuildcacheError {
  const facts = {
    url,
    expected: 'a list of hashes, "needed"',
    hint: 'delete it: then nothing is known of what was needed on that day',
  };
  return new BuildcacheError('bad-input', 'not a use stamp', facts, cause);
}

/** What it says is not known, then: a server that lists it may not have it for a moment. */
function notThere(url: string): BuildcacheError {
  return new BuildcacheError('corrupt', 'the stamp is listed, and not there', {
    url,
    hint: 'try again later; if it stays so, delete it: then nothing is known of what was needed on that day',
  });
}

const HASH = /^[a-z2-7]{32}$/;

function tooMany(url: string): BuildcacheError {
  return new BuildcacheError('too-large', 'the stamp of today lists too many specs', {
    url,
    expected: `at most ${HASHES_MOST}`,
  });
}

function tooManyInAll(url: string, most: number): BuildcacheError {
  return new BuildcacheError('too-large', 'the stamps of all days together list too many specs', {
    url,
    expected: `at most ${most}`,
    hint: DELETE_FOLDER,
  });
}

const DELETE_FOLDER = 'delete the folder: it only says what was needed when';
