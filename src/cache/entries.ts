/** What a cache holds, in one form for every layout. These types only read; `CacheWriter` also publishes. */
import type { JsonObject } from '../core/json.ts';
import type { SpecNode } from '../spec/node.ts';
import type { SpecFile } from '../spec/spec-file.ts';
import type { RegistryManifest } from '../storage/registry/registry.ts';
import type { ObjectInfo, StorageReader } from '../storage/storage.ts';
import type { FoundSignature } from './oci/signature.ts';

/** What names an entry in any layout but the second. */
export type EntryName = Pick<SpecNode, 'name' | 'version' | 'hash'>;

/** A blob and where it lies. */
export interface Descriptor {
  /** Storage key. */
  readonly key: string;
  /** Undefined only where an old document does not say. */
  readonly sha256: string | undefined;
  /** Bytes; layout 2 does not say. */
  readonly size: number | undefined;
}

/** One spec's entry, parsed but not verified. */
export interface Entry {
  /** The document as stored, its signature included. */
  readonly bytes: Buffer;
  readonly signed: boolean;
  /** The other signed texts, where a document can have several signatures, each around a text of its own. */
  readonly otherTexts?: readonly Buffer[];
  /** For messages. */
  readonly url: string;
  readonly tarball: Descriptor;
  /** The spec file: a blob of its own in layout 3, the document itself in layout 2. */
  readonly spec: Descriptor | undefined;
  /** The in-toto statement of the text that was verified; undefined in an entry that was only read. */
  readonly statement?: JsonObject | undefined;
  /** Of an image: the documents this entry was read from. A copy takes these and no others. */
  readonly image?: {
    readonly manifest: RegistryManifest;
    /** The signatures whose texts are `bytes` and `otherTexts`. */
    readonly signatures: readonly FoundSignature[];
  };
}

/** What a signed text says of its entry. */
export type SignedParts = Pick<Entry, 'tarball' | 'spec' | 'statement'>;

/** Where the index is, without its bytes. */
export interface IndexLocation extends Descriptor {
  /** The server's ETag of this version, where no digest is published. */
  readonly etag?: string | undefined;
  readonly compression: 'gzip' | 'none';
}

/** An entry as a listing shows it: not read yet. */
export interface ListedEntry {
  /** Storage key of its document; of an image, its tag. */
  readonly key: string;
  /** The DAG hash in its name. */
  readonly hash: string;
  /** Where the storage says so. */
  readonly modified: Date | undefined;
}

export type Layout = 'v3' | 'v2' | 'oci';

/** How a layout names its entries, told without a mirror: a table of all is in `reading/entry-url.ts`. */
export interface EntryNaming {
  /**
   * Where a spec's document belongs.
   * @param nodes where layout 2 finds the compiler
   * @param signed in layout 2 signed documents have another name
   */
  keyOf(spec: SpecNode, nodes: ReadonlyMap<string, SpecNode>, signed: boolean): string;
  /** The same by the name alone. Undefined where more than that names an entry: layout 2. */
  readonly keyOfName?: (name: EntryName) => string;
  /** The name in a key; undefined where it is not all there. */
  readonly nameIn?: (key: string, hash: string) => EntryName | undefined;
  /** What stands between a mirror's URL and a key. */
  readonly separator: '/' | ':';
  /** Matches the URL of an entry: mirror, key and hash. */
  readonly url: RegExp;
}

/** The reading half of a layout. Absent is `undefined` or false; what could not be told throws. */
export interface EntryReader {
  /**
   * Tells this index from every other index on any server: its local copy is kept under this name. It holds no
   * secret.
   */
  readonly id: string;
  readonly layout: Layout;
  readonly naming: EntryNaming;
  readonly storage: StorageReader;
  /**
   * An older layout, which a mirror may have beside a newer one. Without an index it counts as absent from a mirror
   * that is marked as having the newer one.
   */
  readonly isOlder?: true;
  /**
   * This layout has its own answer for what is not there. In the others, a 403 may be the storage's answer for that.
   */
  readonly saysAbsent?: true;
  /** Set where writers cannot take turns on the index: {@link list} may have entries that the index lacks. */
  readonly indexMayLack?: true;
  /** Set where a removal that is under way may take along what is published meanwhile under the same name. */
  readonly removalTakesNew?: true;
  /** One or two small requests. */
  findIndex(signal?: AbortSignal): Promise<IndexLocation | undefined>;
  /** The indices for older Spacks that stand beside that one, in layouts that can have several. */
  findOlderIndices?(signal?: AbortSignal): Promise<readonly IndexLocation[]>;
  /** Whether the mirror is marked as having this layout (`layout.json`), with an index or without. */
  isMarked(signal?: AbortSignal): Promise<boolean>;
  /** Whether there is an entry. Reads the fewest bytes that tell a real entry from an error page. */
  has(spec: SpecNode, signal?: AbortSignal): Promise<boolean>;
  /** The whole entry. @throws `bad-input` for a malformed one */
  read(spec: SpecNode, signal?: AbortSignal): Promise<Entry | undefined>;
  /**
   * Whether the document with that key is where a spec's entry belongs.
   * @param nodes where compilers are looked up, if not in the graph the mirror was opened with
   */
  isPlaceOf(key: string, spec: SpecNode, nodes?: ReadonlyMap<string, SpecNode>): boolean;
  /** Every entry there is, in no order. Undefined where the storage cannot enumerate (plain HTTP). */
  readonly list: ((signal?: AbortSignal) => AsyncIterable<ListedEntry>) | undefined;
  /** Whether a listed entry may be of a package, as far as its key tells. */
  couldBe(entry: ListedEntry, packageName: string): boolean;
  /** An entry that was listed. @throws as {@link read} */
  readAt(key: string, signal?: AbortSignal): Promise<Entry | undefined>;
  /** The other key under which the same document may be: a given key may rest on a guess whether it is signed. */
  readonly otherKey?: (key: string) => string;
  /** Asked after {@link read} has found nothing. @throws an error when the whole mirror is not there */
  readonly requireMirror?: (spec: SpecNode, signal?: AbortSignal) => Promise<unknown>;
  /** Every blob there is, whether anything names it or not; keys are those of {@link Descriptor}. */
  readonly listBlobs?: ((signal?: AbortSignal) => AsyncIterable<ObjectInfo>) | undefined;
  /** The spec file of an entry. Its digest is verified where one is known; which spec it is of is not checked. */
  readSpec(entry: Entry, signal?: AbortSignal): Promise<SpecFile>;
  /**
   * What a verified signed text itself says of an entry.
   * @throws BuildcacheError `untrusted` when it is about another entry; `bad-input` when it says nothing of the blobs
   */
  signedParts(text: string, stored: Entry): SignedParts;
  /**
   * Set where the document that names the tarball is not what is signed.
   * @throws BuildcacheError `corrupt` when the tarball is another spec's
   */
  readonly requireTarball?: (
    document: Pick<SpecFile, 'tarballSha256'>,
    entry: Pick<Entry, 'tarball' | 'url'>,
  ) => void;
  /** Why Spack cannot read a signed document that is good otherwise; undefined where it can. */
  whySpackCannotRead(entry: Pick<Entry, 'bytes' | 'signed'>): string | undefined;
  /** Whether no reader of any version can read this document. Undefined where nothing can prove that. */
  readonly isInPart?: (document: Uint8Array) => boolean;
}

/** @returns the reader's `id` */
export function readerId({ url, endpoint = '' }: StorageReader, layout: Layout, view = ''): string {
  return JSON.stringify([url, endpoint, view, layout]);
}
