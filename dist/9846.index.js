export const id=9846;export const ids=[9846];export const modules={89846:((e,t,n)=>{n.d(t,{slurmScript:()=>slurmScript});var r=n(82552),i=n(70071),a=n(92513);function slurmScript(e,{command:t}){let n=arraysOf(e.jobs),r=new Map(n.flatMap(({name:e,places:t})=>t.map((n,r)=>[n,refOf(e,t,r)]))),s=[o.replace(`COMMAND`,()=>t)];for(let{name:t,needs:o,places:c}of n){let n=c.flatMap(t=>{let n=e.jobs[t];return n===void 0?[]:[(0,a.r)((0,i.e_)(e,n).join(` `))]});s.push([`submit`,(0,a.r)(t),(0,a.r)(dependencies(o,r)),...n].join(` `))}return s.push(e.jobs.length===0?`echo 'Every spec is present: nothing to build.'`:`echo "$submitted jobs submitted, $kept in the queue already"`),`${s.join(`
`)}\n`}function arraysOf(e){let t=[],n=new Map;for(let[r,{needs:i}]of e.entries()){let e=JSON.stringify(i),a=n.get(e);if(a!==void 0&&a.places.length<500){a.places.push(r);continue}let o={needs:i,places:[r]};n.set(e,o),t.push(o)}return t.map(({needs:t,places:n})=>{let i=n.map(t=>e[t]?.name??``),[a=``]=i;return{needs:t,places:n,name:i.length===1?a:`array-${(0,r.sc)(i.join(` `)).slice(0,16)}`}})}function refOf(e,t,n){return t.length===1?e:`${e}_${n}`}function dependencies(e,t){return e.map(({job:e,whole:n})=>`${n?`ok`:`any`}:${t.get(e)??``}`).join(` `)}let o=`#!/bin/sh
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
`})};