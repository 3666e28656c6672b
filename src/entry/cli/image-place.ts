/** Where `image` puts an image, and what the image stands on: options in, what is open for writing and reading out. */
import { basename, resolve } from 'node:path';
import type { BaseImage } from '../../cache/oci/base.ts';
import type { ImageTarget } from '../../cache/oci/image-target.ts';
import { refuseDevice } from '../../core/device-path.ts';
import { BuildcacheError } from '../../core/errors.ts';
import { withTemporaryFolder } from '../../core/temporary-folder.ts';
import type { Mirror, MirrorSide } from '../../mirrors/mirror.ts';
import type { Connection } from '../../mirrors/open.ts';
import { openImage, openMirrorRegistry } from '../../mirrors/open-registry.ts';
import { unknownMirror } from '../../mirrors/select.ts';
import {
  DOCKER_HUB,
  type ImageReference,
  parseImageReference,
  repositoryUrl,
} from '../../storage/registry/reference.ts';

export interface ImagePlaceOptions {
  readonly tag?: string;
  readonly output?: string;
  readonly layout?: string;
  readonly name?: string;
}

export type ImagePlace =
  | { readonly kind: 'registry'; readonly reference: ImageReference; readonly tag: string }
  | { readonly kind: 'file' | 'folder'; readonly path: string; readonly name: ImageReference | undefined };

/** @throws BuildcacheError `usage` where the options name no place or several, or what is no name of an image */
export async function imagePlace(options: ImagePlaceOptions, cwd: string): Promise<ImagePlace> {
  const { tag, output, layout, name } = options;
  const named = [tag, output, layout].filter((each) => each !== undefined);
  if (named.length !== 1) {
    throw new BuildcacheError('usage', 'an image goes to one place', {
      expected: 'one of --tag oci://registry/name:tag, --output image.tar and --layout folder',
      found: named.length === 0 ? 'none of them' : `${named.length} of them`,
    });
  }
  if (tag !== undefined) return await registryPlace(tag, name);
  const reference = name === undefined ? undefined : tagged(parseImageReference(name), '--name', name);
  const path = resolve(cwd, output ?? layout ?? '');
  refuseDevice(path);
  return { kind: output === undefined ? 'folder' : 'file', path, name: reference };
}

async function registryPlace(text: string, name: string | undefined): Promise<ImagePlace> {
  if (!/^oci(\+http)?:\/\//i.test(text)) {
    throw new BuildcacheError('usage', '--tag names an image in a registry', {
      expected: 'oci://registry/name:tag',
      found: text.slice(0, 200),
    });
  }
  if (name !== undefined) {
    throw new BuildcacheError('usage', '--name is for images in files; in a registry --tag is the name');
  }
  const reference = tagged(parseImageReference(text), '--tag', text);
  const { requireFreeTag } = await import('../../cache/oci/writer.ts');
  const { tag = 'latest' } = reference;
  requireFreeTag(tag);
  return { kind: 'registry', reference, tag };
}

function tagged(reference: ImageReference, option: string, text: string): ImageReference {
  if (reference.digest === undefined) return reference;
  throw new BuildcacheError(
    'usage',
    `${option} takes a tag, not a digest: that follows from what is in the image`,
    {
      expected: 'name:tag',
      found: text.slice(0, 200),
    },
  );
}

/** What people call the place. */
export function placeText(place: ImagePlace): string {
  if (place.kind === 'registry') return fullName(place.reference);
  return place.path;
}

/** The image's title: the last part of its name. */
export function titleOf(place: ImagePlace): string | undefined {
  const reference = place.kind === 'registry' ? place.reference : place.name;
  return reference && basename(reference.name);
}

/**
 * Runs `use` with the place open for writing.
 * @param mirrors that are configured. One in the same registry lends its credentials
 */
export async function withImageTarget<T>(
  place: ImagePlace,
  { connection, mirrors, signal }: RegistryContext,
  use: (target: ImageTarget) => Promise<T>,
): Promise<T> {
  if (place.kind === 'registry') {
    const { registryTarget } = await import('../../cache/oci/image-target.ts');
    const { name, side } = sideOf(place.reference, 'push', mirrors);
    const registry = await openMirrorRegistry(name, side, connection);
    try {
      return await withTemporaryFolder(async (folder) =>
        use(await registryTarget(registry, place.tag, folder, signal)),
      );
    } finally {
      await registry.close();
    }
  }
  // Several images may be in a folder, so each has a tag there. Podman would call a file's image after the tag.
  const tag = place.name?.tag ?? (place.kind === 'folder' ? 'latest' : undefined);
  const name = { tag, full: place.name && fullName(place.name) };
  const target =
    place.kind === 'file'
      ? await (await import('../../commands/image-archive.ts')).openImageArchive(place.path, name)
      : await (await import('../../cache/oci/image-layout.ts')).openLayout(place.path, name);
  try {
    return await use(target);
  } finally {
    await target.close();
  }
}

export interface RegistryContext {
  readonly connection: Connection;
  readonly mirrors: readonly Mirror[];
  readonly signal: AbortSignal;
}

/** Runs `use` with the base image, if one is named. @param text as for `docker pull` */
export async function withBase<T>(
  text: string | undefined,
  { connection, mirrors }: RegistryContext,
  use: (base: BaseImage | undefined) => Promise<T>,
): Promise<T> {
  if (text === undefined) return await use(undefined);
  const { name, side } = sideOf(parseImageReference(text), 'fetch', mirrors);
  const base = await openImage(text, name, side, connection);
  try {
    return await use(base);
  } finally {
    await base.registry.close();
  }
}

/** The side of a mirror that is in the same registry, for its credentials; else one of which only the URL is known. */
function sideOf(
  reference: ImageReference,
  direction: 'fetch' | 'push',
  mirrors: readonly Mirror[],
): { readonly name: string; readonly side: MirrorSide } {
  const url = repositoryUrl(reference);
  const registry = url.slice(0, -reference.name.length);
  const near = mirrors.find((mirror) => mirror[direction].url.toLowerCase().startsWith(registry));
  const mirror = near ?? unknownMirror(url, url);
  return { name: mirror.name, side: { ...mirror[direction], url, view: undefined } };
}

/** As docker writes it. */
function fullName({ host, name, tag = 'latest' }: ImageReference): string {
  return `${host === DOCKER_HUB ? 'docker.io' : host}/${name}:${tag}`;
}
