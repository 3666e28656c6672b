/** Which signatures of an image come along when it is copied. */
import { errorCode } from '../../core/errors.ts';
import type { Entry } from '../entries.ts';
import type { Trust } from '../trust/trust.ts';

/**
 * An image may have more signatures than the one that was verified: whoever may push can attach any. Those that do not count
 * stay behind, with what they say of where the image was built.
 */
export async function withoutUnverified(entry: Entry, trust: Trust | undefined): Promise<Entry> {
  const { image, url } = entry;
  if (image === undefined || trust === undefined || image.signatures.length < 2) return entry;
  const signatures: (typeof image.signatures)[number][] = [];
  for (const signature of image.signatures)
    if (await countsFor(trust, signature.text, url)) signatures.push(signature);
  return { ...entry, image: { ...image, signatures } };
}

async function countsFor(trust: Trust, text: Buffer, url: string): Promise<boolean> {
  try {
    await trust.verify(text.toString('utf8'), url);
    return true;
  } catch (error) {
    if (errorCode(error) === 'untrusted') return false;
    throw error;
  }
}
