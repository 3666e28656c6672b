/** `buildcache preview SPEC`: options in, what relocation would change out. */
import type { Command } from 'commander';
import { openDownloadCache } from '../../../cache/reading/download-cache.ts';
import { type PackagePreview, previewCached } from '../../../commands/preview.ts';
import { preferring, withSources } from '../../../commands/sources.ts';
import { wantedSpecs } from '../../../commands/wanted-specs.ts';
import { BuildcacheError, errorCode } from '../../../core/errors.ts';
import { previewJson, previewText } from '../../../report/preview-text.ts';
import { terminalStyle } from '../../../report/terminal.ts';
import type { SpecNode } from '../../../spec/node.ts';
import { locateTree } from '../../../tree/install-tree.ts';
import { withIndexStore } from '../../shared/index-folder.ts';
import { namedEnvironment } from '../../shared/named-environment.ts';
import { readTrust, type TrustRequest } from '../../shared/trust-request.ts';
import {
  addSharedOptions,
  readSurroundings,
  type SharedOptions,
  type Surroundings,
} from '../shared-options.ts';
import { storePlace } from '../store-options.ts';
import { addTrustOptions, downloadFolder } from '../trust-options.ts';
import type { VerbContext } from '../verb.ts';

interface PreviewCommandOptions extends SharedOptions, TrustRequest {
  readonly store?: string;
  readonly multiple: boolean;
}

export function define(command: Command, context: VerbContext): void {
  addTrustOptions(addSharedOptions(command))
    .argument('<spec...>', 'specs of the environment or the mirrors, /hashes, or spec files')
    .option(
      '--store <dir>',
      'the root of the install tree it is to fit below (default: as configured, else opt/spack of $SPACK_ROOT or of the spack on the PATH)',
    )
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
  const root = await targetRoot(options, around, context);
  const nodes = new Map<string, SpecNode>();
  const cache = openDownloadCache(downloadFolder(env));
  const previews = await withSources({ ...around, trust, nodes, signal }, reporter, (sources) =>
    withIndexStore(around, async (store) => {
      const index = { ...around.index, store };
      const { multiple } = options;
      // The package is not run, so its architecture does not matter.
      const wanted = await wantedSpecs(
        { ...around, sources, specs, environment, cwd, multiple, host: undefined, index, signal },
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
    const packages = previews.map((each) => previewJson(each, root));
    stdout.write(`${JSON.stringify({ version: 1, packages }, null, 2)}\n`);
  } else if (!options.quiet) {
    const style = terminalStyle(around.color);
    stdout.write(`${previews.map((each) => previewText(each, root, style).join('\n')).join('\n\n')}\n`);
  }
}

/** Undefined where neither an option nor the configuration says which tree. The preview can be made without one. */
async function targetRoot(
  options: PreviewCommandOptions,
  around: Surroundings,
  context: VerbContext,
): Promise<string | undefined> {
  try {
    return (await locateTree(await storePlace(options, around, context))).root;
  } catch (error) {
    if (options.store === undefined && errorCode(error) === 'usage') return undefined;
    throw error;
  }
}
