/**
 * Runs verbs that write while things go wrong: `npm run test:soak -- --rounds N [--seed S]`. A round that fails is named by
 * its seed, and `--rounds 1 --seed` that repeats it. `--verb` and `--fault` narrow; then seeds mean other rounds.
 * Ends with a table of verbs and faults, and `N passed, N failed`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeBaseline } from './baseline.ts';
import { KINDS } from './faults.ts';
import { type Round, soaker } from './round.ts';
import { canMount } from './world.ts';

const WORKERS = 2;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '60' },
    seed: { type: 'string' },
    verb: { type: 'string' },
    fault: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const first = Number(values.seed ?? Math.floor(Math.random() * 2 ** 30));
console.log(
  `seed ${first}, ${rounds} rounds; full disks are ${canMount ? 'a tmpfs, and files of limited size' : 'files of limited size: this user mounts nothing'}`,
);

const folder = mkdtempSync(join(tmpdir(), 'soak-'));
const done: Round[] = [];
try {
  const soak = soaker(await makeBaseline(folder), {
    ...(values.verb === undefined ? {} : { verb: values.verb }),
    ...(values.fault === undefined ? {} : { kind: values.fault }),
  });
  let next = 0;
  // The rounds under way come to their end, and what is mounted is unmounted; the second time somebody is in a hurry.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (next >= rounds) process.exit(2);
      next = rounds;
    });
  }
  const work = async () => {
    while (next < rounds) {
      const seed = first + next++;
      const round = await soak(seed).catch((error: unknown): Round => broken(seed, error));
      done.push(round);
      if (round.problems.length > 0 || values.verbose) say(round);
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(table(done));
const failed = done.filter(({ problems }) => problems.length > 0).length;
console.log(`${done.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 || done.length < rounds ? 1 : 0);

/** The harness itself has failed: no round at all. */
function broken(seed: number, error: unknown): Round {
  const problems = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  return { seed, verb: 'the harness', backend: 'folder', kind: 'kill', said: '', end: '', problems };
}

function say({ seed, verb, backend, said, end, problems }: Round): void {
  const how = `${verb}, ${backend}, ${said}, ${end}`;
  console.log(problems.length > 0 ? `FAILED --rounds 1 --seed ${seed} (${how})` : `${seed} ${how}`);
  for (const problem of problems) console.log(`  ${problem}`);
}

/** How often each fault hit each verb, of these how often the verb had an answer of its own, and failures. */
function table(all: readonly Round[]): string {
  const verbs = [...new Set(all.map(({ verb }) => verb))].sort();
  const cell = (these: readonly Round[]) => {
    const bad = these.filter(({ problems }) => problems.length > 0).length;
    return these.length === 0 ? '' : bad > 0 ? `${these.length} (${bad} failed)` : `${these.length}`;
  };
  const row = (name: string, of: readonly Round[]) =>
    `| ${[name, ...KINDS.map((kind) => cell(of.filter((round) => round.kind === kind))), cell(of)].join(' | ')} |`;
  return [
    `| Verb | ${KINDS.join(' | ')} | all |`,
    `| --- |${' --- |'.repeat(KINDS.length + 1)}`,
    ...verbs.map((verb) =>
      row(
        verb,
        all.filter((round) => round.verb === verb),
      ),
    ),
    row('all', all),
  ].join('\n');
}
