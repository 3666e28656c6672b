/** What `bundle` prints, for machines. Within one `version`, fields are only added. */
import type { Bundle } from '../cache/bundle/bundle.ts';
import type { External } from '../cache/bundle/documents.ts';
import type { EntryName } from '../cache/entries.ts';
import { type CreatedBundle, createdExitCode, type VerifiedVolume } from '../plan/bundle-result.ts';
import type { SyncResult } from '../plan/sync-result.ts';
import { syncedSpecJson, syncJson } from './sync-json.ts';

export function createdJson(created: CreatedBundle): unknown {
  return {
    version: 1,
    exit_code: createdExitCode(created),
    dry_run: created.dryRun,
    source: created.read.specs[0]?.source ?? null,
    left_out: created.leftOut,
    volumes: created.volumes,
    externals: created.externals.map(externalJson),
    keys: created.keys,
    specs: created.read.specs.map(bundledSpecJson),
  };
}

/** @param absent externals whose path does not exist on this machine */
export function importedJson(
  result: SyncResult,
  { id, manifest }: Bundle,
  absent: readonly External[],
): unknown {
  const isAbsent = new Set(absent);
  const externals = manifest.externals.map((external) => {
    return { ...externalJson(external), absent: isAbsent.has(external) };
  });
  return { ...syncJson(result), bundle: id, externals };
}

function externalJson(external: External) {
  return { ...external, path: external.path ?? null };
}

export function listedJson(specs: readonly EntryName[]): unknown {
  return { version: 1, specs: specs.map(({ name, version, hash }) => ({ name, version, hash })) };
}

export function verifiedJson(volumes: readonly VerifiedVolume[], keys: readonly string[]): unknown {
  return {
    version: 1,
    volumes: volumes.map(({ file, volume, problem }) => ({
      file,
      bundle: volume?.bundle ?? null,
      number: volume?.number ?? null,
      of: volume?.of ?? null,
      specs: volume?.specs ?? null,
      problem: problem ?? null,
    })),
    keys,
  };
}

/** As for a sync, but a spec that is in the bundle counts as bundled: nothing was copied yet when it was read. */
function bundledSpecJson(spec: CreatedBundle['read']['specs'][number]): unknown {
  if (spec.outcome.kind !== 'copied') return syncedSpecJson(spec);
  const { name, version, hash, source, outcome } = spec;
  return { name, version, hash, source, outcome: 'bundled', signature: outcome.signature };
}
