/** Whether the command line signs, and with which key. Options win over the mirror's configuration. */
import { type Command, Option } from 'commander';
import { openSigner, type Signer } from '../../cache/trust/signing.ts';
import type { Mirror } from '../../mirrors/mirror.ts';
import { readSigningKey } from '../shared/signing-key.ts';
import type { VerbContext } from './verb.ts';

export interface SigningOptions {
  readonly signed?: true;
  readonly unsigned?: true;
  readonly key?: string;
  readonly signingKeyFile?: string;
}

export function addSigningOptions(command: Command): Command {
  return command
    .addOption(new Option('-u, --unsigned', 'push without signatures').conflicts(['signed', 'key']))
    .addOption(new Option('--signed', 'push with signatures'))
    .option('-k, --key <fingerprint>', 'which of several keys to sign with; implies --signed')
    .option('--signing-key-file <file>', 'an armored secret key (default: $BUILDCACHE_SIGNING_KEY)');
}

/** What the option `--provenance` of a push says. */
export const PROVENANCE_OPTION =
  'sign where the specs were built as well: the repository, commit, workflow and run of this job of GitHub or GitLab';

export function isSigned(mirror: Mirror, { signed, unsigned, key }: SigningOptions): boolean {
  return signed === true || key !== undefined || (unsigned !== true && mirror.signed);
}

/** What to say where a key was brought and no mirror is signed: whoever brings one mostly means to sign. */
export function unusedKeyNote(mirrors: readonly Mirror[], options: SigningOptions): string | undefined {
  const { signingKeyFile, unsigned } = options;
  if (signingKeyFile === undefined || unsigned === true) return undefined;
  if (mirrors.some((mirror) => isSigned(mirror, options))) return undefined;
  const [first, ...others] = mirrors;
  const what = others.length === 0 ? `${first?.name} is` : 'the mirrors are';
  return `nothing is signed, since ${what} not configured as signed; with --signed the key is used all the same`;
}

/** @throws BuildcacheError where there is no key that can sign */
export async function signerFor(
  mirror: Mirror,
  options: Pick<SigningOptions, 'key' | 'signingKeyFile'>,
  context: Pick<VerbContext, 'env' | 'cwd'>,
): Promise<Signer> {
  const { secretKeys, source, passphrase } = await readSigningKey(options.signingKeyFile, context);
  return await openSigner({ secretKeys, source, passphrase, choose: options.key, mirror: mirror.name });
}
