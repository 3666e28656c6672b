/** `check`: which specs of an environment need a rebuild, because a mirror does not have them. */
import type { IndexSettings } from '../cache/index/listing.ts';
import type { Forbidden, Presence, SpecState, Verify } from '../cache/reading/presence.ts';
import { BuildcacheError } from '../core/errors.ts';
import { redactUrl } from '../core/redact.ts';
import { type EnvironmentFiles, readEnvironment } from '../environment/environment.ts';
import { refusalOf } from '../mirrors/filter.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import type { Connection } from '../mirrors/open.ts';
import { type CheckResult, decideRebuilds, type MirrorAnswer, type Needs } from '../plan/rebuild.ts';
import { type Selection, selectSpecs } from '../plan/selection.ts';
import type { Reporter } from '../report/reporter.ts';
import { builtAs, entrySpec, entrySpecs } from '../spec/entry-spec.ts';
import type { SpecGraph } from '../spec/graph.ts';
import { type LocalSources, localSources, localSourceText } from '../spec/local-source.ts';
import type { SpecNode } from '../spec/node.ts';
import { askPresence } from './ask-presence.ts';

export interface CheckOptions {
  readonly environment: EnvironmentFiles;
  readonly mirrors: readonly Mirror[];
  readonly selection: Selection;
  readonly needs: Needs;
  readonly verify: Verify;
  readonly forbidden: Forbidden;
  readonly connection: Connection;
  /** Names of mirrors that the job will push to. There, a repository that does not exist yet counts as an empty mirror. */
  readonly pushedTo?: ReadonlySet<string> | undefined;
  readonly index: IndexSettings;
  /** Whether no specs or no mirrors is an answer (nothing to rebuild) instead of an error. */
  readonly allowEmpty: boolean;
  /** Whether the user has said which mirrors count. That a checked-out file configures none of them is then no answer. */
  readonly isConfined?: boolean | undefined;
  readonly signal: AbortSignal;
}

/**
 * @returns a decision for every selected spec; a mirror that gives no answer makes them unknown
 * @throws `BuildcacheError` for a lockfile, a selection or mirrors that cannot be used at all
 */
export async function check(options: CheckOptions, reporter: Reporter): Promise<CheckResult> {
  const selecting = select(options);
  if (options.mirrors.length > ASKED_AHEAD) await selecting;
  return askAndDecide(selecting, options, reporter);
}

/** Of so many mirrors the indices are asked for while the lockfile is read: it may be wrong, and more would be a burden. */
const ASKED_AHEAD = 8;

/** Specs and where they are from. */
export interface Selected {
  /** Dependencies first. */
  readonly specs: readonly SpecNode[];
  readonly graph: SpecGraph;
}

async function select(options: CheckOptions): Promise<Selected> {
  const graph = await readEnvironment(options.environment);
  const specs = await selectSpecs(graph, options.selection);
  requireSomething(specs, options);
  requireFew(specs, options);
  return { specs, graph };
}

/** The same for specs that were selected before. @throws as {@link check} */
export async function checkSelected(
  selected: Selected,
  options: Omit<CheckOptions, 'selection'>,
  reporter: Reporter,
): Promise<CheckResult> {
  requireSomething(selected.specs, options);
  return checkSpecs(selected, options, reporter);
}

/** The same, where no specs are an answer, too. @throws BuildcacheError `too-large` */
export async function checkSpecs(
  selected: Selected,
  options: AskOptions,
  reporter: Reporter,
): Promise<CheckResult> {
  requireFew(selected.specs, options);
  return askAndDecide(Promise.resolve(selected), options, reporter);
}

/** What `selected` is rejected with passes through. */
async function askAndDecide(
  selected: Promise<Selected>,
  options: AskOptions,
  reporter: Reporter,
): Promise<CheckResult> {
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const asking = askMirrors(selected, { ...options, signal }, reporter);
  try {
    const [{ specs, graph }, answers] = await Promise.all([selected, asking]);
    const decisions = decideRebuilds(specs, answers, options.needs);
    return { decisions, nodes: graph.nodes, answers, needs: options.needs, verify: options.verify };
  } catch (error) {
    stop.abort();
    await asking.catch(() => undefined); // so that nothing is asked for any more
    throw error;
  }
}

/** What mirrors are asked with. */
type AskOptions = Omit<CheckOptions, 'environment' | 'selection' | 'allowEmpty'>;

/** Of all mirrors: each may have to be asked for. Ten thousand specs on thirty mirrors. */
const MOST_STATES = 300_000;

/** @throws BuildcacheError `too-large`: both numbers may come from a stranger's files */
function requireFew(specs: readonly SpecNode[], { mirrors }: Pick<CheckOptions, 'mirrors'>): void {
  if (specs.length * mirrors.length <= MOST_STATES) return;
  throw new BuildcacheError('too-large', 'there are too many specs for so many mirrors', {
    expected: `at most ${MOST_STATES} specs, each counted for each mirror`,
    found: `${specs.length} specs, ${mirrors.length} mirrors`,
    hint: 'check a part of the specs, or name the mirrors that count',
  });
}

