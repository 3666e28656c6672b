/** `buildcache bundle create|verify|list|import`: the options of each. The code of each is loaded only when it is used. */
import type { Command } from 'commander';
import type { BundleCreateOptions } from '../bundle-create.ts';
import type { BundleImportOptions } from '../bundle-import.ts';
import { addCopySigningOptions } from '../copy-signing-options.ts';
import { addSharedOptions, byteSize, collect, type SharedOptions } from '../shared-options.ts';
import type { VerbContext } from '../verb.ts';

export function define(command: Command, context: VerbContext): void {
  addCopySigningOptions(
    addSharedOptions(
      command.command('create').description('put specs of a mirror into files that can be carried'),
    )
      .argument('[spec...]', 'what to take (default: all specs of the environment)')
      .requiredOption('-o, --output <file>', 'the bundle; of several volumes, NAME-1-of-5.tar and so on')
      .option('--all', 'take what the mirror holds, or what of it matches, instead of the environment', false)
      .option('--volume-size <size>', 'no file larger than this, such as 4G (default: one file)', byteSize)
      .option(
        '--except <file>',
        'leave out what the other side has, as `bundle list` there prints it (repeatable)',
        collect,
        [],
      )
      .option('--allow-missing', 'make a bundle without the specs that cannot be read', false),
  )
    .option('--dry-run', 'verify the entries, but read no tarball, and say what would be written', false)
    .action(async (specs: readonly string[], options: BundleCreateOptions) => {
      const { runBundleCreate } = await import('../bundle-create.ts');
      await runBundleCreate(specs, options, context);
    });
  command
    .command('verify')
    .description('say whether volumes hold what they say, to the last byte; each by itself')
    .argument('<volume...>', 'files of a bundle')
    .option('--json', 'print everything as JSON', false)
    .option('-q, --quiet', 'say nothing but errors', false)
    .action(
      async (files: readonly string[], options: { readonly json: boolean; readonly quiet: boolean }) => {
        const { runBundleVerify } = await import('../bundle-look.ts');
        await runBundleVerify(files, options, context);
      },
    );
  addSharedOptions(command.command('list').description('list what is in bundles or mirrors, for --except'), {
    mirrorArgument: true,
  })
    .argument('<place...>', 'a volume of a bundle, or a mirror: a configured name, a path or a URL')
    .action(async (places: readonly string[], options: SharedOptions) => {
      const { runBundleList } = await import('../bundle-look.ts');
      await runBundleList(places, options, context);
    });
  addCopySigningOptions(
    addSharedOptions(
      command.command('import').description('bring what is in a bundle to a mirror, verified'),
      {
        mirrorArgument: true,
      },
    )
      .argument(
        '<volume...>',
        'volumes of one bundle, and last the mirror: a configured name, a path or a URL',
      )
      .option('--base-image <image>', 'to a registry: what the images that are made stand on'),
  )
    .option(
      '--dry-run',
      'verify the entries, but read no tarball (`bundle verify` does), and say what would be imported',
      false,
    )
    .action(async (places: readonly string[], options: BundleImportOptions) => {
      const { runBundleImport } = await import('../bundle-import.ts');
      await runBundleImport(places, options, context);
    });
}
