/**
 * `migrate`: writes the entries of a layout 2 mirror as layout 3, beside the old ones or in another place. In layout 2 the
 * spec file is signed, in layout 3 a manifest. So the old signature is verified, and the manifest is signed anew. Entries
 * that an earlier run has migrated are left alone.
 */
import pLimit from 'p-limit';
import type { ListedEntry } from '../cache/entries.ts';
import { documentUrl } from '../cache/fetch-document.ts';
import { withBlobFile } from '../cache/layouts/copy-blob.ts';
import { layout2Keys, openLayout2 } from '../cache/layouts/layout2.ts';
import { checkEntry } from '../cache/reading/check-entry.ts';
import { readVerifiedEntry, type VerifiedEntry } from '../cache/reading/verified-entry.ts';
import type { Signer } from '../cache/trust/signing.ts';
import type { Trust } from '../cache/trust/trust.ts';
import type { CacheWriter } from '../cache/writing/cache-writer.ts';
import { type IndexUpdate, remakeIndex } from '../cache/writing/update-index.ts';
import { throwIfCancelled } from '../core/abort.ts';
import { BuildcacheError, describeError } from '../core/errors.ts';
import { isObject, parseJson, stringifyCompact } from '../core/json.ts';
import { withTemporaryFolder } from '../core/temporary-folder.ts';
import type { MigrateOutcome, MigrateResult } from '../plan/migrate-result.ts';
import { during, type Reporter } from '../report/reporter.ts';
import { askedAgain } from '../storage/asked-again.ts';
import type { ObjectInfo, Storage, StorageReader } from '../storage/storage.ts';

export interface MigrateOptions {
  readonly source: StorageReader;
  /** The mirror to write to; may be in the same place as the source. */
  readonly destination: CacheWriter;
  /** Whose signatures of spec files count. Undefined: signatures are not verified. */
  readonly trust: Trust | undefined;
  /** Whether manifests are to be signed: one that is there without a signature is replaced then. */
  readonly signed: boolean;
  /** Undefined: manifests are not signed, or nothing is written. */
  readonly signer: Signer | undefined;
  /** Where to delete the old layout from when all of it has been migrated; undefined: it stays. */
  readonly deleteFrom: Storage | undefined;
  readonly dryRun: boolean;
  readonly jobs: number;
  readonly signal: AbortSignal;
}

/** How many tarballs are on this machine's disk at once. */
const AT_ONCE = 4;

/** Bytes. Of an entry with a smaller tarball most of what was sent may be the spec file. */
const SMALL = 1024 * 1024;

const LAYOUT_2 = 'build_cache/';

/** Layout 2's index and keys. They are not migrated, since layout 3 has its own. */
const OF_LAYOUT_2 =
  /^build_cache\/(?:index\.(?:json(?:\.hash)?|html)|_pgp\/(?:index\.(?:json|html)|[0-9A-F]+\.pub))$/;

/** Spec files of layout 2, with those that we cannot read: older Spacks wrote YAML. */
const SPEC_FILE = /\.spec\.(?:json|ya?ml)(?:\.sig)?$/;

/**
 * @throws BuildcacheError `not-found` when there is no layout 2; `unsupported` where it cannot be listed; else as the
 *   storages do before the first entry
 */
export async function migrate(options: MigrateOptions, reporter: Reporter): Promise<MigrateResult> {
  const { source, destination, signer, dryRun, jobs, signal } = options;
  if (destination.images !== undefined) {
    throw new BuildcacheError('unsupported', 'a registry has no layout 3 to migrate to', {
      url: destination.reader.storage.url,
      hint: 'buildcache sync --all SRC DEST makes images of what the old mirror holds',
    });
  }
  const [entries, before] = await during(reporter, 'Listing entries', async () => [
    await listLayout2(source, signal),
    options.deleteFrom === undefined || dryRun ? new Map() : await filesOf(options.deleteFrom, signal),
  ]);
  if (entries.length === 0 && !(await isMigrated(options))) throw nothingToMigrate(source);
  await destination.prepare(signal, dryRun, true);
  const progress = reporter.progress('Migrating entries', entries.length);
  const tarballs = new Set<string>();
  const outcomes = await withTemporaryFolder(async (folder) => {
    const limit = pLimit(Math.min(jobs, AT_ONCE));
    const done = entries.map((entry) =>
      limit(async (): Promise<MigrateOutcome> => {
        try {
          throwIfCancelled(signal);
          return await migrateEntry(entry, { folder, tarballs }, options);
        } catch (error) {
          return { kind: 'failed', key: entry.key, reason: describeError(error) };
        } finally {
          progress.advance(1);
        }
      }),
    );
    return await Promise.all(done);
  });
  progress.done();
  throwIfCancelled(signal);
  const problems: string[] = [];
  let index: IndexUpdate | undefined;
  if (!dryRun) {
    if (signer !== undefined) await destination.publishKey(signer.fingerprint, signer.publicKey, signal);
    const onProblem = (text: string) => void problems.push(text);
    index = await remakeIndex(destination, { full: false, jobs, onProblem, signal });
  }
  const deleted = await deleteOld({ entries, tarballs, before }, outcomes, options, problems, reporter);
  return { from: source.url, to: destination.reader.storage.url, dryRun, outcomes, index, deleted, problems };
}

