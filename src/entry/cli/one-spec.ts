/** Options of verbs about one spec: from the environment, or from a file. */
import { resolve } from 'node:path';
import { BuildcacheError, fileError } from '../../core/errors.ts';
import { readBounded } from '../../core/read-file.ts';
import { type EnvironmentFiles, readEnvironment } from '../../environment/environment.ts';
import { selectOne } from '../../plan/select-one.ts';
import type { SpecGraph } from '../../spec/graph.ts';
import type { SpecNode } from '../../spec/node.ts';
import { MAX_SPEC_FILE, readSpecFile } from '../../spec/spec-file.ts';
import type { VerbContext } from './verb.ts';

/** @throws BuildcacheError `usage` unless exactly one is given; also for a missing spec, or a file that holds no spec */
export async function readOneSpec(
  named: { readonly spec: string | undefined; readonly file: string | undefined },
  flags: { readonly spec: string; readonly file: string },
  environment: EnvironmentFiles,
  { cwd }: Pick<VerbContext, 'cwd'>,
): Promise<{ readonly graph: SpecGraph; readonly spec: SpecNode }> {
  if ((named.spec === undefined) === (named.file === undefined)) {
    throw new BuildcacheError('usage', `one of ${flags.spec} and ${flags.file} is needed, and not both`);
  }
  if (named.spec !== undefined) {
    const graph = await readEnvironment(environment);
    return { graph, spec: await selectOne(graph, named.spec) };
  }
  const file = resolve(cwd, named.file ?? '');
  const bytes = await readBounded(file, MAX_SPEC_FILE).catch((error: unknown) => {
    throw fileError(error, file, 'read the spec file');
  });
  const { root, nodes } = readSpecFile(bytes, file);
  return { graph: { nodes, roots: [{ hash: root.hash, spec: root.name }] }, spec: root };
}
