/**
 * What a public key says of itself, and what others say that it does. Anybody can put parts into a copy of somebody's key:
 * signatures in its name, users, subkeys, revokers. The library passes over what it finds wrong, but goes through all of it
 * again for each message. And it would go with the key into the keyring.
 */
import type { KeyID, PublicKey, SignaturePacket } from 'openpgp';

/**
 * Takes away the signatures that the key has not made although they are in its name, and users and subkeys that it has not
 * signed. Signatures of others stay, which are looked at nowhere.
 * @param key is changed. Each of its own signatures is verified once
 */
export async function dropForged(key: PublicKey): Promise<void> {
  const { enums } = await import('openpgp');
  const { keyPacket: primary } = key;
  const id = key.getKeyID();
  const genuine = async (
    signatures: readonly SignaturePacket[],
    type: Parameters<SignaturePacket['verify']>[1],
    about: object,
  ): Promise<SignaturePacket[]> => {
    for (const signature of signatures) {
      // What is expired, or made in a way that does not count, is genuine all the same.
      await signature.verify(primary, type, about).catch(() => undefined);
    }
    return onceEach(signatures.filter(isProven));
  };
  /** Of revocations, a third party's may be a designated revoker's. */
  const genuineOrOthers = async (...[signatures, ...rest]: Parameters<typeof genuine>) => {
    const own = await genuine(signatures.filter(isBy(id)), ...rest);
    return signatures.filter((signature) => !isBy(id)(signature) || own.includes(signature));
  };
  const { certGeneric, certRevocation, subkeyBinding, subkeyRevocation, keyRevocation } = enums.signature;
  const ofKey = { key: primary };
  // The types do not know the first of these.
  Object.assign(key, {
    directSignatures: await genuine(directSignaturesOf(key), enums.signature.key, ofKey),
    revocationSignatures: await genuineOrOthers(key.revocationSignatures, keyRevocation, ofKey),
  });
  for (const user of key.users) {
    const about = { ...ofKey, userID: user.userID, userAttribute: user.userAttribute };
    user.selfCertifications = await genuine(user.selfCertifications, certGeneric, about);
    user.revocationSignatures = await genuineOrOthers(user.revocationSignatures, certRevocation, about);
  }
  for (const subkey of key.subkeys) {
    const about = { ...ofKey, bind: subkey.keyPacket };
    const backed: SignaturePacket[] = [];
    for (const each of subkey.bindingSignatures) {
      if (await isBacked(each, about, enums.keyFlags.signData, enums.signature.keyBinding)) backed.push(each);
    }
    subkey.bindingSignatures = await genuine(backed, subkeyBinding, about);
    subkey.revocationSignatures = await genuineOrOthers(subkey.revocationSignatures, subkeyRevocation, about);
  }
  // Of what is revoked, gpg may export nothing but that.
  const isOwn = ({ revocationSignatures }: { readonly revocationSignatures: readonly SignaturePacket[] }) =>
    revocationSignatures.some(isBy(id));
  key.users = key.users.filter((user) => user.selfCertifications.length > 0 || isOwn(user));
  key.subkeys = key.subkeys.filter((subkey) => subkey.bindingSignatures.length > 0 || isOwn(subkey));
  joinRepeats(key);
}

/** A copy may have a user or subkey twice. What is said of one, such as that it is revoked, is said of both. */
function joinRepeats(key: PublicKey): void {
  const same = new Map<string, object[]>();
  for (const [name, part] of partsOf(key)) {
    const parts = same.get(name);
    if (parts === undefined) same.set(name, [part]);
    else parts.push(part);
  }
  const repeats = new Set<object>();
  for (const [first, ...others] of same.values()) {
    if (first === undefined || others.length === 0) continue;
    for (const list of SIGNATURE_LISTS) {
      const all = [first, ...others].flatMap((part) => signaturesIn(part, list));
      if (all.length > 0) Reflect.set(first, list, onceEach(all));
    }
    for (const other of others) repeats.add(other);
  }
  key.users = key.users.filter((user) => !repeats.has(user));
  key.subkeys = key.subkeys.filter((subkey) => !repeats.has(subkey));
}

const SIGNATURE_LISTS = [
  'directSignatures',
  'selfCertifications',
  'otherCertifications',
  'bindingSignatures',
  'revocationSignatures',
];

function signaturesIn(part: object, list: string): readonly SignaturePacket[] {
  const found: unknown = Reflect.get(part, list);
  return Array.isArray(found) ? found : [];
}

/**
 * Whether a subkey that signs has signed that it belongs to the key. That signature may stand where anybody can take it out
 * of a copy, and without it the subkey counts for nothing.
 */
async function isBacked(
  { keyFlags, embeddedSignature }: SignaturePacket,
  about: { readonly bind: Parameters<SignaturePacket['verify']>[0] },
  signs: number,
  type: Parameters<SignaturePacket['verify']>[1],
): Promise<boolean> {
  if (((keyFlags?.[0] ?? 0) & signs) === 0) return true;
  await embeddedSignature?.verify(about.bind, type, about).catch(() => undefined);
  return embeddedSignature !== null && isProven(embeddedSignature);
}

