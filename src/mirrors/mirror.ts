/** A configured mirror: where to fetch from, where to push to, and what may be trusted. */
import { redactUrl } from '../core/redact.ts';

/** Where credentials come from. Values are looked up when a mirror is opened, never kept here. */
export interface CredentialSource {
  /** Name of the variable that holds the id (user, access key), or the id itself: ids are no secrets. */
  readonly id?: { readonly variable: string } | { readonly value: string } | undefined;
  readonly secretVariable?: string | undefined;
  readonly tokenVariable?: string | undefined;
  /** AWS profile. */
  readonly profile?: string | undefined;
}

/** One direction of a mirror. */
export interface MirrorSide {
  /**
   * As Spack sees it: paths have become `file://` URLs; empty where the mirror has none for this direction. May
   * hold credentials: redact before showing.
   */
  readonly url: string;
  /** A named index instead of the main one. Views exist from layout 3 on. */
  readonly view: string | undefined;
  /** S3: another endpoint than AWS. */
  readonly endpointUrl: string | undefined;
  readonly credentials: CredentialSource;
  /**
   * Set where the user who runs this did not name the mirror: the environment's checked-out `spack.yaml` did, which
   * may be anybody's, or a copy-list.
   */
  readonly origin?: 'environment' | 'list' | undefined;
  /** Undefined: it is for all binaries. */
  readonly filter?: BinaryFilter | undefined;
}

/**
 * Which binaries a mirror is for in one direction: those that match one of `include`, if there are any, and none of
 * `exclude`. Specs in Spack's syntax, known to parse.
 */
export interface BinaryFilter {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

export interface Mirror {
  readonly name: string;
  readonly fetch: MirrorSide;
  readonly push: MirrorSide;
  readonly signed: boolean;
  readonly autopush: boolean;
  /** False: it holds sources only, and is no build cache. */
  readonly binary: boolean;
  /** Whether it holds sources, where that is configured: only Spack needs to know. */
  readonly source?: boolean | undefined;
}

/** Spack's name for the one mirror of a command line, in what machines read of `check`. People see its URL. */
export const ADDITIONAL_MIRROR = 'additionalMirrorUrl';

/** Tells one side to fetch from apart from another, within a run. It holds no secret. */
export function mirrorId({ fetch }: Mirror): string {
  return `${redactUrl(fetch.url)} ${fetch.view ?? ''} ${fetch.endpointUrl ?? ''}`;
}
