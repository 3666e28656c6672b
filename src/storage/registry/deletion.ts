/**
 * How a registry deletes manifests. The distribution specification has a DELETE, and a registry may answer that it has
 * none (405): then its own API deletes. GitHub's is known by its host (github-packages.ts), others are recognized by what
 * the registry says (own-api.ts). Credentials go only to the host that they are for, or to the API of the same owner.
 */
import { BuildcacheError, errorCode } from '../../core/errors.ts';
import type { RetryPolicy } from '../../core/retry.ts';
import type { HttpClient } from '../http/client.ts';
import type { RegistryConnection } from './connection.ts';
import type { FindCredentials } from './credentials.ts';
import { openGitHubPackages } from './github-packages.ts';
import { deleteManifest } from './read.ts';
import type { Digest } from './reference.ts';

type Signal = AbortSignal | undefined;

/** A manifest as the API of a registry lists it. */
export interface StoredVersion {
  readonly digest: Digest;
  readonly tags: readonly string[];
  /** When it was pushed, or tagged since. */
  readonly written: Date;
}

export interface Deletion {
  /**
   * All manifests, with and without tags, where the registry says when they were written. What was pushed just now may be
   * missing.
   * @throws BuildcacheError `denied` or `not-found` with how to get the rights; `protocol` for a list without an end
   */
  readonly versions?: (signal: Signal) => Promise<readonly StoredVersion[]>;
  /**
   * Deletes a manifest with its tags. An API that tells all tags of a manifest deletes it only if these are all.
   * @returns whether it was deleted; false where it is gone
   * @throws BuildcacheError `unsupported` where that cannot be; `conflict` where it has other tags, too
   */
  delete(digest: Digest, tags: readonly string[], signal: Signal): Promise<boolean>;
  /** Deletes a tag and leaves the manifest. @throws BuildcacheError `unsupported` where that cannot be */
  deleteTag(tag: string, signal: Signal): Promise<boolean>;
}

export interface DeletionOptions {
  readonly client: HttpClient;
  readonly connection: RegistryConnection;
  readonly credentials: FindCredentials;
  readonly retry: RetryPolicy;
  /** GitHub's REST API, where the registry is GitHub's. */
  readonly packagesApi: PackagesApi | undefined;
}

export interface PackagesApi {
  /** `https://api.github.com`, or a GitHub Enterprise's `https://HOST/api/v3`. */
  readonly url: URL;
  /** Milliseconds between changes; a second when undefined. */
  readonly pauseMs?: number;
}

export function openDeletion(options: DeletionOptions): Deletion {
  const { packagesApi: api, connection } = options;
  if (api !== undefined) return openGitHubPackages({ ...options, api, repository: connection.repository });
  return bySpecification(connection);
}

function bySpecification(connection: RegistryConnection): Deletion {
  /** A registry without deletes is not asked again. */
  let without: BuildcacheError | undefined;
  const remove = async (reference: string, signal: Signal) => {
    if (without !== undefined) throw without;
    try {
      return await deleteManifest(connection, reference, signal);
    } catch (error) {
      if (error instanceof BuildcacheError && errorCode(error) === 'unsupported' && reference.includes(':'))
        without = error;
      throw error;
    }
  };
  return {
    delete: (digest, _tags, signal) => remove(digest, signal),
    deleteTag: (tag, signal) => remove(tag, signal),
  };
}
