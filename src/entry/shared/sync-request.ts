/** Turns what a sync was asked for, on the command line or in a job, into what it has to do. */

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
      /** Patterns of files. */
      readonly patterns: readonly string[];
      /** What relative patterns start from. */
      readonly cwd: string;
      /** The mirror to copy to, instead of those that the lists name. */
      readonly to: Mirror | undefined;
      readonly configured: readonly Mirror[];
      readonly allowOtherHosts: boolean;
    }
  | {
      readonly kind: 'mirror';
      readonly from: Mirror;
      readonly to: Mirror;
      /** Undefined: there is no environment, or the contents of the mirror are meant. */
      readonly environment: SpecGraph | undefined;
      readonly specs: readonly string[];
      /** As for `wantedSpecs`. */
      readonly oneEach?: boolean;
      readonly all: boolean;
      /** Whether the mirror may lack some of the specs, and so all that match one of them. */
      readonly mayLack: boolean;
    };

/**
 * Copy-lists that exist and list nothing are a valid answer: there is nothing to do.
 * @param allowEmpty whether it is a valid answer, too, that no copy-list exists or nothing matches
 * @throws BuildcacheError `usage` or `not-found` where nothing is asked for or nothing matches; else as the functions
 *   that find the work
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

/** What goes into the `Env` of images that the sync makes, as for a push; undefined where it makes none. */
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
  const mayLack = request.mayLack || allowEmpty;
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
  return await contentsWork(from, to, { names, constraints, mayLack }, context, reporter);
}

function requireTwoMirrors(from: Mirror, to: Mirror): void {
  const url = mirrorBase(from.fetch.url);
  if (from.name !== to.name && url !== mirrorBase(to.push.url)) return;
  throw new BuildcacheError('usage', 'a mirror cannot be copied to itself', {
    found: `${url} twice`,
    hint: 'name the mirror to copy from, then another to copy to',
  });
}
