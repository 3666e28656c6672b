/** `buildcache update-index MIRROR`: options in, a new index and exit code out. */
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { updateIndex } from '../../../commands/update-index.ts';
import { BuildcacheError } from '../../../core/errors.ts';
import { type EnvironmentFiles, findEnvironment, readEnvironment } from '../../../environment/environment.ts';
import { openPushMirror } from '../../../mirrors/open-target.ts';
import { during } from '../../../report/reporter.ts';
import { readOneMirror } from '../one-mirror.ts';
import { addSharedOptions, type SharedOptions } from '../shared-options.ts';
import { addYesToAll } from '../spack-options.ts';
import type { VerbContext } from '../verb.ts';

interface UpdateIndexCommandOptions extends SharedOptions {
  readonly keys: boolean;
  readonly name?: string;
  readonly force: boolean;
  readonly append: boolean;
  readonly full: boolean;
}

export function define(command: Command, context: VerbContext): void {
  addSharedOptions(command, { mirrorArgument: true })
    .argument('<mirror>', 'a configured name, a path or a URL')
    .argument('[environment...]', 'for a view: folders or lockfiles (default: the environment)')
    .option('-k, --keys', 'also the list of keys', false)
    .option('-n, --name <view>', 'an index of its own, of the specs of the environments')
    .addOption(new Option('-f, --force', 'replace a view that is there').default(false).conflicts('append'))
    .option('-a, --append', 'add to a view that is there', false)
    .option('--full', 'read every spec again, also those the present index knows', false);
  addYesToAll(command).action(
    (mirror: string, sources: readonly string[], options: UpdateIndexCommandOptions) =>
      run(mirror, sources, options, context),
  );
}

async function run(
  argument: string,
  sources: readonly string[],
  options: UpdateIndexCommandOptions,
  context: VerbContext,
): Promise<void> {
  const { mirror, around } = await readOneMirror('update-index', argument, options, context);
  const view = options.name ?? mirror.push.view;
  const isAboutView = sources.length > 0 || options.append;
  if (isAboutView && view === undefined) {
    throw new BuildcacheError('usage', 'environments and --append are for views, and no view is named', {
      hint: "name one with --name, or view: in the mirror's configuration",
    });
  }
  const only = view === undefined ? undefined : await hashesOf(sources, around.environment, context);
  if (only?.size === 0) around.reporter.warn('there are no specs for the view');
  const cache = await openPushMirror(mirror, around.connection, view);
  try {
    const result = await during(around.reporter, 'Making the index', () =>
      updateIndex({
        cache,
        only,
        existing: options.append ? 'append' : options.force ? 'replace' : 'refuse',
        keys: options.keys,
        full: options.full,
        jobs: around.connection.jobs,
        signal: context.signal,
      }),
    );
    for (const problem of result.problems) around.reporter.warn(problem);
    const { index, problems } = result;
    if (index.records === 0)
      around.reporter.warn('the index lists nothing: if the mirror is not new, check its URL');
    if (options.json) {
      context.stdout.write(
        `${JSON.stringify({ version: 1, url: result.url, index, keys_changed: result.keysChanged, problems }, null, 2)}\n`,
      );
    } else if (!options.quiet) {
      const what = index.changed ? `now has ${index.records} records` : 'was right already';
      context.stdout.write(
        `The index ${what}; ${index.read} specs were read.${result.keysChanged ? ' The list of keys was updated.' : ''}\n`,
      );
    }
    context.exit(problems.length === 0 ? 0 : 1);
  } finally {
    await cache.close();
  }
}

/** Hashes of all concrete specs of these environments, or of the current environment if none are given. */
async function hashesOf(
  sources: readonly string[],
  environment: EnvironmentFiles,
  { cwd, env }: VerbContext,
): Promise<Set<string>> {
  const found =
    sources.length === 0
      ? [environment]
      : await Promise.all(sources.map((source) => findEnvironment(resolve(cwd, source), env)));
  const hashes = new Set<string>();
  for (const files of found) for (const hash of (await readEnvironment(files)).nodes.keys()) hashes.add(hash);
  return hashes;
}
