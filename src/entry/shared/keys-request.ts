/** The keys that the verb and the step `keys` publish. */
import { readKeyFile } from '../../cache/trust/keyring.ts';
import { type KnownKey, readPublicKeys } from '../../cache/trust/public-key.ts';
import { BuildcacheError } from '../../core/errors.ts';

/**
 * @param fingerprints of the keys to publish; all keys in the file where there are none
 * @throws BuildcacheError `not-found` where the file lacks one of these keys; also for a file that cannot be read
 */
export async function keysToPublish(
  file: string,
  fingerprints: readonly string[],
): Promise<readonly KnownKey[]> {
  const { text, source } = await readKeyFile(file);
  const inFile = await readPublicKeys(text, source);
  const isThere = new Set(inFile.map(({ fingerprint }) => fingerprint));
  const absent = fingerprints.filter((fingerprint) => !isThere.has(fingerprint));
  if (absent.length > 0 || inFile.length === 0)
    throw new BuildcacheError('not-found', 'no such key in the file', {
      file: source,
      ...(absent.length > 0 && { expected: absent.join(', ') }),
      found: [...isThere].join(', ') || 'none',
    });
  return inFile.filter(({ fingerprint }) => fingerprints.length === 0 || fingerprints.includes(fingerprint));
}
