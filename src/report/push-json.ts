/** The result of a push, for machines. */
import { type PushResult, pushExitCode } from '../plan/push-result.ts';
import { shortSpec } from '../spec/format.ts';
import { countOutcomes } from './push-text.ts';

/** What `push --json` prints. Within one `version`, fields are only added. */
export function pushJson(result: PushResult): unknown {
  return {
    version: 1,
    exit_code: pushExitCode(result),
    dry_run: result.dryRun,
    mirrors: result.mirrors.map((mirror) => ({
      name: mirror.name,
      url: mirror.url,
      signed: mirror.signed,
      counts: countOutcomes(mirror),
      index: mirror.index ?? null,
      key_failed: mirror.keyFailed ?? null,
      images: mirror.images,
      tagged: mirror.tagged ?? null,
      notes: mirror.notes,
      specs: result.specs.map((spec) => {
        const { kind, ...facts } = mirror.outcomes.get(spec.hash) ?? { kind: 'not-tried' };
        return {
          name: spec.name,
          version: spec.version,
          hash: spec.hash,
          short_spec: shortSpec(spec),
          outcome: kind,
          ...facts,
        };
      }),
    })),
  };
}
