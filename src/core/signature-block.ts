/**
 * What gpg, and with it Spack, refuses in the armored signature of a cleartext message, and other readers take. Nothing is
 * verified here. Anybody can change these parts of a good signature: its armor, what stands behind it, and the area of a
 * packet that is not signed (RFC 9580 sections 4.2, 5.2.3 and 6). What gpg takes must not be refused.
 */

/**
 * @param block from `-----BEGIN PGP SIGNATURE-----` to the end of the message
 * @returns a reason for a person; undefined where gpg has nothing against it, and where others see that it is damaged
 */
export function whyGpgRefuses(block: string): string | undefined {
  const lines = block.split('\n');
  const end = lines.findIndex((line, i) => i > 0 && line.startsWith('-----'));
  const armor = lines.slice(1, end === -1 ? lines.length : end);
  const behind = end === -1 ? [] : lines.slice(end);
  if (behind.some((line) => line.includes(BEGIN))) return 'it has a second signature';
  if (behind.some((line) => line.startsWith('-----BEGIN PGP'))) return 'more of PGP follows its signature';
  const blank = armor.findIndex((line) => line.trim() === '');
  if (blank === -1) return undefined;
  if (armor.slice(0, blank).some((line) => !line.includes(':')))
    return 'its signature has a malformed header';
  const body = armor.slice(blank + 1).join('\n');
  const [text = ''] = body.split('=', 1);
  if (NO_BASE64.test(text)) return 'its signature has characters that are no base64';
  const bytes = Buffer.from(text, 'base64');
  const [, digits = ''] = CHECK_SUM.exec(body.slice(text.length)) ?? [];
  if (digits !== '' && (digits.length < 4 || Buffer.from(digits, 'base64').readUIntBE(0, 3) !== crc24(bytes)))
    return 'its signature has a wrong check sum';
  return whyPackets(bytes);
}

const BEGIN = '-----BEGIN PGP SIGNATURE-----';
const NO_BASE64 = /[^A-Za-z0-9+/ \t\r\n]/;
/** The first `=` ends the data, whether it fills them up or begins the check sum. None is fine, and part of one is not. */
const CHECK_SUM = /^[= \t\r\n]*([A-Za-z0-9+/]{0,4})/;

const SIGNATURE_PACKET = 2;

function whyPackets(bytes: Buffer): string | undefined {
  let signatures = 0;
  for (let at = 0; at < bytes.length; ) {
    const packet = packetAt(bytes, at);
    if (packet === 'endless') return 'its signature has no length';
    if (packet === undefined) return undefined;
    at = packet.end;
    if (packet.tag !== SIGNATURE_PACKET) continue;
    if (++signatures > 1) return 'it has a second signature';
    if (hasOddUnsigned(packet.body)) return 'its signature has an unsigned part that must be understood';
  }
  return undefined;
}

interface Packet {
  readonly tag: number;
  readonly body: Buffer;
  /** Where the next one begins. */
  readonly end: number;
}

/** @returns `endless` for one that ends with the file; undefined for one that is cut or comes in pieces */
function packetAt(bytes: Buffer, at: number): Packet | 'endless' | undefined {
  const head = bytes[at] ?? 0;
  if ((head & 0x80) === 0) return undefined;
  const isNew = (head & 0x40) !== 0;
  const tag = isNew ? head & 0x3f : (head >> 2) & 0x0f;
  const kind = head & 3;
  if (!isNew && kind === 3) return tag === SIGNATURE_PACKET ? 'endless' : undefined;
  const length = isNew ? newLength(bytes, at + 1) : fixedLength(bytes, at + 1, 1 << kind);
  if (length === undefined) return undefined;
  const end = length.from + length.bytes;
  return end > bytes.length ? undefined : { tag, body: bytes.subarray(length.from, end), end };
}

interface Length {
  readonly bytes: number;
  /** Where what has this length begins. */
  readonly from: number;
}

function fixedLength(bytes: Buffer, at: number, width: number): Length | undefined {
  return at + width > bytes.length ? undefined : { bytes: bytes.readUIntBE(at, width), from: at + width };
}

/** @returns undefined where it is one of pieces */
function newLength(bytes: Buffer, at: number): Length | undefined {
  const first = bytes[at];
  if (first === undefined) return undefined;
  if (first < 192) return { bytes: first, from: at + 1 };
  if (first < 224) return { bytes: ((first - 192) << 8) + (bytes[at + 1] ?? 0) + 192, from: at + 2 };
  return first === 255 ? fixedLength(bytes, at + 1, 4) : undefined;
}

/**
 * Whether a version 4 signature has, in the area that is not signed, a subpacket that is empty or marked as critical. A
 * reader must not take a signature with a critical subpacket that it does not know.
 */
function hasOddUnsigned(body: Buffer): boolean {
  const signed = fixedLength(body, 4, 2);
  const area = signed && body[0] === 4 ? fixedLength(body, signed.from + signed.bytes, 2) : undefined;
  if (area === undefined) return false;
  const unsigned = body.subarray(area.from, area.from + area.bytes);
  for (let at = 0; at < unsigned.length; ) {
    const length = subpacketLength(unsigned, at);
    if (length === undefined) return false;
    const type = unsigned[length.from] ?? 0;
    if (length.bytes === 0 || (type >= 0x80 && !KNOWN.has(type & 0x7f))) return true;
    at = length.from + length.bytes;
  }
  return false;
}

/** Types of subpackets that gpg takes for known, found by trying all. */
const KNOWN: ReadonlySet<number> = new Set([
  2, 3, 4, 5, 6, 7, 9, 11, 12, 16, 21, 22, 24, 25, 26, 27, 29, 30, 32, 33,
]);

/** Subpackets come in no pieces, so more first bytes begin a length of two bytes. */
function subpacketLength(bytes: Buffer, at: number): Length | undefined {
  const first = bytes[at] ?? 0;
  if (first < 224 || first === 255) return newLength(bytes, at);
  return { bytes: ((first - 192) << 8) + (bytes[at + 1] ?? 0) + 192, from: at + 2 };
}

/** The check sum of an armor (RFC 9580 section 6.1.1). */
function crc24(bytes: Buffer): number {
  let sum = 0xb704ce;
  for (const byte of bytes) {
    sum ^= byte << 16;
    for (let bit = 0; bit < 8; bit++) {
      sum <<= 1;
      if (sum & 0x1000000) sum ^= 0x1864cfb;
    }
  }
  return sum & 0xffffff;
}
