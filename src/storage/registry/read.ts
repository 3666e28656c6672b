/** Reading from a repository: manifests, blobs, tags; and deleting manifests. */
import { BuildcacheError } from '../../core/errors.ts';
import { notDeleted } from '../../core/http-status.ts';
import { isObject } from '../../core/json.ts';
import { parseAnswer } from '../../core/json-size.ts';
import { redactUrl } from '../../core/redact.ts';
import { packingOf } from '../content-coding.ts';
import { partOf, requireContent } from '../content-range.ts';
import { drain } from '../http/client.ts';
import { isByNothing, seenTexts } from '../pages.ts';
import { readDocument } from '../read.ts';
import type { GetOptions, StoredObject } from '../storage.ts';
import { isPage, type RegistryAnswer, type RegistryConnection } from './connection.ts';
import { nextLink } from './next-link.ts';
import { type Digest, digestOf, hexOf, isDigest, isTag } from './reference.ts';
import type { ManifestOptions, OciDescriptor, RegistryManifest } from './registry.ts';

type Signal = AbortSignal | undefined;

const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
export const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const DOCKER_INDEX = 'application/vnd.docker.distribution.manifest.list.v2+json';

/** The size that registries must take at least ("Pushing Manifests"). None takes more. */
const MANIFEST_MOST = 4 * 1024 * 1024;
/** Tags of one page, where the registry heeds what is asked for; and where it answers with all. */
const PAGE = 1_000;
const PAGE_BYTES_MOST = 64 * 1024 * 1024;
/** As many tags of Spack's as such a page has room for. Of other values it has room for many more. */
const PAGE_VALUES_MOST = 2_000_000;
const EMPTY_MOST = 100;
/** More specs than any cache has, with names as long as Spack's. Callers keep the tags in memory. */
const TAGS_MOST = 4_000_000;
const TAG_CHARACTERS_MOST = 50 * TAGS_MOST;

/** As `RegistryReader.manifest`. */
export async function readManifest(
  connection: RegistryConnection,
  reference: string,
  { accept, signal }: ManifestOptions,
): Promise<RegistryManifest | undefined> {
  const to = manifestPath(reference);
  // A body that is cut short is asked for again too.
  return await connection.retry(async () => {
    const answer = await connection.exchange({
      method: 'GET',
      to,
      headers: { accept: accepted(accept) },
      signal,
    });
    if (answer.status === 404) return void (await connection.absent(answer, signal));
    if (answer.status !== 200) throw await connection.refusal(answer);
    const announced = announcedDigest(answer);
    const known = isDigest(reference) ? reference : announced;
    const bytes = await bodyOf(answer, MANIFEST_MOST, 'the manifest', known);
    const digest = digestOf(bytes);
    for (const expected of [isDigest(reference) ? reference : undefined, announced]) {
      if (expected !== undefined && expected !== digest) throw otherDigest(answer.url, expected, digest);
    }
    return { bytes, mediaType: mediaTypeOf(answer), digest };
  }, signal);
}

/** As `RegistryReader.headManifest`. */
export async function headManifest(
  connection: RegistryConnection,
  reference: string,
  options: ManifestOptions,
): Promise<Omit<OciDescriptor, 'annotations'> | undefined> {
  const { accept, signal } = options;
  const headers = { accept: accepted(accept) };
  const answer = await connection.ask({ method: 'HEAD', to: manifestPath(reference), headers, signal });
  if (answer.status === 404) return void (await connection.absent(answer, signal));
  if (answer.status !== 200 && answer.status !== 405) throw await connection.refusal(answer);
  await drain(answer.body);
  const digest = answer.status === 405 ? undefined : announcedDigest(answer);
  const size = lengthOf(answer);
  if (digest !== undefined && size !== undefined && !isPage(answer)) {
    if (isDigest(reference) && reference !== digest) throw otherDigest(answer.url, reference, digest);
    return { mediaType: mediaTypeOf(answer), digest, size };
  }
  // Registries need not say the digest. Then the manifest's bytes do.
  const manifest = await readManifest(connection, reference, options);
  if (manifest === undefined) return undefined;
  return { mediaType: manifest.mediaType, digest: manifest.digest, size: manifest.bytes.length };
}

/** As `RegistryReader.blob`. */
export async function openBlob(
  connection: RegistryConnection,
  digest: Digest,
  { range, signal }: Pick<GetOptions, 'range' | 'signal'>,
): Promise<StoredObject | undefined> {
  const headers: Record<string, string> =
    range === undefined ? {} : { range: `bytes=${range.start}-${range.end ?? ''}` };
  const answer = await connection.ask({ method: 'GET', to: blobPath(digest), headers, signal });
  if (answer.status === 404) return void (await connection.absent(answer, signal));
  const { status, body } = answer;
  const part = status === 206 ? partOf(answer.headers.get('content-range')) : undefined;
  if (status !== 200 && part === undefined) throw await connection.refusal(answer);
  requireContent({ status, part, body }, range !== undefined, redactUrl(answer.url));
  const size = part === undefined ? lengthOf(answer) : part.total;
  const packed = packingOf(answer.headers.get('content-encoding'), answer.headers.get('content-length'));
  return { key: digest, size, packed, body, offset: part?.start ?? 0 };
}

