/** What has changed between two environments, for machines. While `version` is 1, fields are only added. */
import type { Pair } from '../plan/explain/align.ts';
import { type DiffResult, diffExitCode } from '../plan/explain-result.ts';
import { countStates, specsWith } from '../plan/rebuild.ts';
import { changeJson, explanationJson, specJson } from './explain-json.ts';

/** What `diff --json` prints. @param exitCode whether the exit code says that there is a difference */
export function diffJson(result: DiffResult, exitCode: boolean): unknown {
  const { added, removed, updated, rebuilt, build, gate, total, explanation } = result;
  return {
    version: 1,
    exit_code: diffExitCode(result, exitCode),
    old: result.old,
    new: result.new,
    counts: {
      total,
      added: added.length,
      removed: removed.length,
      updated: updated.length,
      rebuilt: rebuilt.length,
      build: build.length,
      ...(gate === undefined
        ? {}
        : { cached: specsWith(gate, 'present').length, unknown: specsWith(gate, 'unknown').length }),
    },
    added: added.map(specJson),
    removed: removed.map(specJson),
    updated: updated.map(pairJson),
    rebuilt: rebuilt.map(pairJson),
    build: build.map(specJson),
    mirrors: (gate?.answers ?? []).map((answer) => ({
      name: answer.name,
      url: answer.url,
      ...countStates(answer),
      notes: answer.notes,
    })),
    ...explanationJson(explanation),
  };
}

function pairJson({ wanted, near, changes }: Pair): Record<string, unknown> {
  return { ...specJson(wanted), was: specJson(near), changes: changes.map(changeJson) };
}
