/** Whether a volume holds what its contents say, to the last byte. This says nothing of signatures. */
import { open } from 'node:fs/promises';
import { verifyDigest } from '../../core/digest.ts';
import { fileError } from '../../core/errors.ts';
import { digestFile } from '../../storage/file-copier.ts';
import { readAt, requireHead, requireZeros, type Volume } from './open-volume.ts';
import { ARCHIVE_END, paddingOf } from './tar-member.ts';

/** @throws BuildcacheError `corrupt`, naming the first file that is not what it should be */
export async function verifyVolume(
  { file, files }: Volume,
  { onFile, signal }: { readonly onFile?: () => void; readonly signal: AbortSignal },
): Promise<void> {
  const handle = await open(file).catch((error: unknown) => {
    throw fileError(error, file, 'read the volume');
  });
  try {
    let end = files[0]?.head ?? 0;
    for (const placed of files) {
      const { path, head, start, size, sha256 } = placed;
      // The bytes that fill the last block of the file before are read along.
      const between = await readAt(handle, end, start - end);
      requireZeros(between.subarray(0, head - end), file);
      requireHead(between.subarray(head - end), placed, file);
      end = start + size;
      const found = await digestFile({ file, start, end }, signal);
      verifyDigest(found, { sha256, size, source: `${file}: ${path}` });
      onFile?.();
    }
    const last = files.at(-1);
    const rest = last === undefined ? ARCHIVE_END.length : paddingOf(last.size) + ARCHIVE_END.length;
    if (last !== undefined) requireZeros(await readAt(handle, end, rest), file);
  } catch (error) {
    throw fileError(error, file, 'read the volume');
  } finally {
    await handle.close();
  }
}
