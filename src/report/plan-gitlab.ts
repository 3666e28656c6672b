/**
 * A plan for GitLab: a child pipeline whose jobs need each other as they do. Within its limits: 50 needs a job, more
 * being gathered by jobs that do nothing else. Scalars are JSON's, which all readers of YAML take for the same.
 */
import { BuildcacheError } from '../core/errors.ts';
import { type BuildPlan, type JobNeed, jobHashes } from '../plan/build-plan/plan.ts';

export interface GitlabOptions {
  /** What a job runs, as a line of a shell; `BUILDCACHE_CHUNK` has its hashes. */
  readonly command: string;
  /** The text of a mapping in YAML, for `default:`. */
  readonly defaults: string | undefined;
}

/** GitLab's own, unless an administrator has chosen another. */
const MAX_NEEDS = 50;
/** Its limit on a file of configuration; that on the artifact is higher. */
const MAX_BYTES = 1_000_000;

/** @throws BuildcacheError `too-large` for what GitLab would refuse */
export function gitlabPipeline(plan: BuildPlan, { command, defaults }: GitlabOptions): string {
  const lines = ['# Written by buildcache plan.', 'stages: ["build"]'];
  if (defaults !== undefined) lines.push('default:', ...indented(defaults));
  lines.push(
    '.chunk:',
    '  stage: "build"',
    // What failed by itself fails again; what a runner lost is tried again, and finds what was pushed.
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
    // A pipeline without jobs is an error.
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

/** One that needs only a part of another is run when that has failed, and drops by itself what it cannot build. */
function whenText(needs: readonly JobNeed[]): string[] {
  return needs.every(({ whole }) => whole) ? [] : ['  when: "always"'];
}

function indented(text: string): string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? line : `  ${line}`));
}
