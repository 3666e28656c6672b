/**
 * The writing half of a layout: what push, sync and upkeep do to a mirror, whatever it is kept in. Layout 3 is
 * here, registries have a file of their own; layout 2 is read only.
 */
import type { SpecNode } from '../spec/node.ts';
import type { Storage } from '../storage/storage.ts';
import type { CopySettings } from './copy-blob.ts';
import type { Entry, EntryName, EntryReader } from './entries.ts';
import type { ImageContent } from './image-content.ts';
import { type IndexPlace, layout3Index } from './index-place.ts';
import { openLayout3 } from './layout3.ts';
import { type EntryContent, ensureLayout3, hasWholeEntry, type Published, publishEntry } from './publish.ts';
import { publishKey, updateKeyIndex } from './publish-keys.ts';
import type { Signer } from './signing.ts';
import { type Taken, takeLayout3Entry } from './take-entry.ts';

/** A mirror that is written to. Everything throws as the storage does. */
export interface CacheWriter {
  /** The same mirror, for reading. */
  readonly reader: EntryReader;
  readonly index: IndexPlace;
  /**
   * Makes sure that it can be written to and marks it as a cache.
   * @returns whether it had to be marked
   * @throws BuildcacheError `unsupported` when all it holds is layout 2, with the way out
   */
  prepare(signal?: AbortSignal, dryRun?: boolean): Promise<boolean>;
  /** Whether a whole entry is there, and signed where it is to be. */
  hasWhole(spec: EntryName, signed: boolean, signal?: AbortSignal): Promise<boolean>;
  /** Publishes an entry, or replaces it: blobs first, then what names them. */
  publish(
    spec: SpecNode,
    content: EntryContent,
    signer: Signer | undefined,
    signal?: AbortSignal,
  ): Promise<Published>;
  /**
   * Takes over an entry of another mirror as it is: the same blobs, and the document that names them, signed anew where
   * there is a signer. Where the two ends can, they do it between them.
   * @param entry verified
   * @returns undefined where that cannot be, as from another layout: it is published then
   */
  take?(
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
  /** Where entries are images. */
  readonly images?: ImageNames | undefined;
  close(): Promise<void>;
}

export interface ImageNames {
  /** What to hand to `docker run`. */
  nameOf(spec: SpecNode): string;
  /**
   * Makes one image of several specs, all of which are there with what they run with.
   * @returns its name
   * @throws BuildcacheError `usage` for what cannot be a tag; `not-found` when a layer is not there
   */
  tag(tag: string, content: ImageContent, signal?: AbortSignal): Promise<string>;
}

/** @param view the name of an index of its own, or undefined for the main one */
export function openLayout3Writer(storage: Storage, view: string | undefined): CacheWriter {
  return {
    reader: openLayout3(storage, view),
    index: layout3Index(storage, view),
    prepare: (signal, dryRun) => ensureLayout3(storage, signal, dryRun),
    hasWhole: (spec, signed, signal) => hasWholeEntry(storage, spec, signed, signal),
    publish: (spec, content, signer, signal) => publishEntry(storage, spec, content, signer, signal),
    take: (...how) => takeLayout3Entry(storage, ...how),
    publishKey: (fingerprint, armored, signal) => publishKey(storage, fingerprint, armored, signal),
    updateKeyIndex: (signal) => updateKeyIndex(storage, signal),
    close: () => storage.close(),
  };
}
