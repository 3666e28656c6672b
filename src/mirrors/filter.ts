/**
 * `include_binary` and `exclude_binary` of a mirror: which specs are pushed to it, and downloaded from it. `list` and
 * `sync` see all that a mirror holds all the same, as in Spack.
 */
import { BuildcacheError, describeError } from '../core/errors.ts';
import {
  countSpecs,
  isTooMuch,
  requireAffordable,
  SPECS_MOST_TEXT,
  type SpecCounts,
} from '../spec/constraint/asked-of-all.ts';
import type { SpecGraph } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';
import type { BinaryFilter, Mirror } from './mirror.ts';

/** Why a mirror is not for a spec, as the end of a sentence; undefined where it is. */
export type Refusal = (spec: SpecNode) => string | undefined;

/**
 * @param graph what the specs depend on, looked at when the first spec is asked about
 * @returns undefined where the mirror has no filter for this direction. It throws `too-large` where the filters of all
 *   mirrors are too much to be asked of so many specs
 */
export async function refusalOf(
  mirror: Mirror,
  direction: 'fetch' | 'push',
  graph: Pick<SpecGraph, 'nodes'>,
): Promise<Refusal | undefined> {
  const { filter } = mirror[direction];
  if (filter === undefined) return undefined;
  const { compileConstraint, include, exclude } = await parsed(filter);
  const compile = () => {
    const nodes = { nodes: askedOfAll(graph.nodes, filter) };
    return [include, exclude].map((list) =>
      list.map(({ text, constraint }) => ({ text, matches: compileConstraint(nodes, constraint) })),
    );
  };
  let compiled: ReturnType<typeof compile> | undefined;
  const refusal: Refusal = (spec) => {
    compiled ??= compile();
    const [included = [], excluded = []] = compiled;
    const against = excluded.find(({ matches }) => matches(spec));
    if (against !== undefined) return `its exclude_binary has ${JSON.stringify(against.text)}`;
    if (included.length === 0 || included.some(({ matches }) => matches(spec))) return undefined;
    return 'nothing in its include_binary matches';
  };
  if (direction === 'push') return refusal;
  // What is downloaded for a spliced spec is its build spec's entry.
  return (spec) => {
    const built = spec.buildSpec === undefined ? undefined : graph.nodes.get(spec.buildSpec.hash);
    return refusal(spec) ?? (built && refusal(built));
  };
}

interface Asked {
  readonly nodes: SpecGraph['nodes'];
  readonly filters: Set<BinaryFilter>;
  counts: SpecCounts | undefined;
}

const asked = new WeakMap<SpecGraph['nodes'], Asked>();

/**
 * A copy: nodes may be added later, and filters are compiled for those that are there now. All filters have one.
 * @throws BuildcacheError `too-large` for more than can be asked of so many nodes
 */
function askedOfAll(nodes: SpecGraph['nodes'], filter: BinaryFilter): SpecGraph['nodes'] {
  let all = asked.get(nodes);
  if (all === undefined || all.nodes.size !== nodes.size)
    all = { nodes: new Map(nodes), filters: new Set(), counts: undefined };
  asked.set(nodes, all);
  if (!all.filters.has(filter)) {
    all.filters.add(filter);
    all.counts = countSpecs([...filter.include, ...filter.exclude], all.counts);
    requireAffordable(all.counts, nodes.size, 'include_binary and exclude_binary of the mirrors');
  }
  return all.nodes;
}

/**
 * @throws BuildcacheError `bad-input` naming the file, the mirror and what in its filters is no spec; `too-large` for more
 *   specs than anybody lists
 */
export async function checkFilters(mirrors: readonly Mirror[], file: string): Promise<void> {
  let counts: SpecCounts | undefined;
  const sound = new Set<string>();
  for (const mirror of mirrors) {
    // Where both directions have the list of the mirror, it is one list.
    const lists = new Map<readonly string[], string>();
    for (const { filter } of [mirror.fetch, mirror.push]) {
      if (filter === undefined) continue;
      lists.set(filter.include, 'include_binary').set(filter.exclude, 'exclude_binary');
    }
    for (const [specs, key] of lists) {
      // Each is compiled for its mirror, and a list in YAML may stand for a hundred mirrors.
      counts = countSpecs(specs, counts);
      if (isTooMuch(counts)) throw tooMany(file);
      const { parseSpec } = await import('../spec/constraint/parse.ts');
      for (const text of specs) {
        if (sound.has(text)) continue;
        try {
          parseSpec(text);
          sound.add(text);
        } catch (error) {
          throw new BuildcacheError(
            'bad-input',
            `mirror "${mirror.name}" (${key}): ${JSON.stringify(text.slice(0, 200))} is no spec (${describeError(error)})`,
            { file },
            error,
          );
        }
      }
    }
  }
}

function tooMany(file: string): BuildcacheError {
  return new BuildcacheError('too-large', 'the filters of the mirrors have too many specs', {
    file,
    expected: `in include_binary and exclude_binary together ${SPECS_MOST_TEXT}`,
  });
}

async function parsed({ include, exclude }: BinaryFilter) {
  const [{ parseSpec }, { compileConstraint }] = await Promise.all([
    import('../spec/constraint/parse.ts'),
    import('../spec/constraint/match.ts'),
  ]);
  const parse = (list: readonly string[]) => list.map((text) => ({ text, constraint: parseSpec(text) }));
  return { compileConstraint, include: parse(include), exclude: parse(exclude) };
}