/** A copy of a key without what others say of its users: anybody can add to that, without end. */
export async function withoutOthers(key: PublicKey): Promise<PublicKey> {
  const { PublicKey } = await import('openpgp');
  const copy = new PublicKey(key.toPacketList());
  for (const user of copy.users) user.otherCertifications = [];
  return copy;
}

/**
 * The key with what another copy of it says, of which both have been through {@link dropForged}. The library compares each
 * signature of one copy with each of the other, which takes a minute for a thousand. So it only gets the users and subkeys
 * that are new. What others say of users is not taken over.
 */
export async function withSignaturesOf(key: PublicKey, other: PublicKey): Promise<PublicKey> {
  const { PublicKey } = await import('openpgp');
  const [ours, theirs] = [new PublicKey(key.toPacketList()), await withoutOthers(other)];
  const isOwn = isBy(key.getKeyID());
  const known = new Map(partsOf(ours));
  for (const [name, part] of partsOf(theirs)) {
    const same = known.get(name);
    if (same === undefined) continue;
    for (const list of ['directSignatures', 'selfCertifications', 'revocationSignatures']) {
      if (!Array.isArray(Reflect.get(part, list))) continue;
      const before = signaturesIn(same, list);
      const texts = new Set(before.map(numbersOf));
      const added = signaturesIn(part, list).filter((each) => isOwn(each) && !texts.has(numbersOf(each)));
      Reflect.set(same, list, [...before, ...added]);
      Reflect.set(part, list, []);
    }
  }
  return await ours.update(theirs);
}

/** What of a key has signatures of its own, each by a name. */
function partsOf(key: PublicKey): [string, object][] {
  const text = (packet: { write(): Uint8Array } | null) =>
    packet === null ? '' : Buffer.from(packet.write()).toString('latin1');
  return [
    ['key', key],
    ...key.users.map((user): [string, object] => [
      `user ${text(user.userID)} ${text(user.userAttribute)}`,
      user,
    ]),
    ...key.subkeys.map((subkey): [string, object] => [`subkey ${subkey.getFingerprint()}`, subkey]),
  ];
}

/** Of copies of one signature only one. */
function onceEach(signatures: readonly SignaturePacket[]): SignaturePacket[] {
  return [...new Map(signatures.map((each) => [numbersOf(each), each])).values()];
}

/** The numbers that were computed to sign: anybody can change the rest of a copy of a signature. */
function numbersOf(signature: SignaturePacket): string {
  const numbers: Uint8Array = Reflect.apply(Reflect.get(signature, 'writeParams'), signature, []);
  return Buffer.from(numbers).toString('latin1');
}

/** Signatures of the key about itself, which the library's types do not know. */
export function directSignaturesOf(key: object): readonly SignaturePacket[] {
  const found: unknown = Reflect.get(key, 'directSignatures');
  return Array.isArray(found) ? found : [];
}

/** Fingerprints, in hexadecimal, of keys that may revoke this one (RFC 4880 section 5.2.3.15), as it says itself. */
export function revokersOf(key: Pick<PublicKey, 'users'>): string[] {
  const own = [
    ...directSignaturesOf(key),
    ...key.users.flatMap(({ selfCertifications }) => selfCertifications),
  ];
  return own.flatMap(({ revocationKeyFingerprint: revoker }) =>
    revoker === null ? [] : [Buffer.from(revoker).toString('hex')],
  );
}

/**
 * The revocations of a key that keys which it names as its revokers have made. It names them by their fingerprints, so that
 * it does not matter who has brought them.
 * @param others keys, the revokers among them where these are known
 */
export async function revocationsBy(
  others: readonly { readonly key: PublicKey }[],
  key: PublicKey,
): Promise<ReadonlySet<SignaturePacket>> {
  const { enums } = await import('openpgp');
  const named = new Set(revokersOf(key));
  const found = new Set<SignaturePacket>();
  for (const {
    key: { keyPacket },
  } of others) {
    if (!named.has(keyPacket.getFingerprint())) continue;
    for (const signature of key.revocationSignatures.filter(isBy(keyPacket.getKeyID()))) {
      const about = { key: key.keyPacket };
      await signature.verify(keyPacket, enums.signature.keyRevocation, about).catch(() => undefined);
      if (isProven(signature)) found.add(signature);
    }
  }
  return found;
}

/** Whether a signature names this key as its maker. */
export function isBy(id: KeyID): (signature: SignaturePacket) => boolean {
  return ({ issuerKeyID }) => issuerKeyID.equals(id);
}

/** The library notes it on a signature that it has verified. An error of its says less: one may mean that it is expired. */
function isProven(signature: SignaturePacket): boolean {
  const note = Object.getOwnPropertySymbols(signature).find(({ description }) => description === 'verified');
  return note !== undefined && Reflect.get(signature, note) === true;
}
