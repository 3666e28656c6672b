/**
 * What may be wrong with a spec that is to be registered. Who installs a spec holds the lock on its prefix, and none on
 * those of what was installed before. So another process may uninstall one of these, as long as the database does not say
 * that the new spec needs it.
 */
import { BuildcacheError } from '../core/errors.ts';
import { ofTypes } from '../spec/graph.ts';
import { type Dependency, type SpecNode, shortHash } from '../spec/node.ts';

/**
 * `gone`: another process has removed the spec's prefix, and so the spec was not registered. `incomplete`: the spec was
 * placed and is registered, but what it links to or runs is not installed any more.
 */
export interface RegisterProblem {
  readonly kind: 'gone' | 'incomplete';
  readonly error: BuildcacheError;
}

/** @param prefix where the spec was */
export function gone(node: SpecNode, prefix: string): RegisterProblem {
  const error = new BuildcacheError('conflict', `${node.name}/${shortHash(node)} is no longer installed`, {
    file: prefix,
    hint: 'another process has removed it meanwhile; install it again',
  });
  return { kind: 'gone', error };
}

/** @returns undefined where all that the spec needs at run time is installed */
export function incomplete(
  node: SpecNode,
  isInstalled: (dependency: Dependency) => boolean,
): RegisterProblem | undefined {
  const lacking = node.dependencies.find((each) => isNeeded(each.deptypes) && !isInstalled(each));
  if (lacking === undefined) return undefined;
  const needed = `${lacking.name}/${lacking.hash.slice(0, 7)}`;
  const error = new BuildcacheError(
    'conflict',
    `${node.name}/${shortHash(node)} is installed, but ${needed}, which it needs, is not any more`,
    { hint: 'another process has uninstalled it meanwhile; install it again' },
  );
  return { kind: 'incomplete', error };
}

const isNeeded = ofTypes('link', 'run');
