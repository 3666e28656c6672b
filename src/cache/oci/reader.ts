/**
 * Reads a registry as a build cache. Each spec has a tag; its image has the spec in its configuration and the tarball
 * as its last layer. Writers cannot take turns on the index, so entries that it lacks may be among the tags.
 */
import { BuildcacheError, errorCode } from '../../core/errors.ts';
import type { SpecNode } from '../../spec/node.ts';
import { MAX_SPEC_FILE, readSpecFile, type SpecFile } from '../../spec/spec-file.ts';
import { hexOf } from '../../storage/registry/reference.ts';
import type { OciDescriptor, RegistryReader } from '../../storage/registry/registry.ts';
import { type Descriptor, type Entry, type EntryReader, type ListedEntry, readerId } from '../entries.ts';
import { documentUrl, incomplete, incompleteIndex } from '../fetch-document.ts';
import { isImageManifest, parseImageManifest } from './image.ts';
import { findSignatures, imageParts } from './signature.ts';
import { digestOfHex, fetchBlob, registryStorage } from './storage.ts';
import { couldBeTagOf, hashInTag, INDEX_TAG, OCI_NAMING, specTag } from './tags.ts';

export interface OciReaderOptions {
  /** Entries are to be signed: their signatures are looked for. */
  readonly signed: boolean;
  /**
   * A repository that the registry does not know may be one that nobody has pushed to yet. When unset, its name may
   * be wrong.
   */
  readonly mayBeNew?: boolean;
}

export function openOci(
  registry: RegistryReader,
  { signed, mayBeNew = false }: OciReaderOptions,
): EntryReader {
  const storage = registryStorage(registry);
  const urlOf = (tag: string) => documentUrl(storage, tag);

  const readAt = async (tag: string, signal?: AbortSignal): Promise<Entry | undefined> => {
    const found = await registry.manifest(tag, { signal });
    if (found === undefined) return undefined;
    const url = urlOf(tag);
    const { mediaType, config, layers } = parseImageManifest(found, url);
    const tarball = layers.at(-1);
    if (tarball === undefined) throw incomplete(url, "a layer with the spec's tarball");
    const subject = { mediaType, digest: found.digest, size: found.bytes.length };
    const signatures = signed
      ? await findSignatures(registry, storage, { subject, config, tarball }, signal)
      : [];
    const [text, ...otherTexts] = signatures.map((signature) => signature.text);
    const entry = { url, tarball: blob(tarball), spec: blob(config), image: { manifest: found, signatures } };
    return text === undefined
      ? { ...entry, bytes: found.bytes, signed: false }
      : { ...entry, bytes: text, signed: true, otherTexts };
  };

  let listing: Promise<ReadonlySet<string> | undefined> | undefined;

  /** The list of tags answers for many specs at once. A tag that is not in it is asked for by itself. */
  const has = async (spec: SpecNode, signal?: AbortSignal): Promise<boolean> => {
    const tag = specTag(spec);
    listing ??= listTags(registry, mayBeNew, signal);
    if ((await listing)?.has(tag)) return true;
    const found = await registry.headManifest(tag, { signal });
    if (found === undefined || isImageManifest(found.mediaType)) return found !== undefined;
    throw new BuildcacheError('bad-input', 'not an image manifest', {
      url: urlOf(tag),
      expected: 'the manifest of an image',
      found: found.mediaType.slice(0, 100),
    });
  };

  return {
    id: readerId(storage, 'oci'),
    layout: 'oci',
    naming: OCI_NAMING,
    saysAbsent: true,
    storage,
    indexMayLack: true,
    // A registry that deletes an image by its digest looks first which tags mean it, and then takes them away, whatever
    // they mean by then. Where there are many tags, that takes a while.
    removalTakesNew: true,

    async findIndex(signal) {
      const found = await registry.manifest(INDEX_TAG, { signal });
      if (found === undefined) return undefined;
      const url = urlOf(INDEX_TAG);
      const [layer] = parseImageManifest(found, url).layers;
      if (layer === undefined) throw incompleteIndex(url, 'a layer with the index');
      return { ...blob(layer), compression: 'none' };
    },

    // A registry has no such mark. Its index is the only sign.
    async isMarked() {
      return false;
    },

    has,
    // Asked for an image, a registry gives one answer for a missing image and a missing repository. `has` lists the
    // tags, which tells the two apart.
    requireMirror: has,
    read: (spec, signal) => readAt(specTag(spec), signal),
    isPlaceOf: (key, spec) => key === specTag(spec),
    list: (signal) => listSpecTags(registry, signal),
    couldBe: ({ key }, name) => couldBeTagOf(key, name),
    readAt,

    async readSpec({ spec, tarball, url }, signal) {
      if (spec?.sha256 === undefined || spec.size === undefined) throw incomplete(url, 'a configuration');
      const { sha256, size } = spec;
      const what = { what: 'the configuration', maxBytes: MAX_SPEC_FILE, signal };
      const bytes = await fetchBlob(storage, { digest: digestOfHex(sha256), size }, url, what);
      const file = readSpecFile(bytes, url);
      requireTarball(file, { tarball, url });
      return file;
    },

    signedParts: imageParts,
    requireTarball,
    // A signature is a document of its own, which Spack does not read.
    whySpackCannotRead: () => undefined,
  };
}

/**
 * Compares the tarball that a spec names with the image's.
 * @throws BuildcacheError `corrupt` when the image has another
 */
export function requireTarball(
  { tarballSha256 }: Pick<SpecFile, 'tarballSha256'>,
  { tarball, url }: Pick<Entry, 'tarball' | 'url'>,
): void {
  if (tarballSha256 === undefined || tarballSha256 === tarball.sha256) return;
  throw new BuildcacheError('corrupt', 'the last layer is not the tarball of the spec', {
    url,
    expected: tarballSha256,
    found: tarball.sha256 ?? 'none',
    hint: 'push the spec again: `buildcache push --force MIRROR SPEC`',
  });
}

function blob({ digest, size }: Pick<OciDescriptor, 'digest' | 'size'>): Descriptor {
  return { key: digest, sha256: hexOf(digest), size };
}

/**
 * @returns undefined where the registry does not list: every spec is asked for then
 * @throws BuildcacheError `not-found` for a repository that is not there, unless it may be new
 */
async function listTags(
  registry: RegistryReader,
  mayBeNew: boolean,
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<string> | undefined> {
  const tags = new Set<string>();
  try {
    for await (const tag of registry.tags({ signal })) tags.add(tag);
    return tags;
  } catch (error) {
    const without: readonly string[] = ['denied', 'unsupported', 'protocol'];
    if (without.includes(errorCode(error))) return undefined;
    if (errorCode(error) !== 'not-found') throw error;
    if (mayBeNew) return new Set();
    throw new BuildcacheError(
      'not-found',
      'the registry knows no such repository',
      {
        ...(error instanceof BuildcacheError ? error.facts : {}),
        hint:
          'check its name. If nothing was pushed there yet: `buildcache push` makes it, and on-unknown: rebuild lets ' +
          'a gate have everything built for the first push',
      },
      error,
    );
  }
}

async function* listSpecTags(registry: RegistryReader, signal?: AbortSignal): AsyncGenerator<ListedEntry> {
  for await (const tag of registry.tags({ signal })) {
    const hash = hashInTag(tag);
    if (hash !== undefined) yield { key: tag, hash, modified: undefined };
  }
}
