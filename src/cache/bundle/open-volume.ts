/**
 * One volume of a bundle, opened for reading. All of it is attacker-controlled. Where each file lies follows from the
 * contents at the beginning. Nothing is searched for, and a file that is not where it should be is refused.
 */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { sha256 } from '../../core/digest.ts';
import { BuildcacheError, fileError, systemCode } from '../../core/errors.ts';
import {
  BUNDLE_JSON,
  type BundledFile,
  type BundleManifest,
  bundleId,
  countSpecs,
  MAX_DOCUMENT,
  parseBundle,
  parseContents,
  VOLUME_JSON,
} from './documents.ts';
import {
  ARCHIVE_END,
  BLOCK,
  describeHeader,
  headLength,
  memberHead,
  paddingOf,
  sizeOfFirst,
} from './tar-member.ts';

/** Where a file lies. */
export interface PlacedFile extends BundledFile {
  /** The places of its header and of its first byte. */
  readonly head: number;
  readonly start: number;
}

export interface Volume {
  readonly file: string;
  /** The id of its bundle. */
  readonly id: string;
  readonly manifest: BundleManifest;
  /** Its number, from 0. */
  readonly index: number;
  /** In the order in which they lie there. */
  readonly files: readonly PlacedFile[];
  /** Bytes of the whole volume. */
  readonly size: number;
}

/**
 * Reads the two documents, and beside them checks only the volume's length.
 * @param like another volume. All of a bundle have the same first document, which is read and kept once
 * @throws BuildcacheError `not-found`; `bad-input` for what is no volume of a bundle; `corrupt` for one that is
 *   damaged or cut short; `unsupported` for one that only a newer program reads
 */
export async function openVolume(file: string, like?: Pick<Volume, 'id' | 'manifest'>): Promise<Volume> {
  const handle = await openFile(file);
  try {
    return await readVolume(handle, file, like);
  } catch (error) {
    throw fileError(error, file, 'read the volume');
  } finally {
    await handle.close();
  }
}

/** @throws BuildcacheError `corrupt`, saying what stands there instead */
export function requireHead(found: Buffer, placed: PlacedFile, file: string): void {
  if (found.equals(memberHead(placed.path, placed.size))) return;
  throw new BuildcacheError('corrupt', 'the volume holds something else than its contents say', {
    file,
    expected: `${placed.path} at byte ${placed.head}`,
    found: describeHeader(found.subarray(0, BLOCK)),
    hint: HINT,
  });
}

const HINT = 'copy it again from where it was made, or have it made anew';

/** A pipe, which may lie beside a volume and have a volume's name, would be waited for. */
export const TO_READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

async function openFile(file: string): Promise<FileHandle> {
  try {
    const handle = await open(file, TO_READ);
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
  } catch (error) {
    if (systemCode(error) === 'ENOENT')
      throw new BuildcacheError('not-found', 'there is no such volume', { file });
    throw fileError(error, file, 'read the volume');
  }
  throw new BuildcacheError('usage', 'not a file: a volume of a bundle is one', { file });
}

async function readVolume(
  handle: FileHandle,
  file: string,
  like: Pick<Volume, 'id' | 'manifest'> | undefined,
): Promise<Volume> {
  const { size: length } = await handle.stat();
  const manifest = await readDocument(handle, file, 0, BUNDLE_JSON, length);
  const id = bundleId(manifest.bytes);
  const bundle = like?.id === id ? like.manifest : parseBundle(manifest.bytes, file);
  const contents = await readDocument(handle, file, manifest.end, VOLUME_JSON, length);
  const digest = sha256(contents.bytes);
  const index = bundle.volumes.findIndex((volume) => volume.sha256 === digest);
  const summary = bundle.volumes[index];
  if (summary === undefined) {
    throw new BuildcacheError('corrupt', 'its contents are not those of a volume of its bundle', {
      file,
      expected: `one of ${bundle.volumes.length} digests`,
      found: digest,
      hint: HINT,
    });
  }
  const files = parseContents(contents.bytes, file);
  if (files.length !== summary.files || countSpecs(files) !== summary.specs)
    throw new BuildcacheError('bad-input', 'its contents are not what its bundle counts', { file });
  let end = contents.end;
  const placed = files.map((each): PlacedFile => {
    const head = end;
    const start = head + headLength(each.path, each.size);
    end = start + each.size + paddingOf(each.size);
    return { ...each, head, start };
  });
  const size = end + ARCHIVE_END.length;
  if (length !== size) {
    throw new BuildcacheError(
      'corrupt',
      length < size ? 'the volume is cut short' : 'the volume goes on after its end',
      {
        file,
        expected: `${size} bytes`,
        found: `${length} bytes`,
        hint: HINT,
      },
    );
  }
  return { file, id, manifest: bundle, index, files: placed, size };
}

async function readDocument(
  handle: FileHandle,
  file: string,
  at: number,
  name: string,
  length: number,
): Promise<{ readonly bytes: Buffer; readonly end: number }> {
  const block = await readAt(handle, at, BLOCK);
  const size = sizeOfFirst(block, name);
  if (size === undefined || size > MAX_DOCUMENT) {
    throw new BuildcacheError('bad-input', 'not a volume of a bundle', {
      file,
      expected: `a tar archive with ${name} at byte ${at}`,
      found: size === undefined ? describeHeader(block) : `one of ${size} bytes`,
      hint: 'name the files that `buildcache bundle create` wrote, as they are: neither packed nor made into another archive',
    });
  }
  const start = at + BLOCK;
  const end = start + size + paddingOf(size);
  const bytes = end > length ? Buffer.alloc(0) : await readAt(handle, start, end - start);
  if (bytes.length < end - start)
    throw new BuildcacheError('corrupt', 'the volume is cut short', {
      file,
      found: `${length} bytes`,
      hint: HINT,
    });
  requireZeros(bytes.subarray(size), file);
  return { bytes: bytes.subarray(0, size), end };
}

/** Checks the bytes that fill a block, and those that end an archive. @throws BuildcacheError `corrupt` */
export function requireZeros(bytes: Buffer, file: string): void {
  if (bytes.every((byte) => byte === 0)) return;
  throw new BuildcacheError('corrupt', 'there is something between the files of the volume', {
    file,
    expected: 'zeros',
    found: 'data',
    hint: HINT,
  });
}

/** Reads a stretch. The result is shorter where the file ends. */
export async function readAt(handle: FileHandle, at: number, size: number): Promise<Buffer> {
  const bytes = Buffer.alloc(size);
  let done = 0;
  while (done < size) {
    const { bytesRead } = await handle.read(bytes, done, size - done, at + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}
