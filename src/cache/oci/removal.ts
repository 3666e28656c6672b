/**
 * Removing images from a registry that is a build cache, with what refers to them. What must not go with an image:
 *
 * - Another image under the same tag: the tag has moved since it was looked at. So its digest is compared right before.
 * - An image that something else means, too: it has another tag (`latest`), or is a part of an index that has one (an
 *   image of several platforms). Such images are held, and stay with all they need.
 * - Layers. A registry frees what no manifest names any more. The image of a spec names all the layers it runs with, and
 *   so does an image of an environment. So what goes with an image are layers that no image that stays has, and what
 *   stays is closed: whoever reads an entry finds it whole.
 * - Signatures and other artifacts of images that stay. Those of a removed image (`subject`) go after it, and their list,
 *   where the registry has no API for it. If that fails, they mislead nobody.
 */
import pLimit from 'p-limit';
import { BuildcacheError, describeError, errorCode } from '../../core/errors.ts';
import { type Digest, isDigest } from '../../storage/registry/reference.ts';
import { fallbackTag } from '../../storage/registry/referrers.ts';
import type { OciDescriptor, Registry } from '../../storage/registry/registry.ts';
import type { EntryReader, ListedEntry } from '../entries.ts';
import { isBroken, isImageIndex, OCI_TYPE, parseImageIndex, parseImageManifest, typeOf } from './image.ts';
import { hashInTag, isReservedTag } from './tags.ts';

type Signal = AbortSignal | undefined;

export interface OciRemoval {
  /** As the reader's, with times where the registry's own API says them. */
  list(signal?: Signal): AsyncIterable<ListedEntry>;
  /**
   * Which of these must stay, by key, and because of what, for people. It notes their images: {@link remove} takes no
   * other ones.
   * @throws as the registry does, and BuildcacheError `bad-input` for an index that cannot be read: it may mean any image
   */
  heldBy(entries: readonly ListedEntry[], signal?: Signal): Promise<ReadonlyMap<string, string>>;
  /** As `CacheWriter.remove`. */
  remove(entry: ListedEntry, signal?: Signal): Promise<boolean>;
}

/** How deep an index lies within an index, and a signature of a signature. Deeper ones are no images but traps. */
const DEEPEST = 4;

export function ociRemoval(registry: Registry, reader: EntryReader): OciRemoval {
  /** The digest of each tag that was looked at; undefined where there was none. */
  const looked = new Map<string, Digest | undefined>();
  let held: ReadonlyMap<Digest, string> | undefined;

  const list: OciRemoval['list'] = async function* (signal) {
    const entries: { key: string; hash: string }[] = [];
    for await (const tag of registry.tags({ signal })) {
      const hash = hashInTag(tag);
      if (hash !== undefined) entries.push({ key: tag, hash });
    }
    // After the tags: a repository that is not there is not a package without rights.
    const { versions } = await registry.deletion();
    const times = new Map<string, Date>();
    for (const { tags, written } of (await versions?.(signal)) ?? []) {
      for (const tag of tags) times.set(tag, later(times.get(tag), written));
    }
    // What the API does not list yet has just been pushed.
    const now = versions === undefined ? undefined : new Date();
    for (const entry of entries) yield { ...entry, modified: times.get(entry.key) ?? now };
  };

  const heldBy: OciRemoval['heldBy'] = async (entries, signal) => {
    const images = await heldImages(registry, signal);
    held = images;
    const found = new Map<string, string>();
    const look = async ({ key }: ListedEntry) => {
      const digest = (await registry.headManifest(key, { signal }))?.digest;
      const isFirst = !looked.has(key);
      const before = looked.get(key);
      if (isFirst) looked.set(key, digest);
      if (digest === undefined) return; // Somebody was faster.
      const by = images.get(digest);
      if (by !== undefined) found.set(key, by);
      else if (!isFirst && before !== digest) found.set(key, 'what was pushed meanwhile');
    };
    const limit = pLimit(AT_ONCE);
    await Promise.all(entries.map((entry) => limit(look, entry)));
    return found;
  };

  const remove: OciRemoval['remove'] = async ({ key }, signal) => {
    const found = await registry.headManifest(key, { signal });
    if (found === undefined || (looked.has(key) && looked.get(key) !== found.digest)) return false;
    held ??= await heldImages(registry, signal);
    const by = held.get(found.digest);
    if (by !== undefined) throw isHeld(`${registry.url}:${key}`, by);
    const deletion = await registry.deletion();
    // Another spec's image that is filed under this tag loses only the tag, unless that has just been put right.
    if (await isImageOfAnother(reader, key, found.digest, signal)) {
      const now = await registry.headManifest(key, { signal });
      return now?.digest === found.digest && (await deletion.deleteTag(key, signal));
    }
    const referrers = await registry.referrers(found.digest, undefined, { signal });
    // By digest, since not all registries delete tags.
    if (!(await deletion.delete(found.digest, [key], signal))) return false;
    try {
      await removeReferrers(found.digest, referrers, held, signal);
    } catch (error) {
      throw new BuildcacheError('io', 'the image is removed, and what refers to it is left', {
        url: `${registry.url}:${key}`,
        found: describeError(error),
      });
    }
    return true;
  };

  /** What refers to a removed image, and what refers to that: a signature may be signed itself. */
  const removeReferrers = async (
    subject: Digest,
    referrers: readonly OciDescriptor[],
    images: ReadonlyMap<Digest, string>,
    signal: Signal,
    depth = 1,
  ): Promise<void> => {
    const deletion = await registry.deletion();
    const gone = new Set<Digest>();
    for (const { digest } of referrers) {
      if (images.has(digest) || depth > DEEPEST || !(await refersTo(registry, digest, subject, signal)))
        continue;
      const others = await registry.referrers(digest, undefined, { signal });
      try {
        await deletion.delete(digest, [], signal);
      } catch (error) {
        if (errorCode(error) === 'conflict') continue; // It has got a tag: somebody needs it.
        throw error;
      }
      gone.add(digest);
      await removeReferrers(digest, others, images, signal, depth + 1);
    }
    // Their list under the fallback tag, unless it has somebody's who is still there.
    const tag = fallbackTag(subject);
    const list = await registry.manifest(tag, { signal });
    // Anybody who can push may have given that tag to an image, or to an index that others mean.
    if (list === undefined || images.has(list.digest)) return;
    const url = `${registry.url}:${tag}`;
    if (!isImageIndex(typeOf(list, url))) return;
    for (const { digest } of parseImageIndex(list, url)) {
      if (!gone.has(digest) && (await registry.headManifest(digest, { signal })) !== undefined) return;
    }
    await deletion.delete(list.digest, [tag], signal);
  };

  return { list, heldBy, remove };
}

