/**
 * A plan for GitLab: a child pipeline whose jobs have the same `needs` as those of the plan. GitLab allows 50 needs a job;
 * more than that are gathered by extra jobs that do nothing else. Scalars are written as in JSON, which every reader of
 * YAML reads the same way.
 */
import { BuildcacheError } from '../core/errors.ts';
import { type BuildPlan, type JobNeed, jobHashes } from '../plan/build-plan/plan.ts';

export interface GitlabOptions {
  /** What a job runs, as a line of a shell; `BUILDCACHE_CHUNK` has its hashes. */
  readonly command: string;
  /** The text of a mapping in YAML, for `default:`. */
  readonly defaults: string | undefined;
}

/** GitLab's default, which an administrator may change. */
const MAX_NEEDS = 50;
/** GitLab's limit for a configuration file. The limit for an artifact is higher. */
const MAX_BYTES = 1_000_000;

/** @throws BuildcacheError `too-large` for a pipeline that GitLab would refuse */
export function gitlabPipeline(plan: BuildPlan, { command, defaults }: GitlabOptions): string {
  const lines = ['# Written by buildcache plan.', 'stages: ["build"]'];
  if (defaults !== undefined) lines.push('default:', ...indented(defaults));
  lines.push(
    '.chunk:',
    '  stage: "build"',
    // A job whose build failed is not repeated, since it would fail again. A job that a runner lost is repeated, and finds
    // what it has pushed before.
    '  retry: {"max": 2, "when": ["runner_system_failure", "scheduler_failure"]}',
    `  script: [${JSON.stringify(command)}]`,
  );
  for (const job of plan.jobs) {
    const { gathers, needs } = withinLimit(job.name, job.needs, plan);
    for (const gather of gathers) lines.push(...gather);
    lines.push(
      `${JSON.stringify(job.name)}:`,
      '  extends: ".chunk"',
      `  variables: {"BUILDCACHE_CHUNK": ${JSON.stringify(jobHashes(plan, job).join(' '))}}`,
      `  needs: ${needsText(needs)}`,
      ...whenText(job.needs),
    );
  }
  if (plan.jobs.length === 0) {
    // GitLab takes a pipeline without jobs for an error.
    lines.push(
      '"nothing-to-build":',
      '  stage: "build"',
      '  script: ["echo Every spec is present: nothing to build."]',
    );
  }
  const text = `${lines.join('\n')}\n`;
  if (text.length <= MAX_BYTES) return text;
  throw new BuildcacheError('too-large', 'the pipeline is larger than GitLab takes', {
    expected: `at most ${MAX_BYTES} bytes`,
    found: `${text.length} bytes, with ${plan.jobs.length} jobs`,
    hint: 'allow fewer jobs with --max-jobs',
  });
}

function withinLimit(
  name: string,
  needs: readonly JobNeed[],
  { jobs }: BuildPlan,
): { readonly gathers: readonly (readonly string[])[]; readonly needs: readonly string[] } {
  const nameOf = ({ job }: JobNeed) => jobs[job]?.name ?? '';
  if (needs.length <= MAX_NEEDS) return { gathers: [], needs: needs.map(nameOf) };
  const groups: JobNeed[][] = [];
  for (let i = 0; i < needs.length; i += MAX_NEEDS) groups.push(needs.slice(i, i + MAX_NEEDS));
  const names = groups.map((_, i) => `gather-${i}-${name}`);
  return {
    needs: names,
    gathers: groups.map((group, i) => [
      `${JSON.stringify(names[i])}:`,
      '  stage: "build"',
      '  variables: {"GIT_STRATEGY": "none"}',
      '  script: ["true"]',
      `  needs: ${needsText(group.map(nameOf))}`,
      ...whenText(group),
    ]),
  };
}

function needsText(names: readonly string[]): string {
  return `[${names.map((name) => `{"job": ${JSON.stringify(name)}, "artifacts": false}`).join(', ')}]`;
}

/** A job that needs only a part of another one runs even if that one has failed. It leaves out specs it cannot build. */
function whenText(needs: readonly JobNeed[]): string[] {
  return needs.every(({ whole }) => whole) ? [] : ['  when: "always"'];
}

function indented(text: string): string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? line : `  ${line}`));
}
