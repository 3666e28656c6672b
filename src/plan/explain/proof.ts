/**
 * Proof by substitution: the named changes, and no others, are put into the nearest spec and what is below it, and
 * the hashes are made anew from the leaves up. If the wanted hash comes out, the changes are all there is. The
 * content of the nearest spec must give its own hash, too: indices are not signed, and a false one would have changes
 * made up.
 */
import { isObject } from '../../core/json.ts';
import { gives, hashHolds, hashMustHold } from '../../spec/hash.ts';
import { DEPTYPES, type SpecNode, shortHash } from '../../spec/node.ts';
import { type Pair, pairsBelow } from './align.ts';

/** The reason is the continuation of "not proven: ". */
export type Proof = { readonly proven: true } | { readonly proven: false; readonly why: string };

/** A proof for each pair and all pairs below. */
export function prove(pairs: Iterable<Pair>): ReadonlyMap<Pair, Proof> {
  const proofs = new Map<Pair, Proof>();
  for (const pair of pairsBelow(pairs)) proofs.set(pair, provePair(pair, proofs));
  return proofs;
}

function provePair(pair: Pair, proofs: ReadonlyMap<Pair, Proof>): Proof {
  const { wanted, near, below, unknown } = pair;
  for (const other of below.values()) {
    const proof = proofs.get(other);
    if (proof?.proven === false) return proof;
  }
  for (const index of unknown) {
    const edge = near.dependencies[index];
    return no(`there is no record of ${edge?.name}/${edge?.hash.slice(0, 7)}, which ${named(near)} needs`);
  }
  if (pair.changes.some(({ edits }) => edits === undefined)) {
    return no(`${named(near)} is of another spec format, whose hashes are made otherwise`);
  }
  if (!hashHolds(near)) return unrecomputable(near);
  const dict = substitute(pair);
  // What a change has added stands in its place of Spack's order.
  if (gives(dict, near.format, wanted.hash)) return { proven: true };
  if (!hashHolds(wanted)) return unrecomputable(wanted);
  return no(`something else in ${named(wanted)} differs from ${named(near)}, too`);
}

function unrecomputable(node: SpecNode): Proof {
  return no(`the stored hash of ${named(node)} cannot be recomputed${reason(node)}`);
}

/** The nearest spec's dictionary with the changes put in, and the hashes of what changed below it. */
function substitute({ near, changes, below }: Pair): Record<string, unknown> {
  const dict: Record<string, unknown> = { ...near.dict };
  const edges = new Map<number, unknown>();
  const listed = near.dict['dependencies'];
  for (const [index, edge] of (Array.isArray(listed) ? listed : []).entries()) {
    const pair = below.get(index);
    edges.set(index, pair === undefined || !isObject(edge) ? edge : { ...edge, hash: pair.wanted.hash });
  }
  const added: unknown[] = [];
  let inOrder = true;
  for (const edit of changes.flatMap(({ edits = [] }) => edits)) {
    if ('at' in edit) {
      set(dict, edit.at, edit.value);
      continue;
    }
    inOrder = false;
    if (edit.to === undefined) edges.delete(edit.edge ?? -1);
    else if (edit.edge === undefined) added.push(edit.to);
    else edges.set(edit.edge, edit.to);
  }
  const dependencies = [...edges.values(), ...added];
  if (dependencies.length > 0) dict['dependencies'] = inOrder ? dependencies : sorted(dependencies);
  else delete dict['dependencies'];
  return dict;
}

/** Objects on the way are copied: documents are never changed. */
function set(dict: Record<string, unknown>, at: readonly string[], value: unknown): void {
  const [key, ...rest] = at;
  if (key === undefined) return;
  if (rest.length > 0) {
    const inner = dict[key];
    const copy = isObject(inner) ? { ...inner } : {};
    set(copy, rest, value);
    dict[key] = copy;
  } else if (value === undefined) delete dict[key];
  else dict[key] = value;
}

/** By name, then by types, as Spack orders them; a stable order else. */
function sorted(edges: readonly unknown[]): unknown[] {
  return edges.toSorted((a, b) => {
    const [one, other] = [nameOf(a), nameOf(b)];
    if (one !== other) return one < other ? -1 : 1;
    return typeFlag(a) - typeFlag(b);
  });
}

function nameOf(edge: unknown): string {
  return isObject(edge) ? String(edge['name']) : '';
}

function typeFlag(edge: unknown): number {
  const parameters = isObject(edge) ? edge['parameters'] : undefined;
  const types = isObject(parameters) ? parameters['deptypes'] : undefined;
  if (!Array.isArray(types)) return 0;
  return DEPTYPES.reduce((sum, type, bit) => sum + (types.includes(type) ? 1 << bit : 0), 0);
}

function reason(node: SpecNode): string {
  if (node.buildSpec !== undefined) return ': it is spliced';
  if (node.external !== undefined) return ': it is external, and was hashed elsewhere';
  if (node.format < 4) return `: it is of spec format ${node.format}`;
  if (node.originalFormat !== node.format) return `: it was hashed in spec format ${node.originalFormat}`;
  const { arch } = node.dict;
  if (isObject(arch) && isObject(arch['target'])) return ': its target is written with its features';
  if (!hashMustHold(node)) return ': Spack may have written it otherwise than it was hashed';
  return ', and should be: its content was changed, or a newer Spack wrote it';
}

function named(node: SpecNode): string {
  return `${node.name}/${shortHash(node)}`;
}

function no(why: string): Proof {
  return { proven: false, why };
}
