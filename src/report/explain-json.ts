/** Why specs are missing, for machines: every cause, spec and proof. While `version` is 1, fields are only added. */
import { addTo } from '../core/multimap.ts';
import { hintOf, onlyCase } from '../plan/explain/cases.ts';
import type { Change } from '../plan/explain/changes.ts';
import type { Explanation, SpecAnswer } from '../plan/explain/explain.ts';
import { type ExplainResult, explainExitCode } from '../plan/explain-result.ts';
import { mirrorsWith, specsWith } from '../plan/rebuild.ts';
import { shortSpec } from '../spec/format.ts';
import type { SpecNode } from '../spec/node.ts';
import { countAnswers } from './explain-words.ts';

/** What `explain --json` prints. */
export function explainJson(result: ExplainResult): unknown {
  const { explanation, gate, total, sources, notes } = result;
  const unknown = gate === undefined ? [] : specsWith(gate, 'unknown');
  return {
    version: 1,
    exit_code: explainExitCode(result),
    compared_with: sources,
    complete: !result.incomplete,
    counts: {
      total,
      missing: explanation.answers.length,
      unknown: unknown.length,
      ...answersJson(explanation),
    },
    ...explanationJson(explanation),
    unknown: unknown.map((node) => ({
      ...specJson(node),
      reasons: gate === undefined ? [] : mirrorsWith(gate, node.hash, 'unknown'),
    })),
    notes,
  };
}

function answersJson({ answers }: Explanation): Record<string, number> {
  const { changed, proven, elsewhere, local, new: fresh } = countAnswers(answers);
  return { changed, proven, elsewhere, local, new: fresh };
}

/** The causes, numbered, and each spec with the numbers of its causes. */
export function explanationJson({ causes, answers }: Explanation): Record<string, unknown> {
  const own = new Map<string, number[]>();
  for (const [id, { drags }] of causes.entries()) {
    for (const { hash } of drags) addTo(own, hash, id);
  }
  return {
    only: onlyCase(causes) ?? null,
    causes: causes.map((cause, id) => ({
      id,
      case: cause.case,
      changes: cause.changes.map(changeJson),
      changed: cause.pairs.map(({ wanted, near }) => ({
        name: wanted.name,
        hash: wanted.hash,
        version: wanted.version,
        nearest: { hash: near.hash, version: near.version },
      })),
      counted: cause.counted,
      drags: cause.drags.map(({ hash }) => hash),
      hint: hintOf(cause.case) ?? null,
    })),
    specs: answers.map((answer) => ({ ...answerJson(answer), causes: own.get(answer.node.hash) ?? [] })),
  };
}

function answerJson(answer: SpecAnswer): Record<string, unknown> {
  const spec = { ...specJson(answer.node), answer: answer.is };
  switch (answer.is) {
    case 'new':
      return spec;
    case 'elsewhere':
      return { ...spec, holders: answer.holders };
    case 'local':
      return { ...spec, reason: answer.reason };
    case 'changed': {
      const { pair, holders, proof } = answer;
      return {
        ...spec,
        nearest: { ...specJson(pair.near), holders },
        changes: pair.changes.map(changeJson),
        proven: proof.proven,
        ...(proof.proven ? {} : { not_proven: proof.why }),
      };
    }
  }
}

export function changeJson({ kind, name, from, to }: Change): Record<string, unknown> {
  return { kind, ...(name === undefined ? {} : { name }), from: from ?? null, to: to ?? null };
}

export function specJson(node: SpecNode): Record<string, unknown> {
  return { name: node.name, version: node.version, hash: node.hash, short_spec: shortSpec(node) };
}
