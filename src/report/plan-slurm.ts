/**
 * A plan for Slurm: one shell script that submits every job with its dependencies. Jobs with the same dependencies are
 * tasks of one array. An array's name stands for what its jobs build, so the script can ask the queue which arrays are in
 * it. The script may therefore be run again after it was interrupted or jobs have failed. Arrays in the queue are left
 * alone. Others are submitted again, and their jobs leave out specs that are present by then.
 */
import { sha256 } from '../core/digest.ts';
import { type BuildPlan, type JobNeed, jobHashes, type PlannedJob } from '../plan/build-plan/plan.ts';
import { shellWord } from './shell-words.ts';

export interface SlurmOptions {
  /** What a job runs, as a line of a shell; `BUILDCACHE_CHUNK` has its hashes. */
  readonly command: string;
}

/** Below the usual MaxArraySize of 1001, and of what fits on a command line. */
const MAX_ARRAY = 500;

export function slurmScript(plan: BuildPlan, { command }: SlurmOptions): string {
  const arrays = arraysOf(plan.jobs);
  const refs = new Map(
    arrays.flatMap(({ name, places }) => places.map((place, i) => [place, refOf(name, places, i)])),
  );
  const lines = [HEADER.replace('COMMAND', () => command)];
  for (const { name, needs, places } of arrays) {
    const chunks = places.flatMap((place) => {
      const job = plan.jobs[place];
      return job === undefined ? [] : [shellWord(jobHashes(plan, job).join(' '))];
    });
    lines.push(['submit', shellWord(name), shellWord(dependencies(needs, refs)), ...chunks].join(' '));
  }
  lines.push(
    plan.jobs.length === 0
      ? "echo 'Every spec is present: nothing to build.'"
      : 'echo "$submitted jobs submitted, $kept in the queue already"',
  );
  return `${lines.join('\n')}\n`;
}

interface JobArray {
  /** A name that is unique for these jobs. */
  readonly name: string;
  readonly needs: readonly JobNeed[];
  readonly places: readonly number[];
}

/** The arrays in the order of their first jobs. Jobs with the same dependencies can begin at the same time. */
function arraysOf(jobs: readonly PlannedJob[]): JobArray[] {
  const arrays: { needs: readonly JobNeed[]; places: number[] }[] = [];
  const open = new Map<string, { places: number[] }>();
  for (const [place, { needs }] of jobs.entries()) {
    const key = JSON.stringify(needs);
    const array = open.get(key);
    if (array !== undefined && array.places.length < MAX_ARRAY) {
      array.places.push(place);
      continue;
    }
    const begun = { needs, places: [place] };
    open.set(key, begun);
    arrays.push(begun);
  }
  return arrays.map(({ needs, places }) => {
    const names = places.map((place) => jobs[place]?.name ?? '');
    const [first = ''] = names;
    return {
      needs,
      places,
      name: names.length === 1 ? first : `array-${sha256(names.join(' ')).slice(0, 16)}`,
    };
  });
}

function refOf(name: string, places: readonly number[], task: number): string {
  return places.length === 1 ? name : `${name}_${task}`;
}

/** `ok:JOB` where a job can build nothing unless all of the other job succeeded, `any:JOB` where a part may suffice. */
function dependencies(needs: readonly JobNeed[], refs: ReadonlyMap<number, string>): string {
  return needs.map(({ job, whole }) => `${whole ? 'ok' : 'any'}:${refs.get(job) ?? ''}`).join(' ');
}

const HEADER = `#!/bin/sh
# Written by buildcache plan. Run it where sbatch is: sh FILE [OPTIONS OF SBATCH...]
# Run it again when it was interrupted or jobs have failed: what is in the queue is left alone.
set -eu

# A job, or a task of an array of them: each argument has the hashes of one.
if [ "\${1-}" = --build-chunk ]; then
  shift "$((\${SLURM_ARRAY_TASK_ID:-0} + 1))"
  export BUILDCACHE_CHUNK="$1"
  COMMAND
  exit
fi

command -v sbatch >/dev/null 2>&1 || {
  echo "$0: there is no sbatch on the PATH: run this on a machine that submits jobs" >&2
  exit 2
}
self=$0
options=$*
submitted=0
kept=0
# Lines of a job and its id: NAME 17, or of a task NAME_3 17_3.
queue=$(squeue --me --array --noheader --format='%j_%K %F_%K')
queue=$(printf '%s\\n' "$queue" | sed 's,_N/A,,g')

# The id of a job in the queue; nothing where it is not there any more.
id_of() {
  printf '%s\\n' "$queue" | sed -n "s/^$1 //p" | tail -n 1
}

# submit NAME NEEDS CHUNK...
submit() {
  name=$1
  needs=$2
  shift 2
  tasks=
  task=0
  while [ "$task" -lt "$#" ]; do
    if [ "$#" = 1 ]; then ref=$name; else ref=\${name}_$task; fi
    if [ -n "$(id_of "$ref")" ]; then kept=$((kept + 1)); else tasks="$tasks $task"; fi
    task=$((task + 1))
  done
  [ -n "$tasks" ] || return 0
  depends=
  for need in $needs; do
    on=$(id_of "\${need#*:}")
    [ -z "$on" ] || depends="\${depends:+$depends,}after\${need%%:*}:$on"
  done
  array=
  [ "$#" = 1 ] || array="--array=$(echo $tasks | tr ' ' ',')"
  # The options are words: what has spaces in it goes into a variable of sbatch's.
  job=$(sbatch --parsable --job-name="$name" --kill-on-invalid-dep=yes \${depends:+"--dependency=$depends"} $array $options "$self" --build-chunk "$@")
  job=\${job%%;*}
  for task in $tasks; do
    if [ "$#" = 1 ]; then ref="$name $job"; else ref="\${name}_$task \${job}_$task"; fi
    queue="$queue
$ref"
    submitted=$((submitted + 1))
  done
}
`;
