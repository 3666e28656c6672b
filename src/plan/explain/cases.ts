/** Causes with a name of their own, and what to do about each. */
import type { SpecNode } from '../../spec/node.ts';
import type { Pair } from './align.ts';
import { type Change, LANGUAGES } from './changes.ts';

export type Case =
  | 'target'
  | 'system' // operating system or platform
  | 'compiler'
  | 'libc'
  | 'external'
  | 'recipe'
  | 'format'
  | 'splice'
  | 'change'
  /** Something below it is not on record. */
  | 'unknown'
  /** The hashes differ, but no difference can be seen. */
  | 'unseen';

/** What a wanted environment says of its specs. */
export interface Wanted {
  /** Hashes of specs that provide languages, and of their runtimes. */
  readonly compilers: ReadonlySet<string>;
  /** Hashes of specs that provide the C library. */
  readonly libcs: ReadonlySet<string>;
}

export function rolesIn(nodes: Iterable<SpecNode>): Wanted {
  const compilers = new Set<string>();
  const libcs = new Set<string>();
  for (const { dependencies } of nodes) {
    for (const { hash, name, virtuals } of dependencies) {
      if (virtuals.some((virtual) => LANGUAGES.includes(virtual))) compilers.add(hash);
      if (/^(?:gcc|intel-oneapi|aocc|llvm)-runtime$|^compiler-wrapper$/.test(name)) compilers.add(hash);
      if (virtuals.includes('libc')) libcs.add(hash);
    }
  }
  return { compilers, libcs };
}

/** Whether a change is a choice for a whole environment, so that the same change in two packages is one. */
export function isWide({ kind, name }: Change): boolean {
  switch (kind) {
    case 'target':
    case 'os':
    case 'platform':
    case 'namespace':
    case 'compiler':
    case 'provider':
    case 'flags':
    case 'format':
      return true;
    case 'dependency':
      return name !== undefined && /^(?:gcc|intel-oneapi|aocc|llvm)-runtime$|^compiler-wrapper$/.test(name);
    default:
      return false;
  }
}

export function caseOf({ wanted, near }: Pair, changes: readonly Change[], roles: Wanted): Case {
  const [first] = changes;
  if (first === undefined) return 'recipe';
  switch (first.kind) {
    case 'target':
      return 'target';
    case 'os':
    case 'platform':
      return 'system';
    case 'compiler':
      return 'compiler';
    case 'format':
      return 'format';
    case 'provider':
      return isLanguage(first.name) ? 'compiler' : 'change';
    default:
      break;
  }
  if (changes.some(({ kind }) => kind === 'splice')) return 'splice';
  if (roles.libcs.has(wanted.hash)) return 'libc';
  if (roles.compilers.has(wanted.hash) || (isWide(first) && first.kind === 'dependency')) return 'compiler';
  return wanted.external === undefined && near.external === undefined ? 'change' : 'external';
}

/** The case that all causes are of, where it says everything: another compiler, or other recipes, and nothing else. */
export function onlyCase(causes: readonly { readonly case: Case }[]): Case | undefined {
  const [first] = causes;
  const tells = first !== undefined && first.case !== 'change' && first.case !== 'unknown';
  return tells && causes.every((cause) => cause.case === first.case) ? first.case : undefined;
}

/** What to do, an imperative sentence without its full stop; undefined where there is nothing to say. */
export function hintOf(is: Case): string | undefined {
  switch (is) {
    case 'target':
      return 'the runners differ: require one target in packages:all:require, or fill a cache for this one';
    case 'system':
      return 'the machines differ: build in the same image as the cache, or fill a cache for this one';
    case 'compiler':
      return 'require the compiler the cache was built with, or fill the cache with this one';
    case 'libc':
      return 'the C library of the machine or image has changed: use the same image, or rebuild once';
    case 'external':
      return 'the external on this machine is another: fix its version and path in packages.yaml';
    case 'recipe':
      return 'the package repository has moved: fix its commit in repos.yaml, or rebuild once';
    case 'format':
      return 'concretize with the Spack that fills the cache: hashes of the two formats are never the same';
    case 'splice':
      return 'one of the two was spliced: look for the entry of its build spec';
    case 'unknown':
      return 'run `buildcache update-index MIRROR` where the mirror is written: its index lacks records';
    case 'change':
    case 'unseen':
      return undefined;
  }
}

function isLanguage(virtuals: string | undefined): boolean {
  return (virtuals ?? '').split(',').some((virtual) => LANGUAGES.includes(virtual));
}
