/** A mirror opened for writing. */

import type { OpenTrust } from '../cache/oci/voucher.ts';
import { type CacheWriter, openLayout3Writer } from '../cache/writing/cache-writer.ts';
import { BuildcacheError } from '../core/errors.ts';
import { redactUrl } from '../core/redact.ts';
import { isRegistryUrl } from '../environment/location.ts';
import type { Mirror, MirrorSide } from './mirror.ts';
import { type Connection, openStorage } from './open.ts';
import { openImage, openMirrorRegistry } from './open-registry.ts';

/** Only for registries. */
export interface ImageOptions extends NamedImages {
  /** Whose signatures count beside the signer's own, on the entries that a signed image runs with. */
  readonly trust?: OpenTrust | undefined;
}

/** A mirror of another kind refuses them. */
interface NamedImages {
  /** What images stand on, as for `docker pull`. */
  readonly baseImage?: string | undefined;
  /** The name of one image of all roots. It is checked here, so that nothing is sent in vain. */
  readonly tag?: string | undefined;
}

/**
 * The side a mirror is pushed to.
 * @param view the name of the index to change, if it is not the configured one
 * @throws BuildcacheError `unsupported` for what can only be read; else as `openStorage`
 */
export async function openPushMirror(
  mirror: Mirror,
  connection: Connection,
  view: string | undefined = mirror.push.view,
  { trust, ...images }: ImageOptions = {},
): Promise<CacheWriter> {
  if (isRegistryUrl(mirror.push.url)) {
    return await openRegistryMirror(mirror, { ...mirror.push, view }, connection, { trust, ...images });
  }
  for (const [option, value] of Object.entries(images)) {
    if (value === undefined) continue;
    throw new BuildcacheError('usage', `mirror "${mirror.name}" keeps no images`, {
      expected: `oci://… for a ${option === 'tag' ? 'tag' : 'base image'}`,
      found: redactUrl(mirror.push.url),
    });
  }
  const storage = await openStorage(mirror.name, mirror.push, connection, 'write');
  if ('put' in storage) return openLayout3Writer(storage, view);
  await storage.close();
  throw new BuildcacheError('unsupported', `mirror "${mirror.name}" can only be read`, {
    url: storage.url,
    expected: 'file://, s3://, gs:// or oci://',
    hint: 'give the mirror a push URL of the storage behind it (push: in mirrors.yaml)',
  });
}

async function openRegistryMirror(
  { name, signed }: Mirror,
  side: MirrorSide,
  connection: Connection,
  { baseImage, tag, trust }: ImageOptions,
): Promise<CacheWriter> {
  const { openOciWriter, requireFreeTag } = await import('../cache/oci/writer.ts');
  if (tag !== undefined) requireFreeTag(tag);
  const base = baseImage === undefined ? undefined : await openImage(baseImage, name, side, connection);
  try {
    const registry = await openMirrorRegistry(name, side, connection);
    const source = sourceRepository(connection.env);
    return openOciWriter(registry, { base, signed, source, trust });
  } catch (error) {
    await base?.registry.close();
    throw error;
  }
}

/** The repository whose job this is: ghcr.io links packages to it, and lets its jobs write to them. */
function sourceRepository(env: Connection['env']): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = env;
  return server && repository ? `${server}/${repository}` : undefined;
}
