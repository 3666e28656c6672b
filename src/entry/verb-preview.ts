/** `buildcache preview SPEC`: options in, what relocation would touch out. */
import type { Command } from 'commander';
import { openDownloadCache } from '../cache/download-cache.ts';
import { openIndexStore } from '../cache/index-store.ts';
import { type PackagePreview, previewCached } from '../commands/preview.ts';
import { preferring, withSources } from '../commands/sources.ts';
import { wantedSpecs } from '../commands/wanted-specs.ts';
import { BuildcacheError } from '../core/errors.ts';
import { previewJson, previewText } from '../report/preview-text.ts';
import { terminalStyle } from '../report/terminal.ts';
import type { SpecNode } from '../spec/node.ts';
import { withIndexFolder } from './index-folder.ts';
import { namedEnvironment } from './named-environment.ts';
import { addSharedOptions, readSurroundings, type SharedOptions } from './shared-options.ts';
import { addTrustOptions, downloadFolder, readTrust, type TrustCommandOptions } from './trust-options.ts';
import type { VerbContext } from './verbs.ts';

interface PreviewCommandOptions extends SharedOptions, TrustCommandOptions {
  readonly multiple: boolean;
}

export function define(command: Command, context: VerbContext): void {
  addTrustOptions(addSharedOptions(command))
    .argument('<spec...>', 'specs of the environment or the mirrors, /hashes, or spec files')
    .option('--multiple', 'all specs that match are meant', false)
    .action((specs: readonly string[], options: PreviewCommandOptions) => run(specs, options, context));
}

async function run(
  specs: readonly string[],
  options: PreviewCommandOptions,
  context: VerbContext,
): Promise<void> {
  const around = await readSurroundings(options, context);
  const { reporter } = around;
  const { env, cwd, signal, stdout } = context;
  const trust = await readTrust(options, context, reporter);
  const environment = await namedEnvironment(around.environment, options, env);
  const nodes = new Map<string, SpecNode>();
  const cache = openDownloadCache(downloadFolder(env));
  const previews = await withSources({ ...around, trust, nodes, signal }, reporter, (sources) =>
    withIndexFolder(around.indexFolder, async (folder) => {
      const indexStore = openIndexStore(folder);
      const { multiple } = options;
      // Nothing is run, so any architecture will do.
      const wanted = await wantedSpecs(
        { ...around, sources, specs, environment, cwd, multiple, host: undefined, indexStore, signal },
        nodes,
        reporter,
      );
      for (const note of wanted.notes) reporter.warn(note);
      const found: PackagePreview[] = [];
      for (const hash of wanted.roots) {
        const spec = nodes.get(hash);
        if (spec === undefined) throw new BuildcacheError('internal', 'a spec got lost');
        found.push(
          await previewCached(
            { nodes },
            spec,
            preferring(sources, wanted.holders.get(hash) ?? []),
            cache,
            signal,
          ),
        );
      }
      return found;
    }),
  );
  if (options.json) {
    stdout.write(`${JSON.stringify({ version: 1, packages: previews.map(previewJson) }, null, 2)}\n`);
  } else if (!options.quiet) {
    const style = terminalStyle(around.color);
    stdout.write(`${previews.map((each) => previewText(each, style).join('\n')).join('\n\n')}\n`);
  }
}
