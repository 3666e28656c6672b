/** What of specs only images need. Made when somebody asks for it: most mirrors keep no images. */
import type { SpecNode } from '../spec/node.ts';
import type { SpecFile } from '../spec/spec-file.ts';
import type { Signer } from './trust/signing.ts';

export interface ImageContent {
  /** The roots and all they link to or run, without externals: what others need comes first. */
  readonly specs: readonly SpecNode[];
  /**
   * The variables of whoever runs it, `NAME=value`.
   * @param base the base image's
   */
  environment(base: readonly string[]): readonly string[];
}

/** The image of one spec, which is the last of its `specs`. */
export interface EntryImage extends ImageContent {
  /** Of the tarball before compression. */
  readonly tarSha256: string;
  /** To be called when the spec's own layer is there, so that those who need it need wait no longer. */
  layerSent(): void;
  /**
   * Ends when no more layers of the others are to come; those that were not to come are there, or missing.
   * @returns hashes of those that should have come and did not: what is there of them was to be replaced
   */
  othersSent(): Promise<ReadonlySet<string>>;
  /** The image may lack layers of what is not there. */
  readonly allowMissing: boolean;
}

/**
 * Makes images of what comes from another mirror, where no install tree is that could be asked.
 * @param spec verified
 * @param signer of the image
 * @returns for the tarball, verified too: the image. It is asked for when it is known that there can be one, so that no
 *   tarball is fetched in vain
 * @throws BuildcacheError `not-found` when something that it runs with is neither there nor to come; `untrusted` when it
 *   is there, and would be signed with a layer that nobody vouches for
 */
export type ImageMaker = (
  spec: SpecFile,
  signer: Signer | undefined,
  signal: AbortSignal,
) => Promise<(tarball: string) => Promise<EntryImage>>;
