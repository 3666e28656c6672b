/** Changes of a good clear-signed message that anybody can make: what gpg refuses of them, and what it takes. */
import { spawnSync } from 'node:child_process';

const BEGIN = '-----BEGIN PGP SIGNATURE-----';

/** An armored signature as its parts. */
interface Parts {
  /** The message up to the signature. */
  readonly head: string;
  /** The one packet. */
  readonly packet: Buffer;
}

function partsOf(message: string): Parts {
  const at = message.indexOf(BEGIN);
  const [, base64 = ''] = /\n\n([^-=]*=*)/.exec(message.slice(at)) ?? [];
  return { head: message.slice(0, at), packet: Buffer.from(base64, 'base64') };
}

function armored(
  bytes: Buffer,
  { headers = '', sum = crc24(bytes) }: { headers?: string; sum?: number } = {},
) {
  const digits = Buffer.from([sum >> 16, (sum >> 8) & 255, sum & 255]).toString('base64');
  const lines = bytes.toString('base64').replace(/.{64}(?=.)/g, '$&\n');
  return `${BEGIN}\n${headers}\n${lines}\n=${digits}\n-----END PGP SIGNATURE-----\n`;
}

function crc24(bytes: Buffer): number {
  let sum = 0xb704ce;
  for (const byte of bytes) {
    sum ^= byte << 16;
    for (let bit = 0; bit < 8; bit++) sum = sum & 0x800000 ? ((sum << 1) ^ 0x864cfb) & 0xffffff : sum << 1;
  }
  return sum;
}

const packed = (tag: number, body: Buffer) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([Buffer.from([0xc0 | tag, 0xff]), length, body]);
};

/** The body of a packet that gpg or the library has written: old format with one or two bytes of length, or new. */
function bodyOf(packet: Buffer): Buffer {
  const [head = 0, first = 0] = packet;
  if ((head & 0x40) !== 0) return packet.subarray(first < 192 ? 2 : 3);
  return packet.subarray(1 + (1 << (head & 3)));
}

/** The same signature with other subpackets behind those that are not signed. */
function withUnsigned(packet: Buffer, ...more: number[]): Buffer {
  const body = bodyOf(packet);
  const at = 6 + body.readUInt16BE(4);
  const end = at + 2 + body.readUInt16BE(at);
  const area = Buffer.concat([body.subarray(at + 2, end), Buffer.from(more)]);
  const length = Buffer.from([area.length >> 8, area.length & 255]);
  return packed(2, Buffer.concat([body.subarray(0, at), length, area, body.subarray(end)]));
}

type Change = (message: string) => string;

const packets =
  (make: (packet: Buffer) => Buffer): Change =>
  (message) => {
    const { head, packet } = partsOf(message);
    return head + armored(make(packet));
  };
const inBase64 =
  (text: string): Change =>
  (message) =>
    message.replace(/(SIGNATURE-----\n\n.{20})/, `$1${text}`);
const sumAs =
  (text: string): Change =>
  (message) =>
    message.replace(/(?<=\n)=(?=\S{4}\n)(\S{4})/, (_, digits: string) => text.replace('SUM', digits));
const armorWith =
  (how: Parameters<typeof armored>[1]): Change =>
  (message) => {
    const { head, packet } = partsOf(message);
    return head + armored(packet, how);
  };
const otherBytes = Buffer.from([4, 0, 22, 10]);

/** With a part of the reason. */
export const REFUSED: readonly (readonly [what: string, why: string, change: Change])[] = [
  [
    'a second signature, of a version nobody knows',
    'second',
    packets((p) => Buffer.concat([p, packed(2, Buffer.from([9, 1, 2, 3]))])),
  ],
  [
    'such a one before it',
    'second',
    packets((p) => Buffer.concat([packed(2, Buffer.from([9, 1, 2, 3])), p])),
  ],
  ['an empty one', 'second', packets((p) => Buffer.concat([p, packed(2, Buffer.alloc(0))]))],
  [
    'one that is cut off behind its first bytes',
    'second',
    packets((p) => Buffer.concat([p, packed(2, otherBytes)])),
  ],
  [
    'one that does not fit',
    'second',
    packets((p) =>
      Buffer.concat([
        p,
        packed(2, Buffer.concat([bodyOf(p).subarray(0, -1), Buffer.from([(p.at(-1) ?? 0) ^ 1])])),
      ]),
    ),
  ],
  ['the start of one within a line behind it', 'second', (message) => `${message}x${BEGIN}\n`],
  ['a key behind it', 'more of PGP', (message) => `${message}-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nabcd\n`],
  ['a wrong check sum', 'check sum', armorWith({ sum: 1 })],
  ['a wrong check sum with more lines behind it', 'check sum', sumAs('=AAAA\nAAAA')],
  ['a wrong check sum before the right one', 'check sum', sumAs('=AAAA\n=SUM')],
  ['part of a check sum', 'check sum', sumAs('=AAA')],
  ['a header that is none', 'header', armorWith({ headers: 'foo\n' })],
  ['an exclamation mark in the base64', 'base64', inBase64('!')],
  ['a letter that is not ASCII in it', 'base64', inBase64('é')],
  ['a NUL in it', 'base64', inBase64('\0')],
  ['a vertical tab in it', 'base64', inBase64('\v')],
  ['no length', 'no length', packets((p) => Buffer.concat([Buffer.from([0x8b]), bodyOf(p)]))],
  [
    'an unsigned critical subpacket that is private',
    'unsigned',
    packets((p) => withUnsigned(p, 3, 0xe4, 1, 2)),
  ],
  [
    'an unsigned critical notation',
    'unsigned',
    packets((p) => withUnsigned(p, 11, 0x94, 128, 0, 0, 0, 0, 1, 0, 1, 120, 121)),
  ],
  ['an unsigned empty subpacket', 'unsigned', packets((p) => withUnsigned(p, 0))],
  [
    'small letters in the Hash header',
    'capitals',
    (message) => message.replace(/(?<=\nHash: )\w+/, (name) => name.toLowerCase()),
  ],
];

export const TAKEN: readonly (readonly [what: string, change: Change])[] = [
  ['nothing', (message) => message],
  ['other lines', packets((p) => p)],
  ['no check sum', (message) => message.replace(/\n=\S{4}\n/, '\n')],
  ['a wrong check sum behind the right one', sumAs('=SUM\n=AAAA')],
  ['a check sum in a line of its own', sumAs('=\nSUM')],
  ['something behind the check sum', sumAs('=SUM*')],
  ['a comment', armorWith({ headers: 'Comment: x\n' })],
  ['spaces in the base64', inBase64('  ')],
  ['CRLF', (message) => message.replaceAll('\n', '\r\n')],
  ['a marker before it', packets((p) => Buffer.concat([packed(10, Buffer.from('PGP')), p]))],
  ['an unsigned subpacket that is private', packets((p) => withUnsigned(p, 3, 0x64, 1, 2))],
  ['an unsigned critical time', packets((p) => withUnsigned(p, 5, 0x83, 0x70, 0, 0, 0))],
  ['something else behind it', (message) => `${message}x\n`],
];

/** Whether gpg takes a message on its standard input. */
export function isTakenByGpg(message: string, home: string): boolean {
  return (
    spawnSync('gpg', ['--verify'], { env: { ...process.env, GNUPGHOME: home }, input: message }).status === 0
  );
}
