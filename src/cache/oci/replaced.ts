/**
 * Removes what no tag means any more from a registry that lists it: GitHub's keeps each version of the index, and each image
 * that was pushed again, for ever. A version goes if it has no tag, is older than the grace, and is one of these:
 *
 * - an index in the form that Spack writes: the tag has moved to a newer one;
 * - an image with a spec in its configuration: the spec's tag has moved, or was removed;
 * - an artifact or a list of artifacts about an image that is gone, such as a killed prune leaves.
 *
 * All else stays, and so does what an index has that stays: somebody may use it by its digest.
 */
import pLimit from 'p-limit';
import { throwIfCancelled } from '../../core/abort.ts';
import { BuildcacheError, describeError, errorCode } from '../../core/errors.ts';
import { MAX_SPEC_FILE, readSpecFile } from '../../spec/spec-file.ts';
import type { Deletion, StoredVersion } from '../../storage/registry/deletion.ts';
import type { Digest } from '../../storage/registry/reference.ts';
import { fallbackTag } from '../../storage/registry/referrers.ts';
import type { Registry } from '../../storage/registry/registry.ts';
import {
  type ImageManifest,
  isBroken,
  isImageIndex,
  OCI_TYPE,
  parseImageIndex,
  parseImageManifest,
  typeOf,
} from './image.ts';
import { heldImages } from './removal.ts';
import { EMPTY_DIGEST } from './signature.ts';
import { fetchBlob, registryStorage } from './storage.ts';

export interface ReplacedOptions {
  /** Milliseconds: what was written since then stays. */
  readonly graceMs: number;
  /** Only says what would be removed. */
  readonly dryRun: boolean;
  /** Told of what could not be removed. */
  readonly onProblem: (text: string) => void;
  readonly signal: AbortSignal | undefined;
}

export interface Replaced {
  /** Removed, or on a dry run to be removed. */
  readonly removed: number;
  /** Left for the next run. */
  readonly left: number;
}

/** Of one run: GitHub lets a job ask a thousand questions an hour, and each of these takes two. */
const MOST = 200;
const READ_AT_ONCE = 16;

/**
 * @returns undefined where the registry does not list what has no tag
 * @throws as the registry does; nothing has been removed then
 */
export async function removeReplaced(
  registry: Registry,
  { graceMs, dryRun, onProblem, signal }: ReplacedOptions,
): Promise<Replaced | undefined> {
  const deletion = await registry.deletion();
  if (deletion.versions === undefined) return undefined;
  const versions = await deletion.versions(signal);
  const before = Date.now() - graceMs;
  const useless = (await findUseless(registry, versions, signal))
    .filter(({ written }) => written.getTime() < before)
    .sort((a, b) => a.written.getTime() - b.written.getTime());
  const now = useless.slice(0, MOST);
  const removed = dryRun ? now.length : await removeAll(deletion, now, onProblem, signal);
  return { removed, left: useless.length - now.length };
}

async function removeAll(
  deletion: Deletion,
  versions: readonly StoredVersion[],
  onProblem: (text: string) => void,
  signal: AbortSignal | undefined,
): Promise<number> {
  let removed = 0;
  for (const { digest, tags } of versions) {
    throwIfCancelled(signal);
    try {
      if (await deletion.delete(digest, tags, signal)) removed++;
    } catch (error) {
      throwIfCancelled(signal);
      if (errorCode(error) === 'conflict') continue; // It has got a tag.
      onProblem(`${versions.length - removed} versions that no tag means are left: ${describeError(error)}`);
      break;
    }
  }
  return removed;
}

async function findUseless(
  registry: Registry,
  versions: readonly StoredVersion[],
  signal: AbortSignal | undefined,
): Promise<StoredVersion[]> {
  const listed = new Set(versions.map(({ digest }) => digest));
  // The API may be behind the registry.
  const isPresent = async (digest: Digest) =>
    listed.has(digest) || (await registry.headManifest(digest, { signal })) !== undefined;
  const held = new Set((await heldImages(registry, signal)).keys());
  const candidates: StoredVersion[] = [];
  const limit = pLimit(READ_AT_ONCE);
  const judge = async (version: StoredVersion): Promise<void> => {
    throwIfCancelled(signal);
    const { digest, tags } = version;
    const subject = tags.length === 1 ? subjectOfTag(tags[0]) : undefined;
    if (tags.length > 0 && subject === undefined) return;
    const url = `${registry.url}@${digest}`;
    const manifest = await registry.manifest(digest, { signal });
    if (manifest === undefined) return; // It is gone.
    const isIndex = isImageIndex(typeOf(manifest, url));
    if (subject !== undefined && isIndex && !(await isPresent(subject))) return void candidates.push(version);
    if (isIndex) {
      // Lists of what refers to an image that stays, and indexes that somebody may use by their digest.
      for (const each of parseImageIndex(manifest, url)) held.add(each.digest);
      return;
    }
    if (
      tags.length === 0 &&
      (await isReplaced(registry, parseImageManifest(manifest, url), url, isPresent, signal))
    )
      candidates.push(version);
  };
  const tell = async (version: StoredVersion) => {
    try {
      await judge(version);
    } catch (error) {
      // What cannot be understood stays.
      if (!isBroken(error)) throw error;
    }
  };
  await Promise.all(versions.map((version) => limit(tell, version)));
  return candidates.filter(({ digest }) => !held.has(digest));
}

/** The image that a list under a fallback tag is about. */
function subjectOfTag(tag: string | undefined): Digest | undefined {
  const digest = `sha256:${tag?.slice('sha256-'.length)}` as const;
  return tag !== undefined && tag === fallbackTag(digest) && /^sha256:[0-9a-f]{64}$/.test(digest)
    ? digest
    : undefined;
}

async function isReplaced(
  registry: Registry,
  { config, layers, artifactType, subject }: ImageManifest,
  url: string,
  isPresent: (digest: Digest) => Promise<boolean>,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (subject !== undefined) return !(await isPresent(subject.digest));
  if (artifactType !== undefined) return false;
  if (config.digest === EMPTY_DIGEST) {
    // Others' artifacts have an empty configuration, too, but neither of these types.
    const [layer] = layers;
    return layers.length === 1 && config.mediaType === OCI_TYPE.config && layer?.mediaType === OCI_TYPE.layer;
  }
  const what = { what: 'the configuration', maxBytes: MAX_SPEC_FILE, signal };
  try {
    readSpecFile(await fetchBlob(registryStorage(registry), config, url, what), url);
    return true;
  } catch (error) {
    if (error instanceof BuildcacheError && isBroken(error)) return false;
    throw error;
  }
}
