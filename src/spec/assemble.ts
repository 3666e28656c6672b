/** Puts decoded nodes together: closed under dependencies and without cycles, or one clear error. */
import { BuildcacheError } from '../core/errors.ts';
import type { SpecNode } from './node.ts';

/**
 * @throws `bad-input` when a dependency is not in the document or the dependencies go round in a circle
 */
export function assertClosedAndAcyclic(nodes: ReadonlyMap<string, SpecNode>, source: string): void {
  const done = new Set<string>();
  const open = new Set<string>();
  const stack: { node: SpecNode; next: number }[] = [];
  for (const start of nodes.values()) {
    if (done.has(start.hash)) continue;
    stack.push({ node: start, next: 0 });
    open.add(start.hash);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const edge = top.node.dependencies[top.next++];
      if (edge === undefined) {
        open.delete(top.node.hash);
        done.add(top.node.hash);
        stack.pop();
        continue;
      }
      if (done.has(edge.hash)) continue;
      const node = nodes.get(edge.hash);
      if (node === undefined) throw dangling(top.node, edge.name, edge.hash, source);
      if (open.has(edge.hash))
        throw cycle(
          stack.map((frame) => frame.node),
          node,
          source,
        );
      stack.push({ node, next: 0 });
      open.add(edge.hash);
    }
  }
}

function dangling(node: SpecNode, name: string, hash: string, source: string): BuildcacheError {
  return new BuildcacheError('bad-input', `${node.name}/${node.hash} depends on ${name}/${hash}`, {
    file: source,
    expected: 'that spec in the same file',
    found: 'no such spec',
    hint: 'the file is incomplete; concretize again or restore it',
  });
}

function cycle(path: readonly SpecNode[], node: SpecNode, source: string): BuildcacheError {
  const from = path.findIndex((step) => step.hash === node.hash);
  const names = [...path.slice(from), node].map((step) => step.name);
  const shown = names.length > 8 ? [...names.slice(0, 4), '…', ...names.slice(-3)] : names;
  return new BuildcacheError('bad-input', `the dependencies go round in a circle: ${shown.join(' -> ')}`, {
    file: source,
    expected: 'a directed acyclic graph',
  });
}
