/** What only images need of specs. It is made when it is asked for: most mirrors keep no images. */
import type { SpecNode } from '../spec/node.ts';
import type { SpecFile } from '../spec/spec-file.ts';
import type { Signer } from './trust/signing.ts';

export interface ImageContent {
  /** The roots and all they link to or run, without externals. Dependencies come before dependents. */
  readonly specs: readonly SpecNode[];
  /**
   * The environment variables of a container of this image, `NAME=value`.
   * @param base the base image's
   */
  environment(base: readonly string[]): readonly string[];
}

/** The image of one spec, which is the last of its `specs`. */
export interface EntryImage extends ImageContent {
  /** SHA-256 of the tarball before compression. */
  readonly tarSha256: string;
  /** To be called when the spec's own layer is there: images that need it stop waiting for it. */
  layerSent(): void;
  /**
   * Resolves when no layer of the other specs is still on its way. A layer that nobody was sending is there, or
   * missing.
   * @returns hashes of the specs whose layers were to come and did not: what is there of them was to be replaced
   */
  othersSent(): Promise<ReadonlySet<string>>;
  /** The image may be made without the layers that are not there. */
  readonly allowMissing: boolean;
}

/**
 * Makes images of entries from another mirror, for which there is no install tree to ask.
 * @param spec verified
 * @param signer of the image
 * @returns a function from the tarball, verified too, and its SHA-256 to the image. It is returned only when there can
 *   be an image, so that no tarball is fetched in vain
 * @throws BuildcacheError `not-found` when something that the spec runs with is neither there nor on its way;
 *   `untrusted` when it is there, but no signature vouches for its layer, and the image would be signed
 */
export type ImageMaker = (
  spec: SpecFile,
  signer: Signer | undefined,
  signal: AbortSignal,
) => Promise<(tarball: string, sha256: string) => Promise<EntryImage>>;
