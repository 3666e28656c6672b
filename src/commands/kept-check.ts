/**
 * The answer of a gate at which nothing is missing, kept between runs. It is the answer again where the lockfile, what is
 * asked of it and the index of every mirror are what they were: then a gate costs one small request a mirror, and the
 * lockfile is digested instead of read.
 *
 * An answer lies beside the indices, in a folder that others may have written: jobs carry it in caches. So it says with
 * the user's secret that it is ours. An old one that is put back is true still, of that lockfile and those indices.
 */
import { indexDigest } from '../cache/index/listing.ts';
import type { WholeIndex } from '../cache/reading/presence.ts';
import { isSha256, sha256 } from '../core/digest.ts';
import { isObject } from '../core/json.ts';
import { redactUrl } from '../core/redact.ts';
import { makeUserSecret, readUserSecret, vouch } from '../core/user-secret.ts';
import { type EnvironmentFiles, readLockfileText } from '../environment/environment.ts';
import { type Mirror, mirrorId } from '../mirrors/mirror.ts';
import { openMirror } from '../mirrors/open.ts';
import { type CheckResult, countStates } from '../plan/rebuild.ts';
import type { CheckOptions } from './check.ts';

export interface KeptCheck {
  /** The environment with the lockfile's text that the answer belongs to: to be read where there is no answer. */
  readonly environment: EnvironmentFiles;
  /**
   * The answer, if it still holds. A mirror that cannot be asked gives none.
   * @throws only when cancelled
   */
  recall(): Promise<AllPresent | undefined>;
  /** Keeps a result that is worth it. A folder that cannot be written to is no failure. */
  keep(result: CheckResult): Promise<void>;
}

/** Every mirror has all specs. */
export interface AllPresent {
  readonly specs: number;
  readonly mirrors: readonly { readonly name: string; readonly url: string }[];
}

/**
 * @param stateFolder where the user's secret is kept
 * @param version the program's: another one may decide otherwise
 * @returns undefined for a question whose answer depends on more than what is compared
 * @throws BuildcacheError for a lockfile that cannot be read
 */
export async function openKeptCheck(
  options: CheckOptions,
  stateFolder: string,
  version: string,
): Promise<KeptCheck | undefined> {
  const { environment, mirrors, selection, needs, index, signal } = options;
  const { specs, hashes, include, exclude } = selection;
  const isPlain = [specs, hashes, include, exclude].every((list) => list.length === 0);
  const isWhole = mirrors.length > 0 && mirrors.every(({ fetch }) => fetch.filter === undefined);
  if (options.verify !== 'exists' || !isPlain || !isWhole) return undefined;
  const text = await readLockfileText(environment);
  if (text === undefined) return undefined;
  const asked = mirrors.map((mirror) => [mirror.name, mirrorId(mirror), mirror.signed]);
  const question = sha256(JSON.stringify([version, sha256(text), asked, selection, needs]));
  return {
    environment: { ...environment, text },
    async recall() {
      const kept = parseAnswer(await index.store.recallAnswer(question));
      const secret = kept && (await readUserSecret(stateFolder));
      if (kept === undefined || secret === undefined) return undefined;
      if (kept.proof !== proofOf(secret, question, kept)) return undefined;
      const same = await Promise.all(mirrors.map((mirror, i) => hasIndex(mirror, kept.indices[i], options)));
      signal.throwIfAborted();
      if (!same.every(Boolean)) return undefined;
      const about = mirrors.map(({ name, fetch }) => ({ name, url: redactUrl(fetch.url) }));
      return { specs: kept.specs, mirrors: about };
    },
    async keep({ decisions, answers }) {
      const all = decisions.length;
      if (all === 0 || answers.length !== mirrors.length) return;
      const indices = answers.flatMap((answer) =>
        answer.notes.length === 0 && countStates(answer).present === all ? (answer.whole ?? []) : [],
      );
      if (indices.length < mirrors.length) return;
      const secret = await makeUserSecret(stateFolder);
      if (secret === undefined) return;
      const answer = { specs: all, indices };
      const text = JSON.stringify({ ...answer, proof: proofOf(secret, question, answer) });
      await index.store.keepAnswer(question, text).catch(() => undefined);
    },
  };
}

interface Answer {
  /** How many there are. */
  readonly specs: number;
  /** The index of each mirror, in their order. */
  readonly indices: readonly WholeIndex[];
}

function proofOf(secret: Buffer, question: string, { specs, indices }: Answer): string {
  return vouch(
    secret,
    JSON.stringify([question, specs, indices.map(({ reader, digest }) => [reader, digest])]),
  );
}

/** Whether a mirror can be read without anything to say about it, and its index is that one. */
async function hasIndex(
  mirror: Mirror,
  whole: WholeIndex | undefined,
  { connection, index, signal }: CheckOptions,
): Promise<boolean> {
  try {
    const { readers, notes, close } = await openMirror(mirror, { nodes: new Map() }, connection);
    try {
      const reader = readers.find(({ id }) => id === whole?.reader);
      if (reader === undefined || notes.length > 0) return false;
      return (await indexDigest(reader, { ...index, signal })) === whole?.digest;
    } finally {
      await close();
    }
  } catch {
    return false; // the whole check says what is wrong
  }
}

function parseAnswer(text: string | undefined): (Answer & { readonly proof: unknown }) | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
  const { specs, indices, proof } = isObject(value) ? value : {};
  if (typeof specs !== 'number' || !Array.isArray(indices)) return undefined;
  const read = indices.filter(isWholeIndex);
  return read.length === indices.length ? { specs, indices: read, proof } : undefined;
}

function isWholeIndex(value: unknown): value is WholeIndex {
  return isObject(value) && typeof value['reader'] === 'string' && isSha256(value['digest']);
}
