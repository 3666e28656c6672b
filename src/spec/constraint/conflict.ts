/** Which dependencies of a constraint are one and the same to Spack, and which cannot be asked for together. */
import { DEPTYPES } from '../node.ts';
import { targetSetsOverlap } from '../target.ts';
import { versionSetsOverlap } from '../version.ts';
import type { Constraint, DependencyConstraint, VariantConstraint } from './constraint.ts';
import { formatConstraint } from './format.ts';

/**
 * Whether Spack takes two dependencies of one parent for a single one: same name, types and condition. Then one
 * package has to meet both, whichever sigils they were written with: the first one's counts.
 */
export function isSameDependency(a: DependencyConstraint, b: DependencyConstraint): boolean {
  return isSameSlot(a, b) && typeMask(a) === typeMask(b);
}

/** Why a dependency cannot be asked for beside those already there; undefined if it can. */
export function conflictWith(
  others: readonly DependencyConstraint[],
  edge: DependencyConstraint,
): string | undefined {
  // Dependencies without a name are never the same one.
  if (edge.spec.name === undefined) return undefined;
  const same = others.filter((other) => isSameDependency(other, edge));
  for (const other of same) {
    const reason = contradiction(other.spec, edge.spec);
    if (reason !== undefined) return `${reason} of dependency ${edge.spec.name}`;
  }
  const clashes =
    same.length === 0 && others.some((other) => isSameSlot(other, edge) && typesClash(other, edge));
  return clashes ? `conflicting types of dependency ${edge.spec.name}` : undefined;
}

function isSameSlot(a: DependencyConstraint, b: DependencyConstraint): boolean {
  return a.spec.name !== undefined && a.spec.name === b.spec.name && conditionOf(a) === conditionOf(b);
}

function conditionOf({ when }: DependencyConstraint): string {
  return when === undefined ? '' : formatConstraint(when);
}

function typeMask({ deptypes }: DependencyConstraint): number {
  return deptypes.reduce((mask, type) => mask | (1 << DEPTYPES.indexOf(type)), 0);
}

/** A package can be there twice only as a build dependency and as one for run time. */
function typesClash(a: DependencyConstraint, b: DependencyConstraint): boolean {
  const isRuntime = ({ deptypes }: DependencyConstraint) =>
    deptypes.includes('link') || deptypes.includes('run');
  return (typeMask(a) & typeMask(b)) !== 0 || (isRuntime(a) && isRuntime(b));
}

function contradiction(a: Constraint, b: Constraint): string | undefined {
  if (differ(a.namespace, b.namespace)) return 'conflicting namespaces';
  if (differ(a.platform, b.platform) || differ(a.os, b.os)) return 'conflicting architectures';
  if (a.target !== undefined && b.target !== undefined && !targetSetsOverlap(a.target, b.target)) {
    return 'conflicting targets';
  }
  if (a.versions !== undefined && b.versions !== undefined && !versionSetsOverlap(a.versions, b.versions)) {
    return 'conflicting versions';
  }
  if (
    a.hash !== undefined &&
    b.hash !== undefined &&
    !a.hash.startsWith(b.hash) &&
    !b.hash.startsWith(a.hash)
  ) {
    return 'conflicting hashes';
  }
  for (const variant of a.variants) {
    const other = b.variants.find(({ name }) => name === variant.name);
    if (other !== undefined && !variantsAgree(variant, other))
      return `conflicting values for variant ${variant.name}`;
  }
  return undefined;
}

function differ(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b;
}

function variantsAgree(a: VariantConstraint, b: VariantConstraint): boolean {
  if (a.kind === 'boolean' || b.kind === 'boolean') {
    if (a.kind === 'boolean' && b.kind === 'boolean') return a.value === b.value;
    return [a, b].some((variant) => variant.kind === 'values' && variant.values.length === 0);
  }
  const isWithin = (inner: readonly string[], outer: readonly string[]) =>
    inner.every((v) => outer.includes(v));
  return (!a.exact || isWithin(b.values, a.values)) && (!b.exact || isWithin(a.values, b.values));
}
