/** Options of verbs that copy entries: whose signatures count, and what is signed anew. */
import { type Command, Option } from 'commander';
import { collect } from './shared-options.ts';

/** They come to `CopyCommandOptions` (sync-context.ts). @returns the same command */
export function addCopySigningOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '-u, --unsigned',
        'neither look at signatures nor make any; those that are there are kept',
      ).conflicts(['key', 'signingKeyFile']),
    )
    .option('-k, --key <fingerprint>', 'sign everything anew, with this key')
    .option('--signing-key-file <file>', 'sign everything anew; an armored secret key')
    .option(
      '--trusted-keys <file|fingerprint>',
      'trust the public keys in this file, too; once a fingerprint is given, no keys but those (repeatable)',
      collect,
      [],
    );
}
