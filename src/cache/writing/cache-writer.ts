/**
 * The writing half of a layout: what push, sync and upkeep do to a mirror, whatever it is kept in. Layout 3 is
 * here, registries have a file of their own; layout 2 is read only.
 */
import type { SpecNode } from '../../spec/node.ts';
import { glanceable } from '../../storage/glance.ts';
import type { Storage } from '../../storage/storage.ts';
import type { Entry, EntryName, EntryReader, ListedEntry } from '../entries.ts';
import type { ImageContent } from '../image-content.ts';
import { type IndexPlace, layout3Index, layout3Indices } from '../index/place.ts';
import type { CopySettings } from '../layouts/copy-blob.ts';
import { openLayout2 } from '../layouts/layout2.ts';
import { openLayout3, SPEC_MANIFESTS } from '../layouts/layout3.ts';
import { type BlobPruneOptions, type PrunedBlobs, pruneBlobs } from '../layouts/prune-blobs.ts';
import {
  type EntryContent,
  ensureLayout3,
  hasWholeEntry,
  type NamedTarball,
  nameBlobs,
  type Published,
  publishEntry,
  type SentBlobs,
  sendBlobs,
} from '../layouts/publish.ts';
import { publishKey, updateKeyIndex } from '../layouts/publish-keys.ts';
import { layout3Stamps, type Stamps } from '../layouts/stamps.ts';
import { isLayout3, type Taken, takeLayout3Entry } from '../layouts/take-entry.ts';
import type { Replaced, ReplacedOptions } from '../oci/replaced.ts';
import type { Signer } from '../trust/signing.ts';

/** A mirror that is written to. Everything throws as the storage does. */
export interface CacheWriter {
  /** The same mirror, for reading. */
  readonly reader: EntryReader;
  /** The layout before this one. The same place may have entries of it, too. */
  readonly older?: EntryReader;
  readonly index: IndexPlace;
  /**
   * Makes sure that it can be written to and marks it as a cache.
   * @returns whether it had to be marked
   * @param migrating layout 2 is there, and may be
   * @throws BuildcacheError `unsupported` when all it holds is layout 2, with the way out
   */
  prepare(signal?: AbortSignal, dryRun?: boolean, migrating?: boolean): Promise<boolean>;
  /** Lists all that is there at once, where that is cheaper than asking for so many entries one by one. */
  lookAround?(entries: number, signal?: AbortSignal): Promise<void>;
  /** Whether a whole entry is there, and signed if it has to be. Whose signature it is, its readers judge. */
  hasWhole(spec: EntryName, signed: boolean, signal?: AbortSignal): Promise<boolean>;
  /** Publishes an entry, or replaces it: blobs first, then what names them. */
  publish(
    spec: SpecNode,
    content: EntryContent,
    signer: Signer | undefined,
    signal?: AbortSignal,
  ): Promise<Published>;
  /** Sends the blobs of an entry, and nothing that names them. Not where entries are images. */
  sendBlobs?(content: EntryContent, signal?: AbortSignal): Promise<SentBlobs>;
  /**
   * Names the blobs that were sent.
   * @param document as it was sent
   * @returns false where some are gone: the entry is to be published anew
   */
  nameBlobs?(
    spec: SpecNode,
    document: string,
    tarball: NamedTarball,
    signer: Signer | undefined,
    signal?: AbortSignal,
  ): Promise<boolean>;
  /** Whether that mirror's entries can be taken over as they are. Those of another layout are published anew. */
  takesFrom(reader: EntryReader): boolean;
  /**
   * Takes over an entry of another mirror unchanged: the same blobs, and the document that names them, signed anew
   * where there is a signer. Where the two ends can copy between them, they do.
   * @param entry verified; with a signer its bytes are what is to be signed
   * @returns undefined where that cannot be: see {@link takesFrom}
   */
  take(
    from: EntryReader,
    entry: Entry,
    name: EntryName,
    signer: Signer | undefined,
    settings: CopySettings,
    signal?: AbortSignal,
  ): Promise<Taken | undefined>;
  /** Publishes a public key, unless it is there. @returns whether anything was written */
  publishKey(fingerprint: string, armored: string, signal?: AbortSignal): Promise<boolean>;
  /** Lists the keys that are there. @returns whether the list had to be written */
  updateKeyIndex(signal?: AbortSignal): Promise<boolean>;
  /** All indices there are: the main one and the views. */
  listIndices(signal?: AbortSignal): Promise<readonly IndexPlace[]>;
  /** Lists entries as the reader does, with times that only who may remove them gets to know. Undefined: the reader's. */
  readonly listToRemove?: ((signal?: AbortSignal) => AsyncIterable<ListedEntry>) | undefined;
  /**
   * Which of these entries must stay, by key, and because of what, for people: something else means the same document.
   * Undefined where nothing else can.
   */
  readonly heldBy?:
    | ((entries: readonly ListedEntry[], signal?: AbortSignal) => Promise<ReadonlyMap<string, string>>)
    | undefined;
  /** Removes an entry, unless it has been written again since it was listed. @returns whether it was removed */
  remove(entry: ListedEntry, signal?: AbortSignal): Promise<boolean>;
  /**
   * Removes documents that no name leads to any more, where the server keeps and lists them: on GitHub. Its answer is
   * undefined where it does not.
   */
  readonly removeReplaced?: ((options: ReplacedOptions) => Promise<Replaced | undefined>) | undefined;
  /** Removes blobs that nothing names. Undefined where the server does that itself: registries. */
  readonly pruneBlobs?: ((options: BlobPruneOptions) => Promise<PrunedBlobs>) | undefined;
  /** Removes a blob that is not what its name says, so that it is sent again. Not for servers that check digests. */
  readonly removeBlob?: ((key: string, signal?: AbortSignal) => Promise<boolean>) | undefined;
  /** Which specs were needed when. Undefined where that cannot be kept: registries have no conditional writes. */
  readonly stamps?: Stamps | undefined;
  /** Removes what killed writers left. @returns how many files */
  sweep(signal?: AbortSignal): Promise<number>;
  /** Where entries are images. */
  readonly images?: ImageNames | undefined;
  close(): Promise<void>;
}

