/** CRC-32, whose module is loaded when it is first asked for: a gate loads all that could compute one. */

/** CRC-32 of bytes. */
export function crc32(bytes: Uint8Array): number {
  own ??= process.getBuiltinModule('node:zlib').crc32;
  return own(bytes);
}

let own: ((bytes: Uint8Array) => number) | undefined;
