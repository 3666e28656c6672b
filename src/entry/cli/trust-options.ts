/** Options of verbs that take binaries from mirrors: whose signatures count, and where downloads are kept. */
import { join } from 'node:path';
import type { Command } from 'commander';
import { userFolder } from '../../core/user-folders.ts';
import { collect } from './shared-options.ts';
import type { VerbContext } from './verb.ts';

export function addTrustOptions(command: Command): Command {
  return command
    .option(
      '--trusted-keys <file|fingerprint>',
      'trust the public keys in this file, too; once a fingerprint is given, no keys but those (repeatable)',
      collect,
      [],
    )
    .option('-u, --unsigned', 'do not look at signatures at all', false);
}

export interface PolicyOptions {
  readonly requireProvenance: readonly string[];
}

export function addProvenancePolicy(command: Command): Command {
  return command.option(
    '--require-provenance <key=pattern>',
    'take only what was built there: repository=org/*, ref=…, workflow=… or builder=… (repeatable)',
    collect,
    [],
  );
}

/** `BUILDCACHE_CACHE_DIR`, else the XDG cache folder: where downloaded blobs are kept. */
export function downloadFolder(env: VerbContext['env']): string {
  const own = env['BUILDCACHE_CACHE_DIR'];
  if (own) return join(own, 'blobs');
  return join(userFolder(env, 'XDG_CACHE_HOME', '.cache'), 'buildcache', 'blobs');
}
