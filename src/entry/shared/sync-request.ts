/** What a sync is asked for, on the command line or in a job -> what it has to do. */

import { mirrorBase } from '../../cache/reading/entry-url.ts';
import type { SyncOptions } from '../../commands/sync.ts';
import { listedWork } from '../../commands/sync-lists.ts';
import type { SyncContext, SyncWork } from '../../commands/sync-mirrors.ts';
import { contentsWork, environmentWork } from '../../commands/sync-work.ts';
import { BuildcacheError } from '../../core/errors.ts';
import type { Mirror } from '../../mirrors/mirror.ts';
import { EVERYTHING, isGlob, selectSpecs } from '../../plan/selection.ts';
import { during, type Reporter } from '../../report/reporter.ts';
import { parseSpecArguments, parseSpecLines } from '../../spec/constraint/parse.ts';
import type { SpecGraph } from '../../spec/graph.ts';
import { readInspections } from './install-tree-settings.ts';
import { readCopyLists } from './read-copy-lists.ts';

export type SyncRequest =
  | {
      readonly kind: 'lists';
      /** Of files. */
      readonly patterns: readonly string[];
      /** What relative patterns start from. */
      readonly cwd: string;
      /** Instead of the mirrors the lists name. */
      readonly to: Mirror | undefined;
      readonly configured: readonly Mirror[];
      readonly allowOtherHosts: boolean;
    }
  | {
      readonly kind: 'mirror';
      readonly from: Mirror;
      readonly to: Mirror;
      /** Undefined: there is none, or what the mirror holds is meant. */
      readonly environment: SpecGraph | undefined;
      readonly specs: readonly string[];
      /** As for `wantedSpecs`. */
      readonly oneEach?: boolean;
      readonly all: boolean;
    };

/**
 * Copy-lists that are there and say nothing are an answer: their work has no tasks.
 * @param allowEmpty whether it is one, too, that there are no copy-lists, or that nothing matches
 * @throws BuildcacheError `usage` or `not-found` where nothing is meant or matches; else as the work's functions
 */
export async function planSync(
  request: SyncRequest,
  context: SyncContext,
  allowEmpty: boolean,
  reporter: Reporter,
): Promise<SyncWork> {
  const work = await during(reporter, 'Asking mirrors', () =>
    openWork(request, context, allowEmpty, reporter),
  );
  if (work.refused.length > 0 || work.tasks.some(({ jobs, refused }) => jobs.length + refused.length > 0))
    return work;
  if (allowEmpty || request.kind === 'lists') return work;
  await work.close();
  throw new BuildcacheError('not-found', 'there is nothing to copy', {
    hint: 'check the selection, or what the mirror holds with `buildcache list --allarch`',
  });
}

/** What images that are made get into their `Env`, as for a push; undefined where there are none to make. */
export async function imageInspections(
  { tasks }: SyncWork,
  folder: string,
  env: Parameters<typeof readInspections>[1],
): Promise<SyncOptions['inspections']> {
  return tasks.some(({ cache }) => cache.images !== undefined)
    ? await readInspections(folder, env)
    : undefined;
}

async function openWork(
  request: SyncRequest,
  context: SyncContext,
  allowEmpty: boolean,
  reporter: Reporter,
): Promise<SyncWork> {
  if (request.kind === 'lists') {
    const lists = await readCopyLists(request.patterns, request.cwd, allowEmpty);
    return await listedWork({ ...request, lists }, context);
  }
  const { from, to, environment, specs, all, oneEach = false } = request;
  requireTwoMirrors(from, to);
  if (environment !== undefined) {
    const selected = await selectSpecs(environment, { ...EVERYTHING, specs });
    return await environmentWork(from, to, environment, selected, context);
  }
  if (specs.length === 0 && !all) {
    throw new BuildcacheError(
      'usage',
      'what to copy is not said: there is no environment and no spec was named',
      {
        hint: 'name an environment with --environment, name specs, or copy all the mirror holds with --all',
      },
    );
  }
  const names = specs.filter(isGlob);
  const constraints = (oneEach ? parseSpecLines : parseSpecArguments)(specs.filter((spec) => !isGlob(spec)));
  return await contentsWork(from, to, { names, constraints }, context, reporter);
}

function requireTwoMirrors(from: Mirror, to: Mirror): void {
  const url = mirrorBase(from.fetch.url);
  if (from.name !== to.name && url !== mirrorBase(to.push.url)) return;
  throw new BuildcacheError('usage', 'a mirror cannot be copied to itself', {
    found: `${url} twice`,
    hint: 'name the mirror to copy from, then another to copy to',
  });
}
