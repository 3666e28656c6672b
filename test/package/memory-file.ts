/** A `ByteFile` in memory. `contents` is what a real one would hold. */
import type { ByteFile } from '../../src/package/byte-file.ts';

export function memoryFile(initial: Buffer): ByteFile & { readonly contents: Buffer } {
  let bytes = Buffer.from(initial);
  return {
    get contents() {
      return bytes;
    },
    get size() {
      return bytes.length;
    },
    read: (at, length) => Buffer.from(bytes.subarray(at, at + length)),
    write(at, added) {
      if (at + added.length > bytes.length) {
        bytes = Buffer.concat([bytes, Buffer.alloc(at + added.length - bytes.length)]);
      }
      added.copy(bytes, at);
    },
    truncate(size) {
      bytes = bytes.subarray(0, size);
    },
  };
}
