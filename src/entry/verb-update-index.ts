/** `buildcache update-index MIRROR`: options in, a new index and exit code out. */
import type { Command } from 'commander';
import { updateIndex } from '../commands/update-index.ts';
import { BuildcacheError } from '../core/errors.ts';
import { readEnvironment } from '../mirrors/environment.ts';
import { openPushMirror } from '../mirrors/open-target.ts';
import { addSharedOptions, readSurroundings, type SharedOptions } from './shared-options.ts';
import type { VerbContext } from './verbs.ts';

interface UpdateIndexCommandOptions extends SharedOptions {
  readonly keys: boolean;
  readonly name?: string;
  readonly force: boolean;
  readonly full: boolean;
}

export function define(command: Command, context: VerbContext): void {
  addSharedOptions(command)
    .argument('<mirror>', 'a configured name, a path or a URL')
    .option('-k, --keys', 'also the list of keys', false)
    .option('-n, --name <view>', 'an index of its own, of the specs of the environment')
    .option('-f, --force', 'replace a view that is there', false)
    .option('--full', 'read every spec again, also those the present index knows', false)
    .action((mirror: string, options: UpdateIndexCommandOptions) => run(mirror, options, context));
}

async function run(
  argument: string,
  options: UpdateIndexCommandOptions,
  context: VerbContext,
): Promise<void> {
  if (options.mirrorUrl.length > 0) {
    throw new BuildcacheError('usage', 'update-index takes its mirror as an argument, not with --mirror-url');
  }
  const around = await readSurroundings({ ...options, mirrorUrl: [argument] }, context);
  const [mirror] = around.mirrors;
  if (mirror === undefined) throw new BuildcacheError('internal', 'a mirror got lost');
  const view = options.name ?? mirror.push.view;
  const only =
    view === undefined ? undefined : new Set((await readEnvironment(around.environment)).nodes.keys());
  const cache = await openPushMirror({ ...mirror, name: argument }, around.connection, view);
  try {
    const result = await updateIndex({
      cache,
      only,
      force: options.force,
      keys: options.keys,
      full: options.full,
      jobs: around.connection.jobs,
      signal: context.signal,
    });
    for (const problem of result.problems) around.reporter.warn(problem);
    const { index, problems } = result;
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
