/** The result of a sync, for machines. */
import { countSynced, type SyncedSpec, type SyncResult, syncExitCode } from '../plan/sync-result.ts';

/** What `sync --json` prints. Within one `version`, fields are only added. */
export function syncJson(result: SyncResult): Readonly<Record<string, unknown>> {
  return {
    version: 1,
    exit_code: syncExitCode(result),
    dry_run: result.dryRun,
    mirrors: result.mirrors.map((mirror) => ({
      name: mirror.name,
      url: mirror.url,
      counts: countSynced(mirror),
      index: mirror.index ?? null,
      key_failed: mirror.keyFailed ?? null,
      notes: mirror.notes,
      specs: mirror.specs.map(syncedSpecJson),
    })),
  };
}

export function syncedSpecJson({ name, version, hash, source, outcome }: SyncedSpec): unknown {
  const about = { name: name ?? null, version: version ?? null, hash, source, outcome: outcome.kind };
  switch (outcome.kind) {
    case 'copied': {
      const { signature, between, through } = outcome;
      return { ...about, signature, bytes: between + through, bytes_through_us: through };
    }
    case 'failed':
      return { ...about, code: outcome.code, reason: outcome.reason };
    case 'present':
    case 'absent':
    case 'would-copy':
    case 'not-tried':
      return about;
  }
}
