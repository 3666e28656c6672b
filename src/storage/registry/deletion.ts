/**
 * How a registry deletes manifests. The distribution specification has a DELETE, and a registry may answer that it has
 * none (405): then its own API deletes. GitHub's is known by its host (github-packages.ts), others are recognized by what
 * the registry says (own-api.ts). Credentials go only to the host that they are for, or to the API of the same owner.
 */
import { errorCode } from '../../core/errors.ts';
import type { RetryPolicy } from '../../core/retry.ts';
import type { HttpClient } from '../http/client.ts';
import type { RegistryConnection } from './connection.ts';
import type { FindCredentials } from './credentials.ts';
import { openGitHubPackages } from './github-packages.ts';
import { findOwnApi } from './own-api.ts';
import { deleteManifest } from './read.ts';
import type { Digest } from './reference.ts';
import type { Endpoint } from './token.ts';

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
  /** The token endpoint that the registry has named: it shows whose registry it is. */
  readonly issuer: () => Endpoint | undefined;
}

export interface PackagesApi {
  /** `https://api.github.com`, or a GitHub Enterprise's `https://HOST/api/v3`. */
  readonly url: URL;
  /** Milliseconds between changes; a second when undefined. */
  readonly pauseMs?: number;
}

export function openDeletion(options: DeletionOptions): Deletion {
  const { packagesApi: api, connection } = options;
  const { repository } = connection;
  if (api !== undefined) return openGitHubPackages({ ...options, api, repository });
  const plain: Deletion = {
    delete: (digest, _tags, signal) => deleteManifest(connection, digest, signal),
    deleteTag: (tag, signal) => deleteManifest(connection, tag, signal),
  };
  let own: Deletion | undefined;
  /** By the specification, unless the registry has refused that and has an API that does it. */
  const trying = async (how: (deletion: Deletion) => Promise<boolean>): Promise<boolean> => {
    if (own !== undefined) return await how(own);
    try {
      return await how(plain);
    } catch (error) {
      if (!['unsupported', 'denied'].includes(errorCode(error))) throw error;
      own = findOwnApi({ ...options, repository }, options.issuer());
      if (own === undefined) throw error;
    }
    return await how(own);
  };
  return {
    delete: (digest, tags, signal) => trying((deletion) => deletion.delete(digest, tags, signal)),
    deleteTag: (tag, signal) => trying((deletion) => deletion.deleteTag(tag, signal)),
  };
}