/** As `RegistryReader.headBlob`. */
export async function headBlob(
  connection: RegistryConnection,
  digest: Digest,
  signal: Signal,
): Promise<{ readonly size: number | undefined } | undefined> {
  const answer = await connection.ask({ method: 'HEAD', to: blobPath(digest), signal });
  if (answer.status === 404) return void (await connection.absent(answer, signal));
  if (answer.status === 405) {
    // Where a server does not know HEAD, the first byte shows whether the blob is there.
    await drain(answer.body);
    const object = await openBlob(connection, digest, { range: { start: 0, end: 0 }, signal });
    if (object === undefined) return undefined;
    await drain(object.body);
    return { size: object.size };
  }
  if (answer.status !== 200) throw await connection.refusal(answer);
  await drain(answer.body);
  return { size: lengthOf(answer) };
}

/**
 * As `RegistryReader.tags`. Not every registry says by a link that there is more, so a full page is no sign of the end: what
 * comes after its last tag is asked for, until nothing new comes. One that heeds no `last` gives all its tags once more.
 */
export async function* listTags(connection: RegistryConnection, signal: Signal): AsyncGenerator<string> {
  let next: URL | undefined = connection.urlOf(`tags/list?n=${PAGE}`);
  const visited = seenTexts();
  const beginnings = seenTexts();
  /** Who gives links ends his list by giving none. */
  let hasLinks = false;
  /** The page before, where no link led on from it. */
  let before: ReadonlySet<unknown> = new Set();
  let pages = 0;
  let empty = 0;
  let count = 0;
  let characters = 0;
  while (next !== undefined) {
    const to: URL = next;
    if (!visited.isNew(to.href) || isByNothing(pages++, count)) throw endless(to);
    const { document, answer } = await readJson(connection, to, 'the list of tags', signal);
    const tags = isObject(document) ? document['tags'] : undefined;
    if (!Array.isArray(tags) && tags !== null) throw notAList(answer.url);
    const page: readonly unknown[] = tags ?? [];
    const found = page.filter((tag) => !before.has(tag));
    count += found.length;
    const [first] = found;
    empty = first === undefined ? empty + 1 : 0;
    const beginning = typeof first === 'string' ? first : 'no text';
    // A page that begins like an earlier one is that page again.
    const isAgain = first !== undefined && !beginnings.isNew(beginning);
    if (count > TAGS_MOST || empty > EMPTY_MOST || isAgain) throw endless(to);
    for (const tag of found) {
      // A name that can be no tag could not be asked for either.
      if (!isTag(tag)) continue;
      characters += tag.length;
      if (characters > TAG_CHARACTERS_MOST) throw endless(to);
      yield tag;
    }
    next = nextPage(answer, connection);
    hasLinks ||= next !== undefined;
    const last = !hasLinks && page.length >= PAGE ? found.findLast(isTag) : undefined;
    before = new Set(last === undefined ? [] : page);
    if (last !== undefined) next = connection.urlOf(`tags/list?n=${PAGE}&last=${last}`);
  }
}

/** As `Registry.deleteManifest`. */
export async function deleteManifest(
  connection: RegistryConnection,
  reference: string,
  signal: Signal,
): Promise<boolean> {
  const scopes = [`repository:${connection.repository.name}:delete`];
  let sent = 0;
  const answer = await connection.retry(async () => {
    sent++;
    return await connection.exchange({ method: 'DELETE', to: manifestPath(reference), scopes, signal });
  }, signal);
  if (answer.status === 404) {
    await connection.absent(answer, signal);
    // After a lost answer it is asked for again, and then it is gone.
    return sent > 1;
  }
  if (answer.status >= 200 && answer.status < 300) {
    await drain(answer.body);
    // A registry says 202. Something on the way may have answered instead.
    if (answer.status !== 202 && (await headManifest(connection, reference, { signal })) !== undefined)
      throw notDeleted(redactUrl(answer.url), answer.status);
    return true;
  }
  const error = await connection.refusal(answer);
  // Registries without deletes, or without deletes by tag, say so in various ways.
  if (error.code === 'denied' || error.code === 'throttled') throw error;
  throw new BuildcacheError(
    'unsupported',
    `the registry does not delete ${isDigest(reference) ? 'manifests' : 'tags'}`,
    {
      ...error.facts,
      hint: isDigest(reference)
        ? 'turn deletes on in the registry, or use its own clean-up'
        : 'delete by digest instead',
    },
  );
}

