/** `buildcache migrate SRC [DEST]`: options in, a mirror of layout 3 and exit code out. */
import { type Command, Option } from 'commander';
import { openLayout2 } from '../../../cache/layouts/layout2.ts';
import { admitPinnedKeys } from '../../../cache/reading/keys.ts';
import type { Trust } from '../../../cache/trust/trust.ts';
import { migrate } from '../../../commands/migrate.ts';
import { BuildcacheError } from '../../../core/errors.ts';
import type { Mirror } from '../../../mirrors/mirror.ts';
import { openStorage } from '../../../mirrors/open.ts';
import { openPushMirror } from '../../../mirrors/open-target.ts';
import { UNSIGNED } from '../../../mirrors/open-trusted.ts';
import { migrateExitCode } from '../../../plan/migrate-result.ts';
import { migrateJson, migrateText } from '../../../report/migrate-text.ts';
import { terminalStyle } from '../../../report/terminal.ts';
import type { Storage, StorageReader } from '../../../storage/storage.ts';
import { readTrust, type TrustRequest } from '../../shared/trust-request.ts';
import {
  addSharedOptions,
  readSurroundings,
  type SharedOptions,
  type Surroundings,
} from '../shared-options.ts';
import { signerFor } from '../signing-options.ts';
import { addYes } from '../spack-options.ts';
import { addTrustOptions } from '../trust-options.ts';
import type { VerbContext } from '../verb.ts';

interface MigrateCommandOptions extends SharedOptions, TrustRequest {
  readonly deleteExisting: boolean;
  readonly key?: string;
  readonly signingKeyFile?: string;
  readonly dryRun: boolean;
  readonly yes: boolean;
}

export function define(command: Command, context: VerbContext): void {
  addTrustOptions(addSharedOptions(command, { mirrorArgument: true }))
    .argument('<src>', 'the mirror of layout 2: a configured name, a path or a URL')
    .argument('[dest]', 'where to put layout 3 (default: the same place)')
    .option('-d, --delete-existing', 'delete the old layout when all of it has been migrated', false)
    .option('-k, --key <fingerprint>', 'which of several keys to sign with')
    .option('--signing-key-file <file>', 'an armored secret key (default: $BUILDCACHE_SIGNING_KEY)')
    .addOption(new Option('--dry-run', 'say what would be migrated').default(false));
  addYes(command, 'do it; without this, nothing is changed').action(
    (source: string, destination: string | undefined, options: MigrateCommandOptions) =>
      run(source, destination, options, context),
  );
}

async function run(
  from: string,
  to: string | undefined,
  options: MigrateCommandOptions,
  context: VerbContext,
): Promise<void> {
  const { source, destination, around } = await readBoth(from, to, options, context);
  const { reporter } = around;
  if (options.deleteExisting && to !== undefined) {
    throw new BuildcacheError('usage', '--delete-existing is for a mirror that is migrated in its own place');
  }
  const dryRun = options.dryRun || !options.yes;
  const trust = source.signed && !options.unsigned ? await readTrust(options, context, reporter) : undefined;
  if (options.trustedKeys.length > 0 && !source.signed && !options.unsigned)
    reporter.warn(`${source.name}: ${UNSIGNED}`);
  const signed = destination.signed && !options.unsigned;
  // A dry run needs no key.
  const signer = signed && !dryRun ? await signerFor(destination, options, context) : undefined;
  const cache = await openPushMirror(destination, around.connection, undefined);
  const side = to === undefined ? source.push : source.fetch;
  const storage: StorageReader | Storage = await openStorage(
    source.name,
    side,
    around.connection,
    to === undefined ? 'write' : 'read',
  );
  try {
    if (trust !== undefined) await admitKeys(trust, storage, around, context);
    const result = await migrate(
      {
        source: storage,
        destination: cache,
        trust,
        signed,
        signer,
        deleteFrom: options.deleteExisting && 'delete' in storage ? storage : undefined,
        dryRun,
        jobs: around.connection.jobs,
        signal: context.signal,
      },
      reporter,
    );
    if (options.json) context.stdout.write(`${JSON.stringify(migrateJson(result), null, 2)}\n`);
    else if (!options.quiet) {
      const lines = migrateText(result, options.verbose || dryRun, terminalStyle(around.color));
      context.stdout.write(`${lines.join('\n')}\n`);
    }
    const isWaiting = options.deleteExisting || result.outcomes.some(({ kind }) => kind === 'would-migrate');
    if (!options.dryRun && !options.yes && isWaiting) {
      reporter.error('nothing was changed: say --yes to migrate, or --dry-run to only look');
      return context.exit(2);
    }
    context.exit(migrateExitCode(result));
  } finally {
    await storage.close();
    await cache.close();
  }
}

async function readBoth(
  from: string,
  to: string | undefined,
  options: MigrateCommandOptions,
  context: VerbContext,
): Promise<{ source: Mirror; destination: Mirror; around: Surroundings }> {
  if (options.mirrorUrl.length > 0) {
    throw new BuildcacheError('usage', 'migrate takes its mirrors as arguments, not with --mirror-url');
  }
  const around = await readSurroundings({ ...options, mirrorUrl: [from, to ?? from] }, context);
  const [source, destination] = around.mirrors;
  if (source === undefined || destination === undefined) {
    throw new BuildcacheError('internal', 'a mirror got lost');
  }
  return { source, destination, around };
}

async function admitKeys(
  trust: Trust,
  storage: StorageReader,
  { reporter }: Surroundings,
  { signal }: VerbContext,
): Promise<void> {
  const problems = await admitPinnedKeys(trust, [openLayout2(storage, { nodes: new Map() })], signal);
  for (const problem of problems) reporter.warn(problem);
}
