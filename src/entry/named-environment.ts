/** The environment where a verb can do without one. */
import { type EnvironmentFiles, readEnvironment } from '../mirrors/environment.ts';
import { isConcretized } from '../mirrors/included-lockfiles.ts';
import type { SpecGraph } from '../spec/graph.ts';
import type { VerbContext } from './verbs.ts';

/**
 * @returns undefined when none was named and there is none in the working directory
 * @throws as `readEnvironment`, also when one was named and has no lockfile
 */
export async function namedEnvironment(
  files: EnvironmentFiles,
  { environment }: { readonly environment?: string },
  env: VerbContext['env'],
): Promise<SpecGraph | undefined> {
  const isNamed = environment !== undefined || Boolean(env['SPACK_ENV']);
  if (isNamed || (await isConcretized(files))) return await readEnvironment(files);
  return undefined;
}
