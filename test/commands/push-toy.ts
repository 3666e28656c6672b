/** Pushing the fixture's specs with the options a test does not care about. */
import { openLayout3Writer } from '../../src/cache/writing/cache-writer.ts';
import { type PushOptions, type PushTarget, push } from '../../src/commands/push.ts';
import type { PushResult } from '../../src/plan/push-result.ts';
import { SILENT } from '../../src/report/reporter.ts';
import type { Storage } from '../../src/storage/storage.ts';
import type { InstallTree } from '../../src/tree/install-tree.ts';
import { pushable } from '../tree/toy-store.ts';

export function target(storage: Storage, more: Partial<PushTarget> = {}): PushTarget {
  return {
    name: 'mirror',
    cache: openLayout3Writer(storage, undefined),
    signer: undefined,
    elsewhere: new Map(),
    ...more,
  };
}

export async function pushToy(
  tree: InstallTree,
  targets: readonly PushTarget[],
  more: Partial<PushOptions> = {},
): Promise<PushResult> {
  const options: PushOptions = {
    tree,
    graph: tree,
    specs: pushable(tree),
    roots: new Set(),
    targets,
    spackPrefix: '/opt/spack',
    force: false,
    updateIndex: true,
    failFast: false,
    allowMissing: false,
    dryRun: false,
    jobs: 4,
    signal: new AbortController().signal,
    ...more,
  };
  return await push(options, SILENT);
}

/** Kinds of outcomes on the first mirror, sorted. */
export function kinds(result: PushResult): string[] {
  return [...(result.mirrors[0]?.outcomes.values() ?? [])].map(({ kind }) => kind).sort();
}
