/**
 * The concrete environments that a `spack.yaml` includes: `include: [DIR/spack.lock]`, or `include_concrete: [DIR]` of
 * older ones. Spack copies them into the environment's own lockfile, so they count only where there is none yet.
 */
import { access } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { BuildcacheError } from '../core/errors.ts';
import { addNodes } from '../spec/add-nodes.ts';
import { assertClosedAndAcyclic } from '../spec/assemble.ts';
import type { Root, SpecGraph } from '../spec/graph.ts';
import type { SpecNode } from '../spec/node.ts';
import { type EnvironmentFiles, readEnvironment } from './environment.ts';
import { hostFactsFor } from './host-facts.ts';
import { includePath } from './include.ts';
import { readManifest, sectionOf } from './scopes.ts';

/** What is known of the reading of an environment, for those that it includes. */
export interface Including {
  /** The lockfiles of the environments that include this one. */
  readonly chain: readonly string[];
  /** What was read already, by path: environments may share what they include. */
  readonly read: Map<string, SpecGraph>;
  /** Counts what was read. @throws BuildcacheError `too-large` */
  count(text: string, lockfile: string): void;
}

/** One lockfile may stand under many names, and folders may include each other in as many ways as there are atoms. */
const MOST_ENVIRONMENTS = 256;
const MOST_CHARACTERS = 128 * 1024 * 1024;

function including(): Including {
  let environments = 0;
  let characters = 0;
  return {
    chain: [],
    read: new Map(),
    count(text, lockfile) {
      environments++;
      characters += text.length;
      if (environments <= MOST_ENVIRONMENTS && characters <= MOST_CHARACTERS) return;
      throw new BuildcacheError('too-large', 'the environment includes too much', {
        file: lockfile,
        expected: `at most ${MOST_ENVIRONMENTS} environments with ${MOST_CHARACTERS} characters of lockfiles in all`,
        hint: 'concretize the environment, so that it has a lockfile of its own',
      });
    },
  };
}

/** @throws BuildcacheError as `readManifest`; `usage` for a path only Spack knows */
export async function includedLockfiles(
  folder: string,
  env: EnvironmentFiles['env'] = {},
): Promise<readonly string[]> {
  const manifest = await readManifest(folder);
  if (manifest === undefined) return [];
  const entries = (name: string): unknown[] => {
    const value = sectionOf(manifest.sections, name)?.[1];
    return Array.isArray(value) ? (value as unknown[]) : [];
  };
  const older = entries('include_concrete');
  const newer = entries('include');
  const host = await hostFactsFor(JSON.stringify([older, newer]));
  const context = { base: folder, environment: folder, env, host };
  const found = [
    ...older.flatMap((entry) => includePath(entry, context) ?? []).map((path) => join(path, 'spack.lock')),
    ...newer
      .flatMap((entry) => includePath(entry, context) ?? [])
      .filter((path) => basename(path) === 'spack.lock'),
  ];
  return [...new Set(found)];
}

/** Whether `readEnvironment` has something to read. @throws BuildcacheError as {@link includedLockfiles} */
export async function isConcretized({ lockfile, folder, env }: EnvironmentFiles): Promise<boolean> {
  const isThere = await access(lockfile).then(
    () => true,
    () => false,
  );
  return isThere || (await includedLockfiles(folder, env)).length > 0;
}

/**
 * @returns undefined where it includes none
 * @throws BuildcacheError `bad-input` for one that includes itself; as `readEnvironment` for each of them
 */
export async function readIncludedLockfiles(
  files: EnvironmentFiles,
  above: Including = including(),
): Promise<SpecGraph | undefined> {
  const lockfiles = await includedLockfiles(files.folder, files.env);
  if (lockfiles.length === 0) return undefined;
  const nodes = new Map<string, SpecNode>();
  const roots = new Map<string, Root>();
  const chain = [...above.chain, files.lockfile];
  for (const lockfile of lockfiles) {
    if (chain.includes(lockfile)) {
      throw new BuildcacheError('bad-input', `it includes ${lockfile}, which includes it again`, {
        file: join(files.folder, 'spack.yaml'),
        hint: 'take one of the includes out',
      });
    }
    let graph = above.read.get(lockfile);
    graph ??= await readEnvironment({ ...files, folder: dirname(lockfile), lockfile }, { ...above, chain });
    above.read.set(lockfile, graph);
    addNodes(nodes, graph.nodes, lockfile);
    for (const root of graph.roots)
      if (!roots.has(root.hash)) roots.set(root.hash, { ...root, included: true });
  }
  // Together they may have edges that none of them has alone.
  assertClosedAndAcyclic(nodes, join(files.folder, 'spack.yaml'));
  return { nodes, roots: [...roots.values()] };
}