export interface ImageNames {
  /** What to hand to `docker run`. */
  nameOf(spec: SpecNode): string;
  /**
   * The `Env` of specs' images, by hash: of the images that were there before this writer made any.
   * @param signer of the image they are for
   * @throws BuildcacheError `untrusted` where that image is signed, and one of these has no signature that counts
   */
  environmentsOf(
    specs: readonly SpecNode[],
    signer: Signer | undefined,
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, readonly string[]>>;
  /**
   * Makes one image of several specs. All of them are there, with what they run with. The image is not signed.
   * @param failed hashes of those that were to be replaced, and could not be
   * @returns its name, and how many layers it has, the base's included
   * @throws BuildcacheError `usage` for what cannot be a tag; `not-found` when a layer is not there
   */
  tag(
    tag: string,
    content: ImageContent,
    failed: ReadonlySet<string>,
    signal?: AbortSignal,
  ): Promise<{ readonly name: string; readonly layers: number }>;
}

/** From so many entries on, listing all begins to pay. */
const MANY = 20;
/** A listing answers for a thousand keys. Without it, three questions are asked for each entry. */
const LISTED_FOR_ONE = 100;

/** @param view the name of an index of its own, or undefined for the main one */
export function openLayout3Writer(storage: Storage, view: string | undefined): CacheWriter {
  const glanced = glanceable(storage);
  const broken = new Set<string>();
  return {
    reader: openLayout3(storage, view),
    older: openLayout2(storage, { nodes: new Map() }),
    index: layout3Index(storage, view),
    prepare: (signal, dryRun, migrating) => ensureLayout3(storage, signal, dryRun, migrating),
    async lookAround(entries, signal) {
      if (entries < MANY) return;
      // Asking for a file is as quick as listing it. But of a folder that is empty nothing need be asked.
      const most = storage.fileOf === undefined ? entries * LISTED_FOR_ONE : 0;
      await glanced.glance([SPEC_MANIFESTS, 'blobs/'], most, signal);
    },
    hasWhole: (spec, signed, signal) =>
      hasWholeEntry(glanced, spec, signed, signal, () => void broken.add(spec.hash)),
    publish(spec, content, signer, signal) {
      const replaces = content.replaces === true || broken.has(spec.hash);
      return publishEntry(glanced, spec, { ...content, replaces }, signer, signal);
    },
    sendBlobs: (content, signal) => sendBlobs(glanced, content, signal),
    nameBlobs: (...what) => nameBlobs(storage, ...what),
    takesFrom: isLayout3,
    take: (...how) => takeLayout3Entry(glanced, ...how),
    publishKey: (fingerprint, armored, signal) => publishKey(storage, fingerprint, armored, signal),
    updateKeyIndex: (signal) => updateKeyIndex(storage, signal),
    listIndices: (signal) => layout3Indices(storage, signal),
    remove: (entry, signal) => storage.delete(entry.key, { signal, listed: entry }),
    pruneBlobs: (options) => pruneBlobs(storage, options),
    removeBlob: (key, signal) => storage.delete(key, { signal }),
    stamps: layout3Stamps(storage),
    sweep: async (signal) => (await storage.sweep?.({ signal })) ?? 0,
    close: () => storage.close(),
  };
}