async function listLayout2(source: StorageReader, signal: AbortSignal): Promise<ListedEntry[]> {
  const { list } = openLayout2(source, { nodes: new Map() });
  if (list === undefined) {
    throw new BuildcacheError('unsupported', 'what the mirror holds cannot be listed', {
      url: source.url,
      expected: 'file:// or s3://',
      hint: 'run it where the mirror is written, or copy the mirror with sync',
    });
  }
  const entries: ListedEntry[] = [];
  for await (const entry of list(signal)) entries.push(entry);
  return entries.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Whether an earlier run, stopped just before its end, has already written all entries and deleted the old ones. */
async function isMigrated({ destination, deleteFrom, signal }: MigrateOptions): Promise<boolean> {
  const { list } = destination.reader;
  if (deleteFrom === undefined || list === undefined) return false;
  for await (const _ of list(signal)) return true;
  return false;
}

/** The files of the old layout, by key. Their times tell them from what is written in their place. */
async function filesOf(storage: Storage, signal: AbortSignal): Promise<ReadonlyMap<string, ObjectInfo>> {
  const files = new Map<string, ObjectInfo>();
  for await (const info of storage.list(LAYOUT_2, { signal })) files.set(info.key, info);
  return files;
}

function nothingToMigrate(source: StorageReader): BuildcacheError {
  return new BuildcacheError('not-found', 'there is no build cache of layout 2', {
    url: source.url,
    expected: 'spec files below build_cache/',
  });
}

/** @param work.tarballs gets the key of the entry's tarball */
async function migrateEntry(
  listed: ListedEntry,
  { folder, tarballs }: { readonly folder: string; readonly tarballs: Set<string> },
  { source, destination, trust, signed, signer, dryRun, signal }: MigrateOptions,
): Promise<MigrateOutcome> {
  const { key } = listed;
  const url = documentUrl(source, key);
  const reader = openLayout2(source, { nodes: new Map() });
  const found = await askedAgain(source, () => reader.readAt(key, signal), signal);
  if (found === undefined) throw new BuildcacheError('not-found', 'it was removed meanwhile', { url });
  const { root, nodes } = await reader.readSpec(found, signal);
  // The entry's file name has the compiler in it, and the document says which compiler that is.
  const own = openLayout2(source, { nodes });
  if (root.hash !== listed.hash || !own.isPlaceOf(key, root)) {
    throw new BuildcacheError('corrupt', 'this is the entry of another spec', {
      url,
      expected: listed.hash,
      found: `${root.name}@${root.version}/${root.hash}`,
    });
  }
  tarballs.add(layout2Keys(root, nodes).tarball);
  if (await destination.hasWhole(root, signed, signal)) return { kind: 'present', key, spec: root };
  const verified = await readVerifiedEntry(own, root, trust, signal);
  if (verified === undefined) throw new BuildcacheError('not-found', 'it was removed meanwhile', { url });
  if (dryRun) return { kind: 'would-migrate', key, spec: root };
  const { tarball } = verified.entry;
  const { sha256 } = tarball;
  if (sha256 === undefined) throw new BuildcacheError('internal', 'a tarball without a digest', { url });
  return await withBlobFile(source, { ...tarball, sha256 }, folder, signal, async (file, size) => {
    const content = { tarball: { file, size, sha256 }, document: layout3Document(verified, url) };
    const { sent } = await destination.publish(root, content, signer, signal);
    return { kind: 'migrated', key, spec: root, sent, isSent: size > SMALL && sent >= size };
  });
}

/**
 * The spec file without what layout 3 says elsewhere. Its nodes are not changed: in a newer format their hashes could no
 * longer be verified.
 */
function layout3Document({ documentText }: VerifiedEntry, url: string): string {
  const document = parseJson(documentText, url);
  if (!isObject(document)) throw new BuildcacheError('bad-input', 'not a spec file', { url });
  const { binary_cache_checksum: _, ...rest } = document;
  return stringifyCompact({ ...rest, buildcache_layout_version: 2 }, url);
}

/**
 * What was there already is only known by its length until now, and after a crash or on a failing disk a file of the right
 * length may hold anything. It is about to be the only copy.
 * @returns the first entry of the new layout that is not whole, with the reason
 */
async function findDamage(
  outcomes: readonly MigrateOutcome[],
  { destination: { reader }, signed, jobs, signal }: MigrateOptions,
  reporter: Reporter,
): Promise<string | undefined> {
  const progress = reporter.progress('Verifying what is in its place', outcomes.length);
  const limit = pLimit(jobs);
  let damage: string | undefined;
  const verify = async (outcome: MigrateOutcome) => {
    throwIfCancelled(signal);
    const key = outcome.kind === 'failed' ? undefined : reader.naming.keyOfName?.(outcome.spec);
    if (outcome.kind === 'failed' || key === undefined || damage !== undefined) return;
    const isSent = outcome.kind === 'migrated' && outcome.isSent;
    const listed = { key, hash: outcome.spec.hash, modified: undefined };
    const how = { signed, trust: undefined, sizes: undefined, signal } as const;
    const found = await checkEntry(reader, listed, { ...how, tarball: isSent ? 'exists' : 'content' });
    const [problem] = found.problems;
    if (found.entry === undefined || problem !== undefined) damage ??= problem?.text ?? `${key} is gone`;
    progress.advance(1);
  };
  try {
    await Promise.all(outcomes.map((outcome) => limit(verify, outcome)));
  } finally {
    progress.done();
  }
  return damage;
}

/** @returns how many objects were deleted */
async function deleteOld(
  {
    entries,
    tarballs,
    before,
  }: {
    readonly entries: readonly ListedEntry[];
    readonly tarballs: ReadonlySet<string>;
    readonly before: ReadonlyMap<string, ObjectInfo>;
  },
  outcomes: readonly MigrateOutcome[],
  options: MigrateOptions,
  problems: string[],
  reporter: Reporter,
): Promise<number> {
  const { source, deleteFrom, dryRun, signal } = options;
  if (deleteFrom === undefined || dryRun) return 0;
  if (outcomes.some(({ kind }) => kind === 'failed')) {
    problems.push('the old layout was not deleted, since not all of it could be migrated');
    return 0;
  }
  const damage = await findDamage(outcomes, options, reporter);
  if (damage !== undefined) {
    problems.push(
      `the old layout was not deleted, since the new one is damaged: ${damage}. Run \`buildcache check-index MIRROR --verify all --repair\`, and migrate again`,
    );
    return 0;
  }
  const done = new Map(entries.map(({ key, modified }) => [key, modified?.getTime()]));
  const now = await listLayout2(source, signal);
  const added = now.find(({ key, modified }) => !done.has(key) || done.get(key) !== modified?.getTime());
  if (added !== undefined) {
    problems.push(`the old layout was not deleted, since ${added.key} was pushed meanwhile: migrate again`);
    return 0;
  }
  const files = await filesOf(deleteFrom, signal);
  const keys = [...files.keys()];
  // A push writes the tarball first, and the spec file when that is there.
  const versionOf = (info: ObjectInfo | undefined) => info && `${info.modified?.getTime()} ${info.size}`;
  const begun = keys.find(
    (key) => tarballs.has(key) && versionOf(files.get(key)) !== versionOf(before.get(key)),
  );
  if (begun !== undefined) {
    problems.push(`the old layout was not deleted, since ${begun} was written meanwhile: migrate again`);
    return 0;
  }
  const other = keys.find((key) => SPEC_FILE.test(key) && !done.has(key) && !done.has(`${key}.sig`));
  if (other !== undefined) {
    problems.push(`the old layout was not deleted, since ${other} is an entry that cannot be migrated`);
    return 0;
  }
  // A file that belongs to no migrated entry is not ours, or is from a push that is not finished. One of the same name in
  // another folder is a copy of somebody's.
  const isKnown = (key: string) => SPEC_FILE.test(key) || OF_LAYOUT_2.test(key) || tarballs.has(key);
  const strange = keys.filter((key) => !isKnown(key));
  if (strange.length > 0) {
    const shown = strange.length > 3 ? [...strange.slice(0, 3), `${strange.length - 3} more`] : strange;
    problems.push(
      `left of the old layout, since it belongs to no entry that was migrated: ${shown.join(', ')}`,
    );
  }
  // Spec files are deleted last, so that a run that was stopped can still be recognized, and finished by the next one.
  const old = keys.filter(isKnown).sort((a, b) => Number(done.has(a)) - Number(done.has(b)));
  let deleted = 0;
  for (const key of old) {
    const listed = done.has(key) ? before.get(key) : undefined;
    if (await deleteFrom.delete(key, { signal, listed })) deleted++;
    else if (listed !== undefined && (await deleteFrom.head(key, { signal })) !== undefined)
      problems.push(`${key} was left, since it was pushed meanwhile: migrate again`);
  }
  // No program writes layout 2 there any more, so only we can clear away what killed writers have left.
  await deleteFrom.sweep?.({ signal });
  return deleted;
}
