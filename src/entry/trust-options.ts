/** Options of verbs that take binaries from mirrors: whose signatures count. */
import type { Command } from 'commander';
import type { Trust } from '../cache/trust.ts';
import { BuildcacheError } from '../core/errors.ts';
import type { Reporter } from '../report/reporter.ts';
import { collect } from './shared-options.ts';
import type { VerbContext } from './verbs.ts';

export interface TrustCommandOptions {
  /** Files, and fingerprints. */
  readonly trustedKeys: readonly string[];
  readonly unsigned: boolean;
}

export function addTrustOptions(command: Command): Command {
  return command
    .option(
      '--trusted-keys <file|fingerprint>',
      'trust the public keys in this file; with fingerprints, only those keys (repeatable)',
      collect,
      [],
    )
    .option('-u, --unsigned', 'do not look at signatures at all', false);
}

/**
 * The keys of the keyring and of the options.
 * @returns undefined with `--unsigned`, of which the user is warned
 * @throws BuildcacheError for keys that cannot be read
 */
export async function readTrust(
  _options: TrustCommandOptions,
  _context: Pick<VerbContext, 'env' | 'cwd'>,
  _reporter: Reporter,
): Promise<Trust | undefined> {
  throw new BuildcacheError('internal', 'not there yet');
}

/** `BUILDCACHE_CACHE_DIR`, else the XDG cache folder: where downloaded blobs are kept. */
export function downloadFolder(_env: VerbContext['env']): string {
  throw new BuildcacheError('internal', 'not there yet');
}
