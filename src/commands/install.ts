/**
 * `install`: installs concrete specs, and what they need at run time, from mirrors into an install tree. Best effort: a
 * spec that fails, and what needs it, are reported at the end; all others are installed and registered.
 */
import { availableParallelism } from 'node:os';
import { lazily } from '../core/lazily.ts';
import type { InstalledSpec, InstallOutcome, InstallResult } from '../plan/install-result.ts';
import type { Progress, Reporter } from '../report/reporter.ts';
import { entrySpecs } from '../spec/entry-spec.ts';
import type { SpecNode } from '../spec/node.ts';
import { openLocks } from '../tree/database-lock.ts';
import { checkDatabase, checkWritable } from '../tree/database-write.ts';
import { sharedWork } from '../tree/install-package.ts';
import { type AskOptions, sourcesBySpec } from './install-order.ts';
import { type InstallPlan, type InstallPlanOptions, planInstall } from './install-plan.ts';
import { failure, type InstallWork, installAll } from './install-work.ts';
import { openRegistrar, type Registrar } from './register-batches.ts';

export interface InstallOptions
  extends InstallPlanOptions,
    AskOptions,
    Pick<InstallWork, 'cache' | 'sha256' | 'provenance' | 'tools' | 'jobs'> {
  /** Whether Spack's locks are taken. */
  readonly lock: boolean;
  readonly dryRun: boolean;
  /** How many threads put small packages together; when not given, the cores and the number of packages decide. */
  readonly threads?: number;
  /** Called with each outcome when it is known. */
  readonly onOutcome?: (spec: InstalledSpec) => void;
}

/**
 * @returns what became of each spec; also when cancelled
 * @throws BuildcacheError `unsupported` for specs that this machine cannot run, and for a database of another version;
 *   `bad-input` for a projection or database that cannot be read; `denied`, `io` where the tree cannot be written
 */
export async function install(options: InstallOptions, reporter: Reporter): Promise<InstallResult> {
  const { roots, dryRun, signal, onOutcome } = options;
  const plan = await planInstall(options);
  const { settings, specs, missing, marks, there, prefixOf } = plan;
  const notes = [...plan.notes];
  const isRoot = new Set(roots);
  const results = new Map<string, InstalledSpec>();
  const settle = (spec: SpecNode, outcome: InstallOutcome) => {
    const prefix = spec.external === undefined ? prefixOf(spec.hash) : spec.external.path;
    const result = { spec, prefix, root: isRoot.has(spec.hash), outcome };
    results.set(spec.hash, result);
    onOutcome?.(result);
  };
  for (const [spec, outcome] of there) settle(spec, outcome);
  if (dryRun) {
    for (const spec of missing) settle(spec, { kind: 'would-install' });
  } else if (missing.length + marks.length > 0) {
    const onNote = (note: string) => notes.push(note);
    const isExplicit = new Set(roots.filter((hash) => options.implicit?.has(hash) !== true));
    await carryOut(plan, { ...options, settings, isRoot, isExplicit, settle, onNote }, reporter);
  }
  return {
    root: settings.root,
    specs: specs.flatMap(({ hash }) => results.get(hash) ?? []),
    notes,
    dryRun,
    cancelled: signal.aborted,
  };
}

type CarryOutOptions = InstallOptions & Pick<InstallWork, 'isRoot' | 'isExplicit' | 'settle' | 'onNote'>;

/** Installs what is missing, and registers it and the marks. */
async function carryOut(plan: InstallPlan, options: CarryOutOptions, reporter: Reporter): Promise<void> {
  const { settings, graph, signal, onNote } = options;
  const { missing, prefixOf, isUpstream, replacementOf } = plan;
  // This is checked first, so that nothing is made or downloaded that could not be registered.
  const check = lazily(async () => ({
    overlap: plan.checkPrefixes(),
    version: await checkDatabase(settings.root, graph, [...missing, ...plan.marks]),
  }));
  const onWait = (what: string, holder: string | undefined) =>
    reporter.warn(`waiting for the lock on ${what}${holder === undefined ? '' : `, held by ${holder}`}`);
  const stop = new AbortController();
  const asking = { ...options, signal: AbortSignal.any([signal, stop.signal]) };
  // The process that holds the locks, and the threads, start meanwhile.
  const opening = options.lock ? openLocks(settings.root, { onWait, check }) : undefined;
  opening?.catch(() => undefined); // it is told below
  const shared = sharedWork(settings, options.threads ?? threadsFor(missing.length));
  let progress: Progress | undefined;
  try {
    shared.threads?.warmUp();
    const { overlap, version } = await check();
    if (opening === undefined) await checkWritable(settings.root);
    const shown = reporter.progress('Installing', missing.length);
    progress = shown;
    const ordering = sourcesBySpec(entrySpecs(graph, missing), asking, onNote);
    const [locks, order] = await Promise.all([opening, ordering]);
    const pending = new Set(missing.map(({ hash }) => hash));
    const registering = {
      graph,
      prefixOf,
      isUpstream,
      isPending: (hash: string) => pending.has(hash),
      version,
      locks,
      dependencies: options.dependencies,
    };
    const registrar = openRegistrar(settings.root, registering, (error) => stop.abort(error));
    registerMarks(plan, options, registrar);
    const onDone = () => shown.advance(1);
    await installAll({
      ...asking,
      missing,
      prefixOf,
      replacementOf,
      overlap,
      order,
      locks,
      registrar,
      shared,
      watch: shown.watch,
      onDone,
    });
    await registrar.finish();
  } finally {
    progress?.done();
    await shared.threads?.close();
    const locks = await opening?.catch(() => undefined); // what is wrong has been said
    await locks?.close();
  }
}

/** For a few packages, threads would take longer to start than they save. */
const WORTH_THREADS = 16;
/**
 * Beside this thread, which puts packages together too when the others have enough to do. Each takes about thirty
 * megabytes. With more of them, this thread could not verify, lock and register fast enough.
 */
const MOST_THREADS = 3;

function threadsFor(packages: number): number {
  return packages < WORTH_THREADS ? 0 : Math.min(availableParallelism() - 1, MOST_THREADS);
}

function registerMarks({ marks }: InstallPlan, { graph, settle }: CarryOutOptions, registrar: Registrar) {
  for (const mark of marks) {
    const onDone = (error: unknown) => {
      const spec = graph.nodes.get(mark.hash);
      if (error !== undefined && spec !== undefined) settle(spec, failure(error));
    };
    registrar.add({ ...mark, lock: undefined, newPrefix: undefined, onDone });
  }
}
