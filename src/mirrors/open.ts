/** A mirror's URL -> the storage behind it and the layouts to read it with. Backends load when they are needed. */

import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { EntryReader } from '../cache/entries.ts';
import { openLayout2 } from '../cache/layouts/layout2.ts';
import { openLayout3 } from '../cache/layouts/layout3.ts';
import type { Env } from '../core/env.ts';
import { BuildcacheError, systemCode } from '../core/errors.ts';
import { redactUrl } from '../core/redact.ts';
import type { RetryPolicy } from '../core/retry.ts';
import { withoutEnd } from '../core/without-end.ts';
import { isRegistryUrl } from '../environment/location.ts';
import type { SpecGraph } from '../spec/graph.ts';
import type { AccessToken } from '../storage/gcs/connection.ts';
import type { HttpClient } from '../storage/http/client.ts';
import type { RoleCredentials } from '../storage/s3/role.ts';
import type { Storage, StorageReader } from '../storage/storage.ts';
import {
  anonymousNotes,
  type Credentials,
  credentialVariables,
  type Direction,
  GOOGLE_HOST,
  isOwnHost,
  resolveCredentials,
} from './credentials.ts';
import type { Mirror, MirrorSide } from './mirror.ts';
import { openClient } from './open-client.ts';
import { openMirrorReader } from './open-registry.ts';

/** How to talk to mirrors; the same for all of them. */
export interface Connection {
  readonly timeoutMs: number;
  readonly retry: RetryPolicy;
  readonly jobs: number;
  readonly verifyTls: boolean;
  /** A PEM file with further certificate authorities. */
  readonly caFile: string | undefined;
  /** For credentials and to see whether a proxy is set. */
  readonly env: Env;
  /** The job's token, for ghcr.io where there is no log-in. */
  readonly githubToken?: string | undefined;
  /** Gets AWS credentials where there are none, or a session's have expired. */
  readonly renewAws?: ((client: HttpClient) => Promise<RoleCredentials>) | undefined;
}

export interface OpenMirror {
  /** Newest layout first. */
  readonly readers: readonly EntryReader[];
  /** What to tell the user: a folder that is not there reads as empty, but may be one that is not mounted. */
  readonly notes: readonly string[];
  close(): Promise<void>;
}

/**
 * Opens a mirror for reading.
 * @param graph where the compilers of layout 2's file names are looked up, when a spec is asked for
 * @param mayBeNew a registry's repository that is not there is an empty mirror, as a folder is
 * @throws `unsupported` for a scheme we do not speak, `usage` for credentials that are named but not set
 */
export async function openMirror(
  mirror: Mirror,
  graph: Pick<SpecGraph, 'nodes'>,
  connection: Connection,
  mayBeNew = false,
): Promise<OpenMirror> {
  const { fetch } = mirror;
  const withheld = withheldSession(fetch, connection);
  const without = [
    ...anonymousNotes(fetch.credentials, connection.env),
    ...(withheld === undefined ? [] : [`${withheld.what}: it is read anonymously; ${withheld.hint}`]),
  ];
  if (isRegistryUrl(fetch.url)) {
    const { openOci } = await import('../cache/oci/reader.ts');
    const registry = await openMirrorReader(mirror.name, fetch, connection);
    const readers = [openOci(registry, { signed: mirror.signed, mayBeNew })];
    return { readers, notes: without, close: () => registry.close() };
  }
  const storage = await openStorage(mirror.name, fetch, connection, 'read');
  const readers = [openLayout3(storage, fetch.view)];
  // Views came with layout 3; a mirror that is configured with one is not read in layout 2.
  if (fetch.view === undefined) readers.push(openLayout2(storage, graph));
  return { readers, notes: [...(await folderNotes(fetch.url)), ...without], close: () => storage.close() };
}

