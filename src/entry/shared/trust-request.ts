/** Whose signatures count: what verbs and steps are told, and the keys that follow from it. */
import { join, resolve } from 'node:path';
import { readKeyFile, readKeyring } from '../../cache/trust/keyring.ts';
import { parseFingerprint } from '../../cache/trust/public-key.ts';
import { openTrust, type Trust } from '../../cache/trust/trust.ts';
import { userFolder } from '../../core/user-folders.ts';
import type { Reporter } from '../../report/reporter.ts';
import type { Invocation } from './invocation.ts';

export interface TrustRequest {
  /** Files, fingerprints, or armored keys themselves (an action's input). */
  readonly trustedKeys: readonly string[];
  readonly unsigned: boolean;
  /** Where keys are named, those of the keyring do not count. */
  readonly isJob?: boolean;
}

/** What a verb trusts that has no option for it: the keyring. */
export const KEYRING: TrustRequest = { trustedKeys: [], unsigned: false };

/**
 * The keys of the options, and of the keyring.
 * @returns undefined with `unsigned`; then the user is warned
 * @throws BuildcacheError for keys that cannot be read
 */
export async function readTrust(
  { trustedKeys, unsigned, isJob = false }: TrustRequest,
  { env, cwd }: Invocation,
  reporter: Reporter,
): Promise<Trust | undefined> {
  if (unsigned) {
    reporter.warn('signatures are not verified: anyone who can write to a mirror decides what is installed');
    return undefined;
  }
  // With fingerprints the keyring adds no key that counts: it may have those that are meant.
  const isAlone = isJob && trustedKeys.some((value) => parseFingerprint(value) === undefined);
  const keys = isAlone ? [] : await readKeyring(keyringFolder(env));
  const fingerprints: string[] = [];
  for (const value of trustedKeys) {
    const fingerprint = parseFingerprint(value);
    if (fingerprint !== undefined) fingerprints.push(fingerprint);
    else if (value.includes(ARMOR)) keys.push({ text: Buffer.from(value), source: 'trusted-keys' });
    else keys.push(await readKeyFile(resolve(cwd, value)));
  }
  return await openTrust({ keys, fingerprints, isNamed: trustedKeys.length > 0 });
}

const ARMOR = '-----BEGIN PGP ';

/** `BUILDCACHE_KEYRING`, else in the XDG data folder: the keys this user trusts. */
export function keyringFolder(env: Invocation['env']): string {
  if (env['BUILDCACHE_KEYRING']) return resolve(env['BUILDCACHE_KEYRING']);
  const data = userFolder(env, 'XDG_DATA_HOME', '.local/share');
  return join(data, 'buildcache', 'keys');
}
