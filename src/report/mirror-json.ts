/** What `check-index` has found, for machines. */
import {
  countProblems,
  isRight,
  type MirrorCheck,
  type MirrorRepair,
  mirrorCheckExitCode,
} from '../plan/mirror-check.ts';

/** What `check-index --json` prints. Within one `version`, fields are only added. */
export function mirrorJson(check: MirrorCheck, repair: MirrorRepair | undefined): unknown {
  return {
    version: 1,
    exit_code: mirrorCheckExitCode(check, repair),
    url: check.url,
    layout: check.layout,
    view: check.view ?? null,
    right: isRight(check),
    index: check.index,
    entries: check.entries ?? null,
    missing: check.missing,
    unindexed: check.unindexed.map(({ hash, key }) => ({ hash, key })),
    counts: Object.fromEntries(countProblems(check.problems)),
    problems: check.problems.map(({ kind, entry, text, blob }) => ({
      kind,
      hash: entry.hash,
      key: entry.key,
      blob: blob?.key ?? null,
      text,
    })),
    unknown: check.unknown,
    unsigned: check.unsigned ?? null,
    provenance: check.provenance ?? null,
    root_lengths:
      check.rootLengths === undefined
        ? null
        : {
            lengths: [...check.rootLengths.lengths].map(([length, entries]) => ({ length, entries })),
            unknown: check.rootLengths.unknown,
          },
    blobs: check.blobs ?? null,
    orphans: check.orphans ?? null,
    growth: check.growth.map(({ days, entries, blobs }) => ({ days, entries, blobs: blobs ?? null })),
    oldest: check.oldest ?? null,
    newest: check.newest ?? null,
    repair:
      repair === undefined
        ? null
        : {
            removed: repair.removed.map(({ hash, key }) => ({ hash, key })),
            removed_blobs: repair.removedBlobs,
            put_back: repair.putBack,
            index_changed: repair.indexChanged,
            problems: repair.problems,
          },
  };
}

/** The file of `spack buildcache check-index --output`. */
export function spackCheckIndex({ index, missing, unindexed, problems }: MirrorCheck): unknown {
  const blobs: Record<string, unknown[]> = {};
  for (const { kind, entry, blob } of problems) {
    if (kind !== 'blob-missing' || blob === undefined) continue;
    const records = blobs[entry.hash] ?? [];
    blobs[entry.hash] = records;
    records.push({ contentLength: blob.size, checksumAlgorithm: 'sha256', checksum: blob.sha256 });
  }
  return {
    exists: index.kind === 'there',
    manifests: { missing, unindexed: unindexed.map(({ hash }) => hash) },
    blobs: { missing: blobs },
  };
}
