/**
 * A repository in a registry, after the OCI distribution specification 1.1: manifests under tags and digests,
 * blobs under digests. Reading and writing are separate. Absent is `undefined`; what could not be told throws a
 * `BuildcacheError` (`denied`, `throttled`, `server-error`, `unreachable`, `protocol`, `cancelled`), after the
 * retries it deserves.
 */
import type { Readable } from 'node:stream';
import { lazily } from '../../core/lazily.ts';
import type { RetryPolicy } from '../../core/retry.ts';
import type { HttpClient } from '../http/client.ts';
import type { GetOptions, PutSource, StoredObject } from '../storage.ts';
import { openAuthorizer } from './auth.ts';
import { connectRegistry } from './connection.ts';
import type { FindCredentials } from './credentials.ts';
import type { Deletion, PackagesApi } from './deletion.ts';
import { headBlob, headManifest, listTags, openBlob, readManifest } from './read.ts';
import { type Digest, type Repository, repositoryUrl } from './reference.ts';
import { referrersOf } from './referrers.ts';
import { mountBlob, putBlob, putManifest } from './upload.ts';

type Signalled = Pick<GetOptions, 'signal'>;

/** What points at content: in manifests, indexes and lists of referrers. */
export interface OciDescriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  /** Bytes. */
  readonly size: number;
  readonly artifactType?: string | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
}

export interface RegistryManifest {
  /** As they are stored: their SHA-256 is the digest. */
  readonly bytes: Buffer;
  /**
   * The answer's media type, lower-case, without parameters. Its reader compares it with what the document itself
   * says.
   */
  readonly mediaType: string;
  readonly digest: Digest;
}

export interface ManifestOptions extends Signalled {
  /** Media types to ask for; image manifests and indexes, OCI's and Docker's, when undefined. */
  readonly accept?: readonly string[] | undefined;
}

export interface RegistryReader {
  /** `oci://host/name`, for people. */
  readonly url: string;
  readonly repository: Repository;
  /**
   * @param reference a tag or a digest
   * @throws BuildcacheError `corrupt` when the bytes have another digest than was asked for or announced,
   *   `too-large` over 4 MiB, the most registries take
   */
  manifest(reference: string, options?: ManifestOptions): Promise<RegistryManifest | undefined>;
  /** Without its bytes. @throws as {@link manifest} */
  headManifest(
    reference: string,
    options?: ManifestOptions,
  ): Promise<Omit<OciDescriptor, 'annotations'> | undefined>;
  /**
   * The digest is not checked: the reader knows the size too, and pipes the body through `verifying`. Its `key` is
   * the digest.
   */
  blob(digest: Digest, options?: Pick<GetOptions, 'range' | 'signal'>): Promise<StoredObject | undefined>;
  /** Size in bytes, where the registry says. */
  headBlob(digest: Digest, options?: Signalled): Promise<{ readonly size: number | undefined } | undefined>;
  /**
   * All tags, in no promised order, a page at a time.
   * @throws BuildcacheError `not-found` when the registry knows no such repository. The first push makes it; a
   *   repository without tags is something else
   */
  tags(options?: Signalled): AsyncIterable<string>;
  /**
   * Manifests whose `subject` is the digest: by the API, else by the tag `sha256-<hex>`.
   * @param artifactType only those of this type; of any when undefined
   */
  referrers(
    digest: Digest,
    artifactType: string | undefined,
    options?: Signalled,
  ): Promise<readonly OciDescriptor[]>;
  /** Closes its HTTP client. */
  close(): Promise<void>;
}

/** What is uploaded: a source as for a storage, or a stream that can be opened again from any offset. */
export type BlobSource = PutSource | { readonly size: number; open(start: number): Promise<Readable> };

export interface PutOptions extends Signalled {
  /** Another process may attach something to the same subject now. A list that we keep is looked at once more then. */
  readonly isShared?: boolean | undefined;
}

export interface Registry extends RegistryReader {
  /**
   * Uploads unless it is there already.
   * @returns whether it was uploaded
   * @throws BuildcacheError `corrupt` when the bytes have another digest, `io` when the source has another size
   */
  putBlob(source: BlobSource, digest: Digest, options?: Signalled): Promise<boolean>;
  /**
   * Takes a blob over from another repository of this registry, without moving bytes.
   * @param from the name of that repository
   * @returns false where the registry cannot or will not: upload it then
   */
  mountBlob(digest: Digest, from: string, options?: Signalled): Promise<boolean>;
  /**
   * Whole or not at all; replaces what a tag meant. The blobs and manifests that it names must be there. A manifest
   * with a `subject` is added to the subject's list of referrers, by us where the registry does not do it.
   * @param reference a tag, or the digest of the bytes
   */
  putManifest(reference: string, bytes: Uint8Array, mediaType: string, options?: PutOptions): Promise<Digest>;
  /** How this registry deletes, by the specification or its own API. */
  deletion(): Promise<Deletion>;
}

export interface RegistryOptions {
  readonly repository: Repository;
  /** Asked only when the registry wants credentials. */
  readonly credentials: FindCredentials;
  readonly retry: RetryPolicy;
  /** GitHub's REST API, where the registry is GitHub's: it deletes by that alone. */
  readonly packagesApi?: PackagesApi | undefined;
}

/** Asks for the right to pull only. Closing it closes the client. */
export function openRegistryReader(client: HttpClient, options: RegistryOptions): RegistryReader {
  return open(client, options, 'pull').reader;
}

/** Asks for the rights to pull and push at once. */
export function openRegistry(client: HttpClient, options: RegistryOptions): Registry {
  const { authorizer, connection, reader, referrers } = open(client, options, 'pull,push');
  return {
    ...reader,
    putBlob: (source, digest, { signal } = {}) => putBlob(connection, source, digest, signal),
    mountBlob: (digest, from, { signal } = {}) => mountBlob(connection, digest, from, signal),
    putManifest: async (reference, bytes, mediaType, { signal, isShared = false } = {}) => {
      const { digest, knowsSubject } = await putManifest(connection, reference, bytes, mediaType, signal);
      if (!knowsSubject) await referrers.add(bytes, mediaType, isShared, signal);
      return digest;
    },
    deletion: lazily(async () => {
      const { openDeletion } = await import('./deletion.ts');
      const { credentials, retry, packagesApi } = options;
      return openDeletion({ client, connection, credentials, retry, packagesApi, issuer: authorizer.issuer });
    }),
  };
}

function open(client: HttpClient, options: RegistryOptions, actions: 'pull' | 'pull,push') {
  const { repository, retry } = options;
  const authorizer = openAuthorizer(client, repository, options.credentials);
  const connection = connectRegistry(client, { repository, retry, authorizer, actions });
  const referrers = referrersOf(connection);
  const reader: RegistryReader = {
    url: repositoryUrl(repository),
    repository,
    manifest: (reference, request = {}) => readManifest(connection, reference, request),
    headManifest: (reference, request = {}) => headManifest(connection, reference, request),
    blob: (digest, request = {}) => openBlob(connection, digest, request),
    headBlob: (digest, { signal } = {}) => headBlob(connection, digest, signal),
    tags: ({ signal } = {}) => listTags(connection, signal),
    referrers: (digest, artifactType, { signal } = {}) => referrers.list(digest, artifactType, signal),
    close: () => client.close(),
  };
  return { authorizer, connection, reader, referrers };
}
