/**
 * Which images may lend their layers to one that we sign. Our signature is on the configuration, which names all
 * layers. Anybody who can write to the registry can put an image there, with a signature of their own. So a
 * dependency's image has to be signed too, with the key that signs now or another trusted key.
 */
import { BuildcacheError } from '../../core/errors.ts';
import { lazily } from '../../core/lazily.ts';
import type { RegistryReader } from '../../storage/registry/registry.ts';
import type { StorageReader } from '../../storage/storage.ts';
import type { Signer } from '../trust/signing.ts';
import { openTrust, type Trust } from '../trust/trust.ts';
import { findSignatures, isAbout, type SignedImage } from './signature.ts';

/** Opens the trust when it is needed, at most once. Undefined: nobody else's signatures count. */
export type OpenTrust = () => Promise<Trust | undefined>;

export interface Voucher {
  /**
   * Looks for a signature that counts. Each image is looked at once.
   * @param url the image's, for messages
   * @returns what there is instead: `no signature`, one by an unknown key, …; undefined where a signature counts
   * @throws BuildcacheError as the registry does, and for trusted keys that cannot be read
   */
  problemOf(image: SignedImage, url: string, signal?: AbortSignal): Promise<string | undefined>;
}

/** @param trustOthers whose signatures count beside the signer's own */
export function openVoucher(
  registry: RegistryReader,
  storage: StorageReader,
  { publicKey }: Signer,
  trustOthers: OpenTrust | undefined,
): Voucher {
  const looked = new WeakMap<SignedImage, Promise<string | undefined>>();
  const own = lazily(() =>
    openTrust({ keys: [{ text: publicKey, source: 'the key that signs' }], fingerprints: [] }),
  );
  const trusts = [own, ...(trustOthers === undefined ? [] : [lazily(trustOthers)])];

  const look = async (
    image: SignedImage,
    url: string,
    signal: AbortSignal | undefined,
  ): Promise<string | undefined> => {
    const signatures = await findSignatures(registry, storage, image, signal);
    if (signatures.length === 0) return 'no signature';
    const texts = signatures.filter(({ text }) => isAbout(text, image)).map(({ text }) => text.toString());
    if (texts.length === 0) return 'a signature of another image';
    let problems: string[] = [];
    for (const open of trusts) {
      const trust = await open();
      if (trust === undefined) continue;
      // The last trust asked knows the most keys, so its reasons are the ones to give.
      problems = [];
      for (const text of texts) {
        const problem = await problemWith(text, image, trust, url);
        if (problem === undefined) return undefined;
        problems.push(problem);
      }
    }
    return [...new Set(problems)].join('; ');
  };

  return {
    problemOf(image, url, signal) {
      const known = looked.get(image);
      if (known !== undefined) return known;
      const looking = look(image, url, signal);
      looked.set(image, looking);
      // A failure is not kept: it must not fail every image that needs this one.
      looking.catch(() => looked.delete(image));
      return looking;
    },
  };
}

async function problemWith(
  message: string,
  image: SignedImage,
  trust: Trust,
  url: string,
): Promise<string | undefined> {
  try {
    const { text } = await trust.verify(message, url);
    // The verified text decides, not what stood around it.
    return isAbout(Buffer.from(text), image) ? undefined : 'a signature of another image';
  } catch (error) {
    if (error instanceof BuildcacheError && error.code === 'untrusted') return error.facts.found ?? 'none';
    throw error;
  }
}
