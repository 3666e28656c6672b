/**
 * Questions about the specs of a mirror, all its layouts together: answered from each layout's index, or by reading
 * its entries where there is no index that can be used.
 */
import type { EntryReader, ListedEntry } from '../cache/entries.ts';
import { documentUrl } from '../cache/fetch-document.ts';
import type { SpecSource } from '../cache/index/find-specs.ts';
import { askIndex, type IndexSettings } from '../cache/index/listing.ts';
import type { NearSource } from '../cache/index/near-records.ts';
import { indexSpecs } from '../cache/index/specs.ts';
import { type EntrySpecsOptions, entrySpecs, listEntries } from '../cache/reading/entry-specs.ts';
import { BuildcacheError, describeError } from '../core/errors.ts';
import type { WatchTransfer } from '../core/transfer.ts';
import type { Connection, OpenMirror } from '../mirrors/open.ts';
import type { Progress, Reporter } from '../report/reporter.ts';

export interface MirrorSpecsOptions {
  /** The constraints that will be asked. Where entries have to be read, only those are read that can match. */
  readonly asked: EntrySpecsOptions['asked'];
  readonly noVirtuals?: EntrySpecsOptions['noVirtuals'];
  readonly connection: Connection;
  /** The store must be able to keep an index, since the index is read from there. */
  readonly index: IndexSettings;
  /** Follows the download of an index. */
  readonly watch?: WatchTransfer | undefined;
  readonly signal: AbortSignal;
}

/**
 * @param ask called with the specs of each layout that the mirror has; called again where the local copy of an index
 *   turns out to be damaged
 * @param answers receives the answers that could be had, also if others could not
 * @returns notes for the user
 * @throws BuildcacheError where the mirror's contents are unknown
 */
export async function askMirror<T>(
  { readers, notes }: OpenMirror,
  ask: (source: SpecSource & NearSource) => Promise<T>,
  answers: T[],
  options: MirrorSpecsOptions,
  reporter: Reporter,
): Promise<string[]> {
  const bad = new Set<string>();
  const onBad = (error: BuildcacheError) => bad.add(describeError(error));
  const said = [...notes];
  const missing: { reader: EntryReader; damage: BuildcacheError | undefined }[] = [];
  const denied: BuildcacheError[] = [];
  for (const reader of readers) {
    try {
      const found = await askLayout(reader, ask, options, onBad);
      if (found === undefined) missing.push({ reader, damage: undefined });
      else answers.push(found.answer);
      if (found !== undefined && found.lacking.length > 0) {
        const source = await readEntries(reader, found.lacking, options, onBad, reporter);
        if (source !== undefined) answers.push(await ask(source));
      }
    } catch (error) {
      if (!(error instanceof BuildcacheError)) throw error;
      if (UNUSABLE.includes(error.code)) missing.push({ reader, damage: error });
      else if (error.code === 'denied') denied.push(error);
      else throw error;
    }
  }
  const hasIndex = missing.length + denied.length < readers.length;
  // Some object stores say "denied" for a missing object. That does not matter if the other layout has an index.
  const [refusal] = denied;
  if (refusal !== undefined && !hasIndex) throw refusal;
  for (const { reader, damage } of missing) {
    if (reader.list !== undefined) {
      if (damage !== undefined)
        said.push(`its index cannot be used, its entries were read: ${describeError(damage)}`);
      const source = await readEntries(reader, undefined, options, onBad, reporter);
      if (source !== undefined) answers.push(await ask(source));
    } else if (damage !== undefined) {
      throw damage;
    } else if (!hasIndex) {
      throw new BuildcacheError('not-found', 'it has no index, and plain HTTP cannot list what is there', {
        url: reader.storage.url,
        hint: 'run `buildcache update-index MIRROR` where the mirror is written, or ask for single specs with check',
      });
    }
  }
  const [first] = bad;
  if (first !== undefined) {
    said.push(`${bad.size === 1 ? 'one spec' : `${bad.size} specs`} could not be read: ${first}`);
  }
  return said;
}

/** Errors that an index can have while the entries are fine. */
const UNUSABLE: readonly string[] = ['corrupt', 'bad-input', 'unsupported', 'too-large'];

/** @returns undefined if there is no index; else also the entries that the index lacks, where it may lack some */
async function askLayout<T>(
  reader: EntryReader,
  ask: (source: SpecSource & NearSource) => Promise<T>,
  options: MirrorSpecsOptions,
  onBad: (error: BuildcacheError) => void,
): Promise<{ readonly answer: T; readonly lacking: readonly ListedEntry[] } | undefined> {
  const { watch, signal } = options;
  const url = documentUrl(reader.storage, 'index');
  const entries = reader.indexMayLack === true ? await listEntries(reader, signal) : [];
  const hashes = new Set(entries.map(({ hash }) => hash));
  const found = await askIndex(reader, { ...options.index, watch, signal }, async (index) => {
    const listed = hashes.size === 0 ? hashes : await index.listed(hashes);
    return { answer: await ask(indexSpecs(index, url, onBad)), listed };
  });
  if (found === undefined) return undefined;
  const { answer, listed } = found.answer;
  return { answer, lacking: entries.filter(({ hash }) => !listed.has(hash)) };
}

async function readEntries(
  reader: EntryReader,
  entries: readonly ListedEntry[] | undefined,
  options: MirrorSpecsOptions,
  onBad: (error: BuildcacheError) => void,
  reporter: Reporter,
): Promise<(SpecSource & NearSource) | undefined> {
  let progress: Progress | undefined;
  try {
    return await entrySpecs(reader, {
      entries,
      asked: options.asked,
      noVirtuals: options.noVirtuals,
      jobs: options.connection.jobs,
      onBad,
      onProgress(done, total) {
        progress ??= reporter.progress('Reading specs', total);
        progress.advance(1, done);
      },
      signal: options.signal,
    });
  } finally {
    progress?.done();
  }
}
