/** Puts decoded nodes together: closed under dependencies and build specs, without cycles, or one clear error. */
import { BuildcacheError } from '../core/errors.ts';
import type { Dependency, SpecNode } from './node.ts';

/** What there is to a node when only its place among others counts. */
export interface LinkedNode extends Pick<SpecNode, 'name' | 'version' | 'hash' | 'buildSpec'> {
  readonly dependencies: readonly Pick<Dependency, 'name' | 'hash'>[];
}

/**
 * @throws `bad-input` when a dependency is not in the document or the dependencies go round in a circle; `unsupported`
 *   when a spliced spec's build spec is not there, has another name, or was made of the spliced spec
 */
export function assertClosedAndAcyclic(nodes: ReadonlyMap<string, LinkedNode>, source: string): void {
  // The first call is the only one of a gate, so that few objects count: a set of nodes would make each a larger one.
  const visits = new Map<string, Visit>();
  for (const [hash, node] of nodes) visits.set(hash, { node, next: 0, isDone: false });
  const stack: Visit[] = [];
  for (const start of visits.values()) {
    if (!start.isDone) stack.push(start);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const { dependencies, buildSpec } = top.node;
      const at = top.next++;
      const edge = at === dependencies.length ? buildSpec : dependencies[at];
      if (edge === undefined) {
        if (at === dependencies.length) continue;
        top.isDone = true;
        stack.pop();
        continue;
      }
      const visit = visits.get(edge.hash);
      if (edge === buildSpec && visit?.node.name !== edge.name)
        throw badSplice(top.node, edge, visit?.node, source);
      if (visit === undefined) throw dangling(top.node, edge.name, edge.hash, source);
      if (visit.isDone) continue;
      if (visit.next > 0) {
        const path = stack.map(({ node }) => node);
        throw cycle(path, visit.node, source);
      }
      stack.push(visit);
    }
  }
}

interface Visit {
  readonly node: LinkedNode;
  /** The edge to follow next; 0 before the first. */
  next: number;
  isDone: boolean;
}

function dangling(node: LinkedNode, name: string, hash: string, source: string): BuildcacheError {
  return new BuildcacheError('bad-input', `${node.name}/${node.hash} depends on ${name}/${hash}`, {
    file: source,
    expected: 'that spec in the same file',
    found: 'no such spec',
    hint: 'the file is incomplete; concretize again or restore it',
  });
}

/** No Spack writes such a build spec, and we do not know what it is meant to say. */
function badSplice(
  node: LinkedNode,
  { name, hash }: { readonly name: string; readonly hash: string },
  found: LinkedNode | undefined,
  source: string,
): BuildcacheError {
  return new BuildcacheError('unsupported', `${node.name}/${node.hash} was built as ${name}/${hash}`, {
    file: source,
    expected: 'that spec in the same file',
    found: found === undefined ? 'no such spec' : `${found.name} under that hash`,
    hint: 'the file is incomplete; concretize again or restore it',
  });
}

function cycle(path: readonly LinkedNode[], node: LinkedNode, source: string): BuildcacheError {
  const from = path.findIndex((step) => step.hash === node.hash);
  const steps = [...path.slice(from), node];
  const isSplice = steps.some(
    ({ buildSpec }, i) => buildSpec !== undefined && buildSpec.hash === steps[i + 1]?.hash,
  );
  const names = steps.map((step) => step.name);
  const shown = names.length > 8 ? [...names.slice(0, 4), '…', ...names.slice(-3)] : names;
  const what = isSplice ? 'the dependencies and build specs go' : 'the dependencies go';
  return new BuildcacheError(
    isSplice ? 'unsupported' : 'bad-input',
    `${what} round in a circle: ${shown.join(' -> ')}`,
    { file: source, expected: 'a directed acyclic graph' },
  );
}
