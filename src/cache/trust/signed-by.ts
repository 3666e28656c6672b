/** What a key of ours has signed earlier. */
import { errorCode } from '../../core/errors.ts';
import type { Signer } from './signing.ts';

/**
 * @param message an OpenPGP cleartext message
 * @param source its redacted URL
 * @returns the signed text; undefined where that key has not signed it
 */
export async function textSignedBy(
  { publicKey, fingerprint }: Signer,
  message: Uint8Array,
  source: string,
): Promise<string | undefined> {
  // A push that replaces nothing has no use for it.
  const { openTrust } = await import('./trust.ts');
  const trust = await openTrust({
    keys: [{ text: publicKey, source: 'the signing key' }],
    fingerprints: [fingerprint],
  });
  try {
    return (await trust.verify(Buffer.from(message).toString('utf8'), source)).text;
  } catch (error) {
    if (errorCode(error) === 'untrusted') return undefined;
    throw error;
  }
}