/**
 * A JSON document of the registry's, with its length in bytes and the answer it came in, for the link to the next page.
 * @param how.atHome do not follow a redirect to another host
 * @param how.most bytes
 * @throws BuildcacheError `not-found` for a 404; `protocol` for what is no JSON; `too-large`
 */
export async function readJson(
  connection: RegistryConnection,
  to: URL,
  what: string,
  signal: Signal,
  { atHome = false, most = PAGE_BYTES_MOST }: { readonly atHome?: boolean; readonly most?: number } = {},
): Promise<{ readonly document: unknown; readonly length: number; readonly answer: RegistryAnswer }> {
  return await connection.retry(async () => {
    const answer = await connection.exchange({
      method: 'GET',
      to,
      headers: { accept: 'application/json' },
      atHome,
      signal,
    });
    if (answer.status === 404) throw await notFound(connection, answer, signal);
    if (answer.status !== 200) throw await connection.refusal(answer);
    const bytes = await bodyOf(answer, most, what);
    try {
      const document = parseAnswer(bytes, redactUrl(answer.url), PAGE_VALUES_MOST);
      return { document, length: bytes.length, answer };
    } catch (error) {
      throw error instanceof BuildcacheError ? error : notAList(answer.url);
    }
  }, signal);
}

/** The page after this one (RFC 8288). Some proxies change its scheme and port, but it may not be on another host. */
export function nextPage(answer: RegistryAnswer, { urlOf }: RegistryConnection): URL | undefined {
  const next = nextLink(answer, answer.url);
  if (next === undefined) return undefined;
  if (next === 'nowhere' || next.hostname !== urlOf('').hostname) {
    throw new BuildcacheError('protocol', 'the registry continues its list elsewhere', {
      url: redactUrl(answer.url),
      expected: 'a link to the same host',
      found: next === 'nowhere' ? 'no URL' : redactUrl(next),
    });
  }
  return new URL(next.pathname + next.search, urlOf(''));
}

export function manifestPath(reference: string): string {
  const known: boolean = isTag(reference) || isDigest(reference);
  if (known) return `manifests/${reference}`;
  throw new BuildcacheError('bad-input', 'neither a tag nor a digest', {
    found: JSON.stringify(reference.slice(0, 200)),
  });
}

function blobPath(digest: Digest): string {
  if (isDigest(digest)) return `blobs/${digest}`;
  throw new BuildcacheError('bad-input', 'not a digest', { expected: 'sha256:<64 hexadecimal digits>' });
}

/** The digest that an answer announces. One of an algorithm we do not know counts as none. */
export function announcedDigest({ headers }: RegistryAnswer): Digest | undefined {
  const digest = headers.get('docker-content-digest');
  return isDigest(digest) ? digest : undefined;
}

export function otherDigest(url: URL, expected: Digest, found: Digest): BuildcacheError {
  return new BuildcacheError('corrupt', 'its digest is wrong', { url: redactUrl(url), expected, found });
}

function accepted(
  accept: readonly string[] = [OCI_MANIFEST, OCI_INDEX, DOCKER_MANIFEST, DOCKER_INDEX],
): string {
  return accept.join(', ');
}

function mediaTypeOf({ headers }: RegistryAnswer): string {
  return headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
}

function lengthOf({ headers }: RegistryAnswer): number | undefined {
  const length = headers.get('content-length');
  // A compressed transfer's length is not the object's.
  return length !== undefined && !headers.has('content-encoding') ? Number(length) : undefined;
}

async function bodyOf(
  answer: RegistryAnswer,
  maxBytes: number,
  what: string,
  digest?: Digest,
): Promise<Buffer> {
  if (isPage(answer)) {
    await drain(answer.body);
    throw new BuildcacheError('protocol', 'a web page came in place of a document', {
      url: redactUrl(answer.url),
      expected: what,
      found: 'text/html',
      hint: 'check the host name, and whether a proxy wants a log-in',
    });
  }
  const packed = packingOf(answer.headers.get('content-encoding'), answer.headers.get('content-length'));
  return await readDocument(
    { key: '', size: lengthOf(answer), packed, offset: 0, body: answer.body },
    { maxBytes, what, url: redactUrl(answer.url), sha256: digest === undefined ? undefined : hexOf(digest) },
  );
}

async function notFound(
  connection: RegistryConnection,
  answer: RegistryAnswer,
  signal: Signal,
): Promise<BuildcacheError> {
  await connection.absent(answer, signal);
  return new BuildcacheError('not-found', 'the registry knows no such repository', {
    url: redactUrl(answer.url),
    status: 404,
    hint: 'check its name; the first push makes it',
  });
}

export function notAList(url: URL): BuildcacheError {
  return new BuildcacheError('protocol', 'the registry answered with something else', {
    url: redactUrl(url),
    expected: 'a JSON document of the distribution specification',
  });
}

/** The error for a list with pages for ever. */
export function endless(url: URL): BuildcacheError {
  return new BuildcacheError('protocol', "the registry's list does not end", { url: redactUrl(url) });
}