function requireSomething(specs: readonly SpecNode[], options: Omit<CheckOptions, 'selection'>): void {
  const { mirrors, needs, allowEmpty, isConfined = false, environment } = options;
  if (needs.kind === 'mirror' && !mirrors.some(({ name }) => name === needs.name)) {
    throw new BuildcacheError('usage', `needs names a mirror that is not asked: "${needs.name}"`, {
      expected: `any, all, or one of: ${mirrors.map(({ name }) => name).join(', ') || '(no mirrors)'}`,
    });
  }
  if (allowEmpty && !(isConfined && mirrors.length === 0)) return;
  if (mirrors.length === 0) {
    throw new BuildcacheError('usage', 'there is no mirror to check against', {
      hint: 'configure it in spack.yaml, or name it with --mirror-url or --mirrors (in the action: the input mirrors)',
    });
  }
  if (specs.length === 0) {
    throw new BuildcacheError('usage', 'no specs to check', {
      file: environment.lockfile,
      hint: 'check the selection, or pass --allow-empty if that is fine',
    });
  }
}

async function askMirrors(
  selected: Promise<Selected>,
  options: AskOptions,
  reporter: Reporter,
): Promise<MirrorAnswer[]> {
  let total: number | undefined;
  const progress = reporter.progress('Checking', () => total);
  const local = selected.then(({ graph }) => localSources(graph));
  local.catch(() => undefined); // it is told below
  try {
    return await Promise.all(
      options.mirrors.map(async (mirror) => {
        const about = { name: mirror.name, url: redactUrl(mirror.fetch.url) };
        const dividing = selected.then(async ({ specs, graph }) => {
          total = specs.length * options.mirrors.length;
          return await divideSpecs(mirror, specs, graph, await local);
        });
        // A mirror that may not serve any of the specs is not asked for anything.
        if (mirror.fetch.filter !== undefined) {
          const { asked, told, note } = await dividing;
          if (asked.length === 0 && told.size > 0) {
            progress.advance(told.size);
            return { ...about, states: told, notes: note, index: undefined };
          }
        }
        const asking = Promise.all([selected, dividing]).then(([{ graph }, { asked }]) => ({
          entries: entrySpecs(graph, asked),
          graph,
        }));
        let reported = 0;
        const presence = await askPresence(mirror, asking, {
          ...options,
          mayBeNew: options.pushedTo?.has(mirror.name) === true,
          watch: progress.watch,
          onProgress: () => progress.advance(1, ++reported),
        });
        const { specs, graph } = await selected;
        const { asked, told, note } = await dividing;
        progress.advance(specs.length - reported);
        reporter.debug(`${mirror.name}: ${howTold(presence, reported)}`);
        const states = new Map([
          ...asked.map((spec) => [spec.hash, stateOf(spec, presence, graph)] as const),
          ...told,
        ]);
        return { ...presence, ...about, states, notes: [...presence.notes, ...note] };
      }),
    );
  } finally {
    progress.done();
  }
}

/** A spliced spec has the state of its build spec, since it is installed from that entry and never from one of its own. */
function stateOf(spec: SpecNode, { states }: Presence, graph: SpecGraph): SpecState {
  const state = states.get(entrySpec(graph, spec).hash);
  if (state === undefined) throw new BuildcacheError('internal', 'a spec got lost');
  const built = builtAs(spec);
  if (built === undefined || state.state !== 'missing') return state;
  const { reason } = state;
  return {
    ...state,
    reason: `it comes from ${built}${reason === undefined ? ', which is missing' : `: ${reason}`}`,
  };
}

function howTold({ index, states }: Presence, asked: number): string {
  const listed = [...states.values()].filter(
    (state) => state.state === 'present' && state.by === 'index',
  ).length;
  const from = { mirror: 'downloaded', 'local copy': 'unchanged since it was kept here' } as const;
  const about = index === undefined ? 'no index' : `index ${from[index]}, ${listed} specs told by it`;
  return `${about}; ${asked} asked for one by one`;
}

/**
 * The specs that a mirror is asked for, and the states of the others: those of local source, and those that it
 * may not serve. What it has of the first may be of other source, so it lacks what is meant as far as anybody can tell.
 */
async function divideSpecs(
  mirror: Mirror,
  specs: readonly SpecNode[],
  graph: SpecGraph,
  local: LocalSources,
) {
  const refuses = await refusalOf(mirror, 'fetch', graph);
  const told = new Map<string, SpecState>();
  let filtered = 0;
  for (const spec of specs) {
    const develop = local.get(spec.hash);
    if (develop !== undefined) {
      told.set(spec.hash, { state: 'missing', reason: localSourceText(spec, develop) });
      continue;
    }
    const why = refuses?.(spec);
    if (why === undefined) continue;
    filtered++;
    told.set(spec.hash, { state: 'missing', filtered: true, reason: `it may not serve it: ${why}` });
  }
  const which = filtered === 1 ? '1 of the specs' : `${filtered} of the specs`;
  return {
    asked: specs.filter(({ hash }) => !told.has(hash)),
    told,
    note:
      filtered === 0 ? [] : [`it may not serve ${which}, because of its include_binary or exclude_binary`],
  };
}
