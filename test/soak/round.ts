/**
 * One round: a verb does its work while something goes wrong, what it leaves is looked at, and it is run again. All of it
 * follows from the seed.
 */
import { readFileSync } from 'node:fs';
import { randomOf } from '../fuzz/mutate.ts';
import type { Baseline } from './baseline.ts';
import {
  chooseFault,
  type Ended,
  type Fault,
  type FaultKind,
  kindsFor,
  type Measure,
  NO_FAULT,
  runUnder,
} from './faults.ts';
import {
  age,
  amountOf,
  bytesOf,
  leftovers,
  missingFrom,
  problemsOf,
  stateOf,
  sweepMirrors,
  unwellSaid,
} from './invariants.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';
import { type Backend, makeWorld, type World } from './world.ts';

export interface Round {
  readonly seed: number;
  readonly verb: string;
  readonly backend: Backend;
  readonly kind: FaultKind;
  readonly said: string;
  /** How the verb that was hit ended: a signal, or its exit code. */
  readonly end: string;
  readonly problems: readonly string[];
}

/** What a verb does and leaves when nothing goes wrong. */
interface Reference extends Measure {
  readonly code: number | null;
  readonly state: unknown;
  readonly amount: number;
}

/** Indices and blobs that a fault has left unnamed, which a prune removes. */
const MOST_MORE = 12;

/** @param only the name of a verb, in place of one by chance */
export function soaker(baseline: Baseline, only?: { readonly verb?: string; readonly kind?: string }) {
  const references = new Map<string, Promise<Reference>>();
  const scenarios = SCENARIOS.filter(({ name }) => only?.verb === undefined || name === only.verb);
  return async function soak(seed: number): Promise<Round> {
    const random = randomOf(seed);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    const scenario = pick(scenarios);
    const backend = pick(scenario.backends);
    const kind = pick(kindsFor(backend).filter((each) => only?.kind === undefined || each === only.kind));
    const key = `${scenario.name} ${backend}`;
    const reference = references.get(key) ?? refer(scenario, backend, baseline);
    references.set(key, reference);
    const fault = chooseFault(kind, await reference, random);
    await using world = await makeWorld(baseline, backend, fault.left !== undefined);
    scenario.prepare?.(world);
    const ended = await runUnder(fault, scenario.args(world), world, scenario.stepEnv?.(world));
    const problems = await judge({ scenario, world, fault, ended, reference: await reference });
    const end = ended.signal ?? `exit ${ended.code}`;
    return { seed, verb: scenario.name, backend, kind, said: fault.said, end, problems };
  };
}

async function refer(scenario: Scenario, backend: Backend, baseline: Baseline): Promise<Reference> {
  await using world = await makeWorld(baseline, backend, false);
  scenario.prepare?.(world);
  const before = bytesOf(world);
  const count = world.at('steps');
  const { code, stderr } = await runUnder(
    { ...NO_FAULT, instructions: { count } },
    scenario.args(world),
    world,
    scenario.stepEnv?.(world),
  );
  const problems = await problemsOf(world, true);
  const left = leftovers(world);
  if (code === null || code > 1 || problems.length > 0 || left.length > 0)
    throw new Error(`${scenario.name} on ${backend} without a fault: ${code} ${stderr} ${problems} ${left}`);
  const bytes = Math.max(20_000, bytesOf(world) - before);
  const steps = Number(readFileSync(count, 'utf8'));
  return { code, bytes, steps, requests: world.requests, state: stateOf(world), amount: amountOf(world) };
}

async function judge(round: {
  readonly scenario: Scenario;
  readonly world: World;
  readonly fault: Fault;
  readonly ended: Ended;
  readonly reference: Reference;
}): Promise<string[]> {
  const { scenario, world, fault, ended, reference } = round;
  const problems = endProblems(fault, ended, reference.code, scenario.stepEnv !== undefined);
  const isExcused = fault.kind === 'clock' && scenario.byAge === true;
  if (ended.code === 0 && !isExcused) {
    const missing = missingFrom(stateOf(world), reference.state);
    if (missing !== undefined) problems.push(`exit 0, and not done: ${missing}`);
  }
  problems.push(...(await problemsOf(world, scenario.repairs !== true)));

  age(world);
  const again = await runUnder(
    NO_FAULT,
    (scenario.again ?? scenario.args)(world),
    world,
    scenario.stepEnv?.(world),
  );
  const known = reference.code ?? 0;
  if (again.hung) problems.push('the second run does not end');
  else if (again.code !== 0 && again.code !== known)
    problems.push(`the second run ends with ${again.code}: ${again.stderr.slice(-500)}`);
  const missing = missingFrom(stateOf(world), reference.state);
  if (missing !== undefined) problems.push(`after the second run: ${missing}`);
  problems.push(...(await problemsOf(world, true)).map((problem) => `after the second run: ${problem}`));
  await sweepMirrors(world);
  const left = leftovers(world);
  if (left.length > 0) problems.push(`left for ever: ${left.slice(0, 5).join(', ')}`);
  const more = amountOf(world) - reference.amount;
  if (more > MOST_MORE) problems.push(`${more} files more than without a fault`);
  return problems;
}

function endProblems(
  { kind, instructions, stdout: reader }: Fault,
  ended: Ended,
  known: number | null,
  isStep: boolean,
): string[] {
  const { code, signal, stdout, stderr, hung } = ended;
  if (hung) return [`does not end: ${stderr.slice(-300)}`];
  const problems: string[] = [];
  // Node itself ends so where it has no descriptors for what it is made of.
  const isNode = kind === 'descriptors' && signal !== null;
  if (signal !== null && signal !== instructions.signal && !isNode) problems.push(`ended by ${signal}`);
  if (signal === 'SIGTERM') problems.push('ended by SIGTERM, without a word');
  // What a step has to say it says there.
  const isMute = isStep && kind === 'stdout';
  if (isNode || isMute) return problems;
  const unwell = unwellSaid(`${stderr}\n${stdout.replace(/^(?!::error).*$/gm, '')}`);
  if (unwell !== undefined) problems.push(`unwell said: ${unwell}`);
  if (code !== null && code > 2) problems.push(`exit ${code}`);
  // Its answer went to a reader that had left, as with `| head`; a full disk behind stdout is an error.
  const isUnheard = reader === 'closed' && code === known;
  if (code !== null && code !== 0 && !isUnheard && `${stdout}${stderr}`.trim() === '')
    problems.push(`exit ${code} without a word`);
  // An answer that is "unknown" stands on stdout.
  if (code === 2 && stdout === '' && !/^error: /m.test(stderr))
    problems.push(`exit 2 without an error: ${stderr.slice(-300)}`);
  return problems;
}
