/**
 * One volume to disk. It is written beside its place, synced, and then renamed, so that what has its name is whole. What
 * a killed run has left is gone on with: whatever of it is right stays.
 */
import { type FileHandle, open, rename } from 'node:fs/promises';
import { throwIfCancelled } from '../../core/abort.ts';
import { BuildcacheError, fileError, systemCode } from '../../core/errors.ts';
import type { WatchTransfer } from '../../core/transfer.ts';
import { digestFile } from '../../storage/file-copier.ts';
import type { PlannedVolume } from './arrange.ts';
import { BUNDLE_JSON } from './documents.ts';
import type { Draft } from './draft.ts';
import { SmallFiles, streamFile } from './incoming.ts';
import { ARCHIVE_END, BLOCK, memberHead, paddingOf, sizeOfFirst } from './tar-member.ts';
import { VolumeSink } from './volume-sink.ts';

export interface WriteSettings {
  readonly watch?: WatchTransfer | undefined;
  /** Told of each file that is there. */
  readonly onFile?: (() => void) | undefined;
  readonly signal: AbortSignal;
}

/** `kept`: it was there. `resumed`: a part of it was. */
export type WrittenVolume = 'kept' | 'resumed' | 'written';

/** Before it is renamed. */
export function partOf(file: string): string {
  return `${file}.part`;
}

/**
 * Whether a file is in the way: something else than a volume of a bundle.
 * @throws BuildcacheError where it cannot be told
 */
export async function isInTheWay(file: string): Promise<boolean> {
  const start = await readStart(file, BLOCK);
  return start !== undefined && sizeOfFirst(start, BUNDLE_JSON) === undefined;
}

/**
 * @throws BuildcacheError `not-found`, `corrupt` for what the mirror lacks or has damaged, as the storages do; `io` for
 *   a full disk, with what was written left for the next run
 */
export async function writeVolume(
  file: string,
  volume: PlannedVolume,
  draft: Draft,
  settings: WriteSettings,
): Promise<WrittenVolume> {
  if (await isThere(file, volume)) {
    for (const _ of volume.files) settings.onFile?.();
    return 'kept';
  }
  const part = partOf(file);
  const handle = await openPart(part);
  try {
    const done = await countDone(part, handle, volume, settings);
    const sink = new VolumeSink(part, handle, done.end);
    if (done.end === 0) await sink.write(volume.head);
    const waiting = volume.files.slice(done.files);
    const small = new SmallFiles(waiting, draft, settings.signal);
    for (const [i, each] of waiting.entries()) {
      throwIfCancelled(settings.signal);
      await sink.write(memberHead(each.path, each.size));
      const bytes = await small.take(i);
      if (bytes === undefined) await streamFile(each, draft, sink, settings);
      else await sink.write(bytes);
      await sink.write(Buffer.alloc(paddingOf(each.size)));
      settings.onFile?.();
    }
    await sink.write(ARCHIVE_END);
    await sink.finish(volume.size);
    await handle.close();
    await rename(part, file);
    return done.files > 0 ? 'resumed' : 'written';
  } catch (error) {
    throw fileError(error, part, 'write the volume');
  } finally {
    await handle.close().catch(() => undefined); // a second time, where all went well
  }
}

/** As long as it should be, and with the same documents: it got its name when it was whole. */
async function isThere(file: string, { head, size }: PlannedVolume): Promise<boolean> {
  const start = await readStart(file, head.length, size);
  return start?.equals(head) === true;
}

/** @returns undefined where there is no such file, or one of another size */
async function readStart(file: string, length: number, size?: number): Promise<Buffer | undefined> {
  try {
    const handle = await open(file);
    try {
      const found = await handle.stat();
      if (!found.isFile())
        throw new BuildcacheError('usage', 'there is something else of that name', { file });
      if (size !== undefined && found.size !== size) return undefined;
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw fileError(error, file, 'read what is there');
  }
}

async function openPart(part: string): Promise<FileHandle> {
  try {
    return await open(part, 'r+');
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw fileError(error, part, 'write the volume');
  }
  return await open(part, 'wx+', 0o666).catch((error: unknown) => {
    throw fileError(error, part, 'write the volume');
  });
}

/** How much of a part is what it should be. */
async function countDone(
  part: string,
  handle: FileHandle,
  { head, files }: PlannedVolume,
  { onFile, signal }: WriteSettings,
): Promise<{ readonly files: number; readonly end: number }> {
  const { size: length } = await handle.stat();
  const isRight = async (expected: Buffer, at: number) => {
    if (at + expected.length > length) return false;
    const found = Buffer.alloc(expected.length);
    await handle.read(found, 0, found.length, at);
    return found.equals(expected);
  };
  if (!(await isRight(head, 0))) return { files: 0, end: 0 };
  let end = head.length;
  for (const [done, { path, size, sha256 }] of files.entries()) {
    const header = memberHead(path, size);
    const start = end + header.length;
    const next = start + size + paddingOf(size);
    if (next > length || !(await isRight(header, end))) return { files: done, end };
    const found = await digestFile({ file: part, start, end: start + size }, signal);
    if (found.sha256 !== sha256) return { files: done, end };
    onFile?.();
    end = next;
  }
  return { files: files.length, end };
}
