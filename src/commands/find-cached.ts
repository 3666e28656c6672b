/** Finds the specs in the mirrors that constraints mean: the one spec that matches, whichever mirror has it. */
import { findSpecs, type SpecSource } from '../cache/index/find-specs.ts';
import { BuildcacheError, describeError } from '../core/errors.ts';
import { ambiguousSpec } from '../plan/ambiguous-spec.ts';
import type { Reporter } from '../report/reporter.ts';
import type { Constraint } from '../spec/constraint/constraint.ts';
import { formatConstraint } from '../spec/constraint/format.ts';
import { type HostArchitecture, runsOn } from '../spec/host-architecture.ts';
import type { SpecNode } from '../spec/node.ts';
import { askMirror, type MirrorSpecsOptions } from './mirror-specs.ts';
import type { Source } from './sources.ts';

export interface FindCachedOptions extends Omit<MirrorSpecsOptions, 'asked'> {
  readonly sources: readonly Source[];
  readonly constraints: readonly Constraint[];
  /** Only specs that run on this host count; undefined: all architectures. */
  readonly host: HostArchitecture | undefined;
  /** Whether all specs that match a constraint are meant, and not only one. */
  readonly multiple: boolean;
}

export interface CachedSpec {
  /** The spec as an index has it: without what only the spec file says. */
  readonly node: SpecNode;
  /** Names of the mirrors that have it. */
  readonly mirrors: readonly string[];
  /** The constraints that it matches, by what an index says. An index is not signed. */
  readonly asked: readonly Constraint[];
}

export interface FoundCached {
  readonly specs: readonly CachedSpec[];
  /** Direct dependencies; layout 2 names its files by the compilers among them. */
  readonly dependencies: ReadonlyMap<string, SpecNode>;
  readonly notes: readonly string[];
}

/**
 * @throws BuildcacheError `not-found` where nothing matches a constraint; `usage`, naming them, where several specs match.
 *   Where nothing matches and a mirror gave no answer, it throws that mirror's error.
 */
export async function findCached(options: FindCachedOptions, reporter: Reporter): Promise<FoundCached> {
  const { sources, constraints } = options;
  const notes: string[] = [];
  const failures: { mirror: string; error: unknown }[] = [];
  const progress = reporter.progress('Reading mirrors', sources.length);
  const watched = { ...options, watch: progress.watch, asked: constraints };
  const answers = await Promise.all(
    sources.map(async ({ mirror, open }) => {
      const found: Matches[] = [];
      try {
        const ask = (source: SpecSource) => matchesIn(source, constraints);
        const said = await askMirror(open, ask, found, watched, reporter);
        notes.push(...said.map((note) => `${mirror.name}: ${note}`));
      } catch (error) {
        options.signal.throwIfAborted();
        failures.push({ mirror: mirror.name, error });
        notes.push(`${mirror.name}: ${describeError(error)}`);
      } finally {
        progress.advance(1);
      }
      return found.map((matches) => ({ name: mirror.name, matches }));
    }),
  ).finally(progress.done);
  const all = answers.flat();
  const dependencies = new Map(all.flatMap(({ matches }) => [...matches.dependencies]));
  const specs = new Map<string, CachedSpec>();
  for (const constraint of constraints) {
    const found = new Map<string, Found>();
    for (const { name, matches } of all) {
      for (const node of matches.of.get(constraint) ?? []) {
        const known = found.get(node.hash);
        if (known === undefined) found.set(node.hash, { node, mirrors: [name] });
        else if (!known.mirrors.includes(name)) known.mirrors.push(name);
      }
    }
    for (const spec of meant(constraint, [...found.values()], options, failures, dependencies)) {
      const asked = [...(specs.get(spec.node.hash)?.asked ?? []), constraint];
      specs.set(spec.node.hash, { ...spec, asked });
    }
  }
  return { specs: [...specs.values()], dependencies, notes };
}

interface Found {
  readonly node: SpecNode;
  readonly mirrors: string[];
}

interface Matches {
  readonly of: ReadonlyMap<Constraint, readonly SpecNode[]>;
  readonly dependencies: ReadonlyMap<string, SpecNode>;
}

async function matchesIn(source: SpecSource, constraints: readonly Constraint[]): Promise<Matches> {
  const of = new Map<Constraint, SpecNode[]>();
  for (const constraint of constraints) {
    const nodes: SpecNode[] = [];
    await findSpecs(source, constraint, (node) => void nodes.push(node));
    of.set(constraint, nodes);
  }
  const edges = [...of.values()].flat().flatMap(({ dependencies }) => dependencies);
  return { of, dependencies: await source.get(new Set(edges.map(({ hash }) => hash))) };
}

function meant(
  constraint: Constraint,
  found: readonly Found[],
  { host, multiple }: FindCachedOptions,
  failures: readonly { readonly mirror: string; readonly error: unknown }[],
  dependencies: ReadonlyMap<string, SpecNode>,
): readonly Found[] {
  // A hash names one spec, so its architecture does not matter.
  const isFree = host === undefined || constraint.hash !== undefined;
  const matching = isFree ? found : found.filter(({ node }) => runsOn(host, node));
  const [first] = matching;
  if (first !== undefined && (multiple || matching.length === 1)) return matching;
  const text = JSON.stringify(formatConstraint(constraint));
  if (first !== undefined) {
    const nodes = matching.map(({ node }) => node);
    const lookup = (hash: string) => dependencies.get(hash);
    const orElse = ', or take them all with --multiple';
    throw ambiguousSpec(formatConstraint(constraint), ' in the mirrors', nodes, lookup, orElse);
  }
  const [failure] = failures;
  // A mirror that gave no answer may have the spec, so this is not `not-found`.
  if (failure !== undefined) throw failure.error;
  const [other] = found;
  if (other === undefined) {
    throw new BuildcacheError('not-found', `no spec in the mirrors matches ${text}`, {
      hint: 'see what there is with `list --allarch`',
    });
  }
  throw new BuildcacheError('not-found', `nothing that matches ${text} runs on this machine`, {
    expected: host === undefined ? '' : `${host.platform}-${host.os ?? ''}-${host.target}`,
    found: `${other.node.platform}-${other.node.os}-${other.node.target}`,
    hint: 'install it all the same with --otherarch (in the action: otherarch: true)',
  });
}