async function folderNotes(url: string): Promise<string[]> {
  if (!url.startsWith('file:')) return [];
  const folder = filePath(url);
  const found = await stat(folder).then(
    (place) => place.isDirectory(),
    (error: unknown) => !['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? ''),
  );
  const hint = url.includes('$') ? ', and Spack replaces variables in paths, not in URLs' : '';
  return found ? [] : [`there is no folder ${folder}: it was taken for an empty mirror${hint}`];
}

/**
 * The storage behind one side of a mirror. It is only a reader where nothing can be written.
 * @throws as {@link openMirror}
 */
export async function openStorage(
  name: string,
  side: MirrorSide,
  connection: Connection,
  direction: Direction,
): Promise<StorageReader | Storage> {
  if (side.url === '') {
    throw new BuildcacheError('usage', `mirror "${name}" has no URL for this direction`, {
      hint: 'set its url, fetch or push',
    });
  }
  switch (schemeOf(side.url)) {
    case 'file': {
      const { openFileStorage } = await import('../storage/file/file.ts');
      return openFileStorage(filePath(side.url));
    }
    case 'http':
    case 'https': {
      const { openHttpStorage } = await import('../storage/http/http.ts');
      const credentials = resolveCredentials(name, side, connection.env, direction);
      return openHttpStorage(await openClient(connection, side), {
        url: side.url,
        authorization: authorization(credentials),
        retry: connection.retry,
      });
    }
    case 's3': {
      const { openS3Storage } = await import('../storage/s3/s3.ts');
      const { bucket, prefix } = bucketLocation(side.url, 's3');
      const withheld = direction === 'write' ? withheldSession(side, connection) : undefined;
      if (withheld !== undefined) {
        const facts = { url: redactUrl(side.url), found: side.endpointUrl ?? '', hint: withheld.hint };
        throw new BuildcacheError('denied', withheld.what, facts);
      }
      const { renewAws } = connection;
      const http = await openClient(connection, side);
      return openS3Storage({
        bucket,
        prefix,
        endpointUrl: side.endpointUrl ?? connection.env['S3_ENDPOINT_URL'], // AWS's own variables are left to its SDK
        profile: side.credentials.profile,
        credentials: s3Credentials(resolveCredentials(name, side, connection.env, direction)),
        renew: renewAws === undefined ? undefined : async () => await renewAws(http),
        withoutSession: !maySendSession(side, connection.env),
        http,
        retry: connection.retry,
      });
    }
    case 'gs': {
      const { openGcsStorage } = await import('../storage/gcs/gcs.ts');
      const { bucket, prefix } = bucketLocation(side.url, 'gs');
      const emulator = connection.env['STORAGE_EMULATOR_HOST'];
      const http = await openClient(connection, side);
      return openGcsStorage({
        bucket,
        prefix,
        endpointUrl: side.endpointUrl ?? (emulator ? emulatorUrl(emulator) : undefined),
        token: await gcsToken(name, side, connection, { isEmulator: Boolean(emulator), direction, http }),
        http,
        retry: connection.retry,
      });
    }
    default:
      throw unsupported(name, side.url);
  }
}

/**
 * Whether a mirror could be opened, as far as its URL tells.
 * @throws BuildcacheError as {@link openMirror}
 */
export function requireKnownScheme(name: string, url: string): void {
  const scheme = schemeOf(url);
  if (scheme === 'file') filePath(url);
  else if (scheme === 's3' || scheme === 'gs') bucketLocation(url, scheme);
  else if (scheme !== 'http' && scheme !== 'https' && !isRegistryUrl(url)) throw unsupported(name, url);
}

function schemeOf(url: string): string {
  return /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? '';
}

function unsupported(name: string, url: string): BuildcacheError {
  return new BuildcacheError('unsupported', `mirror "${name}": ${schemeOf(url)}:// is not supported`, {
    url: redactUrl(url),
    expected: 'file://, http://, https://, s3://, gs://, oci:// or oci+http://',
  });
}

function bucketLocation(url: string, scheme: 's3' | 'gs'): { bucket: string; prefix: string } {
  const match = /^(?:s3|gs):\/\/([^/?#]+)\/*([^?#]*)$/i.exec(url);
  const [, bucket = '', prefix = ''] = match ?? [];
  if (/[:@]/.test(bucket)) {
    // Somebody may have written keys there, as other schemes have them.
    throw new BuildcacheError('usage', 'not a URL of a bucket', {
      url: redactUrl(url),
      expected: `${scheme}://bucket/prefix, and credentials in access_pair`,
      found: 'a ":" or an "@" in its name',
    });
  }
  if (match !== null) return { bucket, prefix: withoutEnd(prefix, '/') };
  throw new BuildcacheError('usage', `not a URL of a bucket`, {
    url: redactUrl(url),
    expected: `${scheme}://bucket/prefix`,
  });
}

/** A host and port are enough for Google's own client, too. */
function emulatorUrl(host: string): string {
  return /^https?:/.test(host) ? host : `http://${host}`;
}

/** The token that the mirror names; else one that Google's library finds, for Google only. An emulator needs none. */
async function gcsToken(
  name: string,
  side: MirrorSide,
  { env }: Connection,
  {
    isEmulator,
    direction,
    http,
  }: { readonly isEmulator: boolean; readonly direction: Direction; readonly http: HttpClient },
): Promise<AccessToken> {
  const credentials = resolveCredentials(name, side, env, direction);
  if (credentials.kind === 'token') return async () => credentials.token;
  const isOwn = isOwnHost(side.endpointUrl, GOOGLE_HOST);
  if (isEmulator || !isOwn || credentials.kind === 'anonymous') return async () => undefined;
  const { googleToken } = await import('../storage/gcs/token.ts');
  return googleToken(env['GOOGLE_APPLICATION_CREDENTIALS'] || undefined, http);
}

/** Hosts of S3 itself: below amazonaws.com, customers have hosts too (API gateways, load balancers, machines). */
const S3_HOST =
  /(?:^|\.)s3(?:-[a-z0-9-]+)?(?:\.dualstack)?(?:\.[a-z0-9-]+)?(?:\.vpce)?\.amazonaws\.com(?:\.cn)?$/;

/** Whether a session's token may go out with each request: to AWS, and to an endpoint that the user has named. */
function maySendSession({ endpointUrl, origin }: MirrorSide, env: Connection['env']): boolean {
  const own = ['S3_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL'].map((name) => env[name]);
  return origin !== 'environment' || isOwnHost(endpointUrl, S3_HOST) || own.includes(endpointUrl);
}

/** What to say where there is an AWS session that may not be sent to the endpoint; undefined elsewhere. */
function withheldSession(
  side: MirrorSide,
  { env, renewAws }: Connection,
): { readonly what: string; readonly hint: string } | undefined {
  if (!/^s3:/i.test(side.url) || maySendSession(side, env)) return undefined;
  const isNamed = credentialVariables(side.credentials).length > 0 || side.credentials.profile !== undefined;
  if (isNamed || (!env['AWS_SESSION_TOKEN'] && renewAws === undefined)) return undefined;
  return {
    what: 'the AWS session is not sent to an endpoint that only spack.yaml names',
    hint: 'name it in the variable AWS_ENDPOINT_URL, or the mirror in the input mirrors',
  };
}

function s3Credentials(
  credentials: Credentials,
): { accessKeyId: string; secretAccessKey: string } | 'anonymous' | undefined {
  if (credentials.kind === 'anonymous') return 'anonymous';
  if (credentials.kind !== 'pair') return undefined;
  return { accessKeyId: credentials.id, secretAccessKey: credentials.secret };
}

function filePath(url: string): string {
  try {
    return fileURLToPath(url);
  } catch (error) {
    throw new BuildcacheError(
      'usage',
      'not a file URL of this machine',
      { url, expected: 'file:///absolute/path' },
      error,
    );
  }
}

function authorization(credentials: Credentials): string | undefined {
  switch (credentials.kind) {
    case 'token':
      return `Bearer ${credentials.token}`;
    case 'pair':
      return `Basic ${Buffer.from(`${credentials.id}:${credentials.secret}`).toString('base64')}`;
    case 'none':
    case 'anonymous':
      return undefined;
  }
}
