/** Bytes that can be read anywhere: of an open file, or in memory. */
import type { FileHandle } from 'node:fs/promises';

export interface RandomAccess {
  readonly size: number;
  /** @returns fewer bytes than asked for only at the end */
  read(position: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** @param handle is closed with it */
export async function accessFile(handle: FileHandle): Promise<RandomAccess> {
  const { size } = await handle.stat();
  return {
    size,
    async read(position, length) {
      const bytes = Buffer.allocUnsafe(length);
      let done = 0;
      while (done < length) {
        const { bytesRead } = await handle.read(bytes, done, length - done, position + done);
        if (bytesRead === 0) break;
        done += bytesRead;
      }
      return bytes.subarray(0, done);
    },
    close: () => handle.close(),
  };
}

export function accessBytes(bytes: Buffer): RandomAccess {
  return {
    size: bytes.length,
    read: async (position, length) => bytes.subarray(position, position + length),
    close: async () => undefined,
  };
}
