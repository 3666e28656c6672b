/** Secret keys as people bring them. */
import { generateKey } from 'openpgp';

export interface KeyOptions {
  readonly name?: string;
  readonly passphrase?: string;
  readonly date?: Date;
  /** Seconds. */
  readonly expires?: number;
  readonly type?: 'ed25519' | 'rsa';
}

export interface ArmoredPair {
  readonly privateKey: string;
  readonly publicKey: string;
}

export async function makeKey(options: KeyOptions = {}): Promise<ArmoredPair> {
  const { name = 'Toy', passphrase, date, expires, type = 'ed25519' } = options;
  return await generateKey({
    ...(type === 'rsa'
      ? { type: 'rsa' as const, rsaBits: 2048 }
      : { type: 'ecc' as const, curve: 'ed25519Legacy' as const }),
    userIDs: [{ name, email: `${name.toLowerCase()}@example.org` }],
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(date === undefined ? {} : { date }),
    ...(expires === undefined ? {} : { keyExpirationTime: expires }),
    format: 'armored',
  });
}
