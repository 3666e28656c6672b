/** Specs beside their nearest ones, for the tests of what is said about the differences. */
import { align } from '../../../src/plan/explain/align.ts';
import { rolesIn } from '../../../src/plan/explain/cases.ts';
import { rootCauses } from '../../../src/plan/explain/causes.ts';
import { makePool } from '../../../src/plan/explain/pool.ts';
import { postOrder } from '../../../src/spec/graph.ts';
import type { SpecNode } from '../../../src/spec/node.ts';
import { makeNode } from '../../spec/spec-nodes.ts';

export function nearest(wanted: readonly SpecNode[], near: readonly SpecNode[], asked = wanted) {
  const pool = makePool();
  for (const each of near) pool.add(each, 'old');
  const nodes = new Map(wanted.map((each) => [each.hash, each]));
  const order = postOrder({ nodes }, nodes.keys()).filter((each) => asked.includes(each));
  return align(order, nodes, pool);
}

export function causes(wanted: readonly SpecNode[], near: readonly SpecNode[]) {
  return rootCauses(nearest(wanted, near).pairs, rolesIn(wanted));
}

/** A DAG hash. @param from one letter of a to z */
export const hash = (from: string, i: number) =>
  from + i.toString(2).replaceAll('0', 'a').replaceAll('1', 'b').padStart(31, 'c');

/** Specs of which each needs the one before. */
export function chain(from: string, version: string, length: number) {
  const nodes: ReturnType<typeof makeNode>[] = [];
  for (let i = 0; i < length; i++) {
    const before = nodes.at(-1);
    const dependencies = before === undefined ? [] : [[before, 'link'] as const];
    nodes.push(makeNode(`lib${i}`, { hash: hash(from, i), dict: { version }, version, dependencies }));
  }
  return nodes;
}
