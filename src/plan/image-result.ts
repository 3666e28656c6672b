/** What making an image came to. */
import type { ErrorCode } from '../core/errors.ts';
import type { SpecNode } from '../spec/node.ts';

export interface ImageLayerResult {
  readonly specs: readonly SpecNode[];
  /** Undefined where no layer was made: a dry run, or something failed. */
  readonly made: { readonly digest: string; readonly diffId: string; readonly size: number } | undefined;
}

export interface ImagePlatformResult {
  readonly architecture: string;
  /** Of its manifest; undefined as above. */
  readonly digest: string | undefined;
  readonly roots: readonly string[];
  /** SHA-256 of the tarballs that were packed, by hash. */
  readonly tarballs: ReadonlyMap<string, string>;
  /** Of packages, on top of the base's layers. */
  readonly layers: readonly ImageLayerResult[];
}

/** A spec that kept the image from being made. */
export interface ImageFailure {
  readonly spec: SpecNode;
  readonly code: ErrorCode;
  readonly reason: string;
}

export interface ImageResult {
  /** Where it can be had: `host/name:tag`, or the file or folder. */
  readonly place: string;
  readonly digest: string | undefined;
  /** Of the store in the image. */
  readonly root: string;
  readonly platforms: readonly ImagePlatformResult[];
  readonly failed: readonly ImageFailure[];
  /** Bytes of layers that were written or sent; others were there. */
  readonly sent: number;
  readonly notes: readonly string[];
  readonly dryRun: boolean;
}

/** 0 it is made, 1 a spec could not be had. */
export function imageExitCode({ failed }: ImageResult): 0 | 1 {
  return failed.length === 0 ? 0 : 1;
}
