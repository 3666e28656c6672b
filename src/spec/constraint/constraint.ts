/**
 * What a person asks of a concrete spec, as parsed from Spack's spec syntax: a node's attributes and, below it,
 * the dependencies it must have. Immutable, and close to the text: parse and format are inverse.
 */
import type { DepType } from '../node.ts';
import type { TargetSet } from '../target.ts';
import type { VersionSet } from '../version.ts';

/** Every attribute that is `undefined` or empty asks nothing. */
export interface Constraint {
  /** A package, or a virtual package that the node must provide. */
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly versions: VersionSet | undefined;
  /** At most one a name. */
  readonly variants: readonly VariantConstraint[];
  readonly flags: readonly FlagConstraint[];
  /** `*`: any. */
  readonly platform: string | undefined;
  /** `*`: any. */
  readonly os: string | undefined;
  readonly target: TargetSet | undefined;
  /** First characters of the DAG hash. */
  readonly hash: string | undefined;
  readonly dependencies: readonly DependencyConstraint[];
}

export type VariantConstraint =
  /** `+name`, `~name`, `name=true`. */
  | { readonly kind: 'boolean'; readonly name: string; readonly value: boolean; readonly propagate: boolean }
  | {
      readonly kind: 'values';
      readonly name: string;
      /** Sorted, each once. Empty is `name=*`: the variant must be there. */
      readonly values: readonly string[];
      /** `:=`: these values and no others. */
      readonly exact: boolean;
      /** `==`: nothing below the node may contradict it, and the node need not have the variant. */
      readonly propagate: boolean;
    };

/** One `cflags=…` as written; a node must have all of its flags, and may have more. */
export interface FlagConstraint {
  /** One of `FLAG_NAMES`. */
  readonly name: string;
  /** A flag with its separate value is one: `-I dir`. */
  readonly values: readonly string[];
  readonly propagate: boolean;
}

export interface DependencyConstraint {
  /**
   * `%` is a direct dependency of any type, or the compiler of older formats. `^` is a direct dependency, or one
   * reached by link and run dependencies.
   */
  readonly kind: '%' | '%%' | '^';
  /** All of these must be among the edge's types. */
  readonly deptypes: readonly DepType[];
  /** Virtual packages that the dependency must provide, all of them on the same edge. */
  readonly virtuals: readonly string[];
  /** The dependency is asked for only where the parent matches this. */
  readonly when: Constraint | undefined;
  readonly spec: Constraint;
}

/** What is asked of a node of another name that provides the virtual package which a constraint names. */
export function askedOfProvider({ hash, dependencies }: Constraint): Constraint {
  return { ...ANYTHING, hash, dependencies };
}

/** The constraint that everything matches. */
export const ANYTHING: Constraint = {
  name: undefined,
  namespace: undefined,
  versions: undefined,
  variants: [],
  flags: [],
  platform: undefined,
  os: undefined,
  target: undefined,
  hash: undefined,
  dependencies: [],
};
