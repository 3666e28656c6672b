/** The gate's answer for machines: every spec, every mirror, every reason. */

import { groupByStage } from '../plan/matrix.ts';
import {
  type CheckResult,
  checkExitCode,
  countFiltered,
  countStates,
  spackName,
  specsWith,
} from '../plan/rebuild.ts';
import { shortSpec } from '../spec/format.ts';
import { type LocalSources, localSources } from '../spec/local-source.ts';
import type { SpecNode } from '../spec/node.ts';

/** What `check --json` prints. Within one `version`, fields are only added. */
export function checkJson(result: CheckResult): unknown {
  const { decisions, answers, needs, verify } = result;
  const stages = new Map(
    groupByStage(specsWith(result, 'rebuild'), result.nodes).flatMap((specs, stage) =>
      specs.map(({ hash }) => [hash, stage]),
    ),
  );
  const local = localSources(result);
  return {
    version: 1,
    exit_code: checkExitCode(result),
    needs: needs.kind === 'mirror' ? needs.name : needs.kind,
    verify,
    counts: {
      total: decisions.length,
      present: specsWith(result, 'present').length,
      rebuild: specsWith(result, 'rebuild').length,
      unknown: specsWith(result, 'unknown').length,
    },
    mirrors: answers.map((answer) => ({
      name: spackName(answer, answers),
      url: answer.url,
      index: answer.index ?? null,
      ...countStates(answer),
      filtered: countFiltered(answer),
      notes: answer.notes,
    })),
    specs: decisions.map(({ node, decision }) => ({
      name: node.name,
      version: node.version,
      hash: node.hash,
      short_spec: shortSpec(node),
      ...buildSpecJson(node),
      ...localSourceJson(node, local),
      decision,
      ...(stages.has(node.hash) ? { stage: stages.get(node.hash) } : {}),
      mirrors: Object.fromEntries(
        answers.map((answer) => [spackName(answer, answers), answer.states.get(node.hash)]),
      ),
    })),
  };
}

/** The output `rebuild-specs`: the specs to rebuild, dependencies first, and the mirrors on which each is missing. */
export function rebuildSpecsJson(result: CheckResult, withUnknown: boolean): unknown[] {
  const local = localSources(result);
  return result.decisions
    .filter(({ decision }) => decision === 'rebuild' || (withUnknown && decision === 'unknown'))
    .map(({ node }) => ({
      name: node.name,
      version: node.version,
      hash: node.hash,
      short_spec: shortSpec(node),
      ...buildSpecJson(node),
      ...localSourceJson(node, local),
      mirrors: result.answers
        .filter(({ states }) => states.get(node.hash)?.state === 'missing')
        .map((answer) => spackName(answer, result.answers)),
    }));
}

/** For spliced specs: the build spec. The answer is about its entry, and a rebuild builds it. */
function buildSpecJson({ buildSpec }: SpecNode): { readonly build_spec?: SpecNode['buildSpec'] } {
  return buildSpec === undefined ? {} : { build_spec: buildSpec };
}

/** For specs of local source: the develop spec, itself or below it. */
function localSourceJson(
  { hash }: SpecNode,
  local: LocalSources,
): { readonly local_source?: { readonly name: string; readonly hash: string } } {
  const develop = local.get(hash);
  return develop === undefined ? {} : { local_source: { name: develop.name, hash: develop.hash } };
}
