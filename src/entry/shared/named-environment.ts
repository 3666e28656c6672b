/** The environment of a verb that can do without one. */
import { type EnvironmentFiles, implicitGroups, readEnvironment } from '../../environment/environment.ts';
import { isConcretized } from '../../environment/included-lockfiles.ts';
import { rootsOnlyIn } from '../../plan/groups.ts';
import type { SpecGraph } from '../../spec/graph.ts';
import type { Invocation } from './invocation.ts';

/**
 * @returns undefined when no environment was named and the working directory has none
 * @throws as `readEnvironment`, also when one was named and has no lockfile
 */
export async function namedEnvironment(
  files: EnvironmentFiles,
  { environment }: { readonly environment?: string | undefined },
  env: Invocation['env'],
): Promise<SpecGraph | undefined> {
  const isNamed = environment !== undefined || Boolean(env['SPACK_ENV']);
  if (isNamed || (await isConcretized(files))) return await readEnvironment(files);
  return undefined;
}

/**
 * Hashes of the environment's roots that are only in groups with `explicit: false`. Most environments have no groups; then
 * their `spack.yaml` is not read.
 * @throws as `implicitGroups`
 */
export async function implicitRoots(
  files: EnvironmentFiles,
  environment: SpecGraph | undefined,
): Promise<ReadonlySet<string>> {
  if (environment?.roots.some(({ group }) => group !== undefined) !== true) return new Set();
  return rootsOnlyIn(environment.roots, await implicitGroups(files));
}
