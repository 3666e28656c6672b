/** Which specs of an install tree are pushed by themselves, and why the others are not. */
import type { SpecGraph } from '../spec/graph.ts';
import { LOCAL_SOURCE } from '../spec/local-source.ts';
import type { SpecNode } from '../spec/node.ts';
import { EVERYTHING, type Selection, selectSpecs } from './selection.ts';

/** What is known of one spec of the tree's database. */
export interface Candidate {
  readonly node: SpecNode;
  readonly installed: boolean;
  /** It came out of a build cache. */
  readonly unpacked: boolean;
  /** Why its prefix is not what its hash stands for. */
  readonly mismatch?: string | undefined;
  /** It is of local source. */
  readonly local?: boolean;
}

export interface AutopushChoice extends Pick<Selection, 'specs' | 'include' | 'exclude'> {
  /** Whether the user has asked for this push, so that what is of local source is pushed, too. */
  readonly withLocalSource?: boolean;
}

/** A spec that is not pushed anywhere, and why. */
export interface LeftOut {
  /** As much as is known. Of a prefix without a record, that is only its folder's name. */
  readonly spec: Pick<SpecNode, 'name' | 'version' | 'hash'> & { readonly node?: SpecNode };
  readonly reason: string;
  /** The prefix holds something else than what its hash stands for. */
  readonly suspect?: true;
}

export interface AutopushSelection {
  /** Dependencies before dependents. */
  readonly specs: readonly SpecNode[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * Selects from what is new the specs that are installed, not external, built here, of the environment if there is
 * one, in a prefix that is their own, of no local source, and chosen by the inputs. For every other spec, the first
 * reason that applies is given.
 * @param lockfile the environment's specs; undefined where there is no environment
 * @throws BuildcacheError `usage` for a pattern that cannot be read, `not-found` for one of `specs` that matches
 *   nothing
 */
export async function selectToAutopush(
  candidates: readonly Candidate[],
  nodes: SpecGraph['nodes'],
  lockfile: SpecGraph['nodes'] | undefined,
  selection: AutopushChoice,
): Promise<AutopushSelection> {
  const leftOut: LeftOut[] = [];
  const fit = candidates.filter(({ node, installed, unpacked, mismatch, local }) => {
    const source = local === true && selection.withLocalSource !== true ? LOCAL_SOURCE : undefined;
    const reason = reasonAgainst(node, installed, unpacked, lockfile) ?? mismatch ?? source;
    const suspect = reason !== undefined && reason === mismatch ? { suspect: true as const } : {};
    if (reason !== undefined) leftOut.push({ spec: asSpec(node), reason, ...suspect });
    return reason === undefined;
  });
  const choose = async (patterns: Partial<Selection>) => {
    const roots = fit.map(({ node }) => ({ hash: node.hash, spec: node.name }));
    return await selectSpecs({ nodes, roots }, { ...EVERYTHING, rootsOnly: true, ...patterns });
  };
  const { specs, include, exclude } = selection;
  const included = await choose({ specs, include });
  const chosen = await choose({ specs, include, exclude });
  const isIncluded = new Set(included.map(({ hash }) => hash));
  const isChosen = new Set(chosen.map(({ hash }) => hash));
  for (const { node } of fit) {
    if (!isIncluded.has(node.hash)) {
      leftOut.push({ spec: asSpec(node), reason: 'no pattern of specs or include matches it' });
    } else if (!isChosen.has(node.hash)) {
      leftOut.push({ spec: asSpec(node), reason: 'excluded: a pattern of exclude matches it' });
    }
  }
  return { specs: chosen, leftOut };
}

/** @param prefix relative to the tree's root: all that is known of it */
export function strayPrefix(prefix: string): LeftOut {
  const folder = prefix.slice(prefix.lastIndexOf('/') + 1);
  const [tail = '', hash = ''] = /-([a-z2-7]{32})$/.exec(folder) ?? [];
  const [, name = folder, version = ''] =
    (tail && /^(.+?)-([^-]*\d.*)$/s.exec(folder.slice(0, -tail.length))) || [];
  return { spec: { name, version, hash }, reason: 'not completely installed: the database does not list it' };
}

function reasonAgainst(
  node: SpecNode,
  installed: boolean,
  unpacked: boolean,
  lockfile: SpecGraph['nodes'] | undefined,
): string | undefined {
  if (node.external !== undefined) return 'external: not built here';
  if (!installed) return 'not completely installed, says the database';
  if (unpacked) return 'unpacked from a build cache, not built here';
  if (lockfile !== undefined && !lockfile.has(node.hash)) return "not in the environment's lockfile";
  return undefined;
}

function asSpec(node: SpecNode): LeftOut['spec'] {
  const { name, version, hash } = node;
  return { name, version, hash, node };
}
