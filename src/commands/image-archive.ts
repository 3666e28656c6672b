/**
 * An image as one file: a tar of an OCI layout folder. `docker load`, podman and skopeo read it. Beside the layout there is
 * a `manifest.json` where the image is for one platform, as buildkit writes it, for Docker before 25.
 */
import { type FileHandle, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { OciDocument, PlatformImage } from '../cache/oci/environment-image.ts';
import { parseImageManifest } from '../cache/oci/image.ts';
import { type ImageName, type LayoutTarget, openLayout } from '../cache/oci/image-layout.ts';
import { throwIfCancelled } from '../core/abort.ts';
import { fileError } from '../core/errors.ts';
import { clearLeftovers, inTemporary, makeTemporary, removeTemporary } from '../core/leftovers.ts';
import { makeFolder } from '../core/make-folder.ts';
import { tarEnd, tarHeader, tarPadding } from '../package/tar-writer.ts';
import { hexOf } from '../storage/registry/reference.ts';

/** The file appears when it is whole. Until then its parts are in a folder beside it. */
export async function openImageArchive(file: string, name: ImageName): Promise<LayoutTarget> {
  const start = `.${basename(file)}.image-`;
  const isOurs = (each: string) =>
    each.startsWith(start) && /^[A-Za-z0-9]{6}$/.test(each.slice(start.length));
  let folder: string;
  try {
    await makeFolder(dirname(file));
    await clearLeftovers(dirname(file), isOurs);
    folder = await makeTemporary(join(dirname(file), start));
  } catch (error) {
    throw fileError(error, file, 'write the image');
  }
  const layout = await openLayout(folder, name);
  return {
    ...layout,
    async finish(image, platforms, signal) {
      await layout.finish(image, platforms, signal);
      const [only, ...others] = platforms;
      const forDocker =
        only !== undefined && others.length === 0 ? dockerManifest(image, only, name) : undefined;
      try {
        // The parts of what is put together are removed, so it must be what was begun.
        await inTemporary(folder, async (at) => {
          const whole = join(at, '.whole.tar');
          if (forDocker !== undefined) await writeFile(join(at, 'manifest.json'), forDocker, { flag: 'wx' });
          await writeArchive(at, whole, signal);
          await rename(whole, file);
        });
      } catch (error) {
        throw fileError(error, file, 'write the image');
      }
    },
    async close() {
      await removeTemporary(folder);
    },
  };
}

/** What `docker save` writes. The layers are compressed, which Docker takes. */
function dockerManifest(image: OciDocument, { config }: PlatformImage, { full }: ImageName): string {
  const { layers } = parseImageManifest({ bytes: image.bytes, mediaType: image.mediaType }, 'the image');
  const blob = (digest: OciDocument['digest']) => `blobs/sha256/${hexOf(digest)}`;
  return JSON.stringify([
    {
      Config: blob(config.digest),
      RepoTags: full === undefined ? null : [full],
      Layers: layers.map(({ digest }) => blob(digest)),
    },
  ]);
}

/** Names are sorted, so that the same image is the same file. Each part is removed once it is in the archive. */
async function writeArchive(folder: string, whole: string, signal: AbortSignal | undefined): Promise<void> {
  const out = await open(whole, 'wx');
  let length = 0;
  const write = async (bytes: Buffer) => {
    await out.writeFile(bytes);
    length += bytes.length;
  };
  try {
    const names = (await readdir(join(folder, 'blobs/sha256'))).sort();
    for (const name of ['blobs', 'blobs/sha256']) {
      await write(tarHeader({ type: 'directory', name: Buffer.from(name) }));
    }
    const documents = (await readdir(folder))
      .filter((name) => !name.startsWith('.') && name !== 'blobs')
      .sort();
    for (const name of [...names.map((each) => `blobs/sha256/${each}`), ...documents]) {
      const path = join(folder, name);
      const { size } = await stat(path);
      await write(tarHeader({ type: 'file', name: Buffer.from(name), executable: false, size }));
      length += await append(out, path, signal);
      await write(Buffer.alloc(tarPadding(size)));
      await rm(path);
    }
    await write(tarEnd(length));
  } finally {
    await out.close();
  }
}

async function append(out: FileHandle, path: string, signal: AbortSignal | undefined): Promise<number> {
  const part = await open(path);
  const buffer = Buffer.allocUnsafe(PIECE);
  let length = 0;
  try {
    for (;;) {
      throwIfCancelled(signal);
      const { bytesRead } = await part.read(buffer, 0, buffer.length);
      if (bytesRead === 0) return length;
      await out.writeFile(buffer.subarray(0, bytesRead));
      length += bytesRead;
    }
  } finally {
    await part.close();
  }
}

const PIECE = 1024 * 1024;