/** Requests under way at once. */
const AT_ONCE = 16;

/** The images that tags mean which are no spec's, and the parts of those that are indexes; by what, for people. */
export async function heldImages(registry: Registry, signal: Signal): Promise<Map<Digest, string>> {
  const held = new Map<Digest, string>();
  const visited = new Set<string>();
  const hold = async (reference: string, by: string, depth: number): Promise<void> => {
    if (visited.has(reference)) return;
    visited.add(reference);
    const url = `${registry.url}${isDigest(reference) ? '@' : ':'}${reference}`;
    const found = await registry.manifest(reference, { signal });
    if (found === undefined) return;
    held.set(found.digest, held.get(found.digest) ?? by);
    if (!isImageIndex(typeOf(found, url))) return;
    if (depth > DEEPEST) throw tooDeep(url);
    for (const { digest } of parseImageIndex(found, url)) await hold(digest, by, depth + 1);
  };
  const limit = pLimit(AT_ONCE);
  const tags: string[] = [];
  for await (const tag of registry.tags({ signal })) if (isOthers(tag)) tags.push(tag);
  await Promise.all(tags.map((tag) => limit(() => hold(tag, `the image ${tag}`, 1))));
  return held;
}

/** Neither a spec's nor a list of what refers to an image. */
function isOthers(tag: string): boolean {
  return hashInTag(tag) === undefined && (tag.endsWith('.spack') || !isReservedTag(tag));
}

/**
 * Whether a manifest is an artifact about that image. Anybody may have written the list that says so, and an image that has
 * a subject may be the image of a spec, whatever it calls itself.
 */
async function refersTo(
  registry: Registry,
  digest: Digest,
  subject: Digest,
  signal: Signal,
): Promise<boolean> {
  const found = await registry.manifest(digest, { signal });
  if (found === undefined) return false;
  try {
    const manifest = parseImageManifest(found, `${registry.url}@${digest}`);
    const isArtifact = !isImageConfig(manifest.config.mediaType);
    return isArtifact && manifest.subject?.digest === subject;
  } catch (error) {
    if (isBroken(error)) return false;
    throw error;
  }
}

function isImageConfig(mediaType: string): boolean {
  return mediaType === OCI_TYPE.config || mediaType === 'application/vnd.docker.container.image.v1+json';
}

async function isImageOfAnother(
  reader: EntryReader,
  tag: string,
  digest: Digest,
  signal: Signal,
): Promise<boolean> {
  try {
    const entry = await reader.readAt(digest, signal);
    return entry !== undefined && !reader.isPlaceOf(tag, (await reader.readSpec(entry, signal)).root);
  } catch (error) {
    if (isBroken(error)) return false;
    throw error;
  }
}

function isHeld(url: string, by: string): BuildcacheError {
  return new BuildcacheError('conflict', 'the image is needed', {
    url,
    found: by,
    hint: 'remove that first, if nobody needs it',
  });
}

function later(a: Date | undefined, b: Date): Date {
  return a === undefined || a < b ? b : a;
}

function tooDeep(url: string): BuildcacheError {
  return new BuildcacheError('bad-input', 'an index within an index, and so on', {
    url,
    expected: `images at most ${DEEPEST} levels down`,
    hint: 'no image is removed while it is there: it may mean any of them',
  });
}
