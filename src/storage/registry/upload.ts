/**
 * Writes to a repository. A blob is sent in one piece (POST, then PUT with all bytes; every registry takes that).
 * After a dropped connection, the upload goes on from where it broke off. Where one piece is refused as too large,
 * the blob is sent in chunks. Also mounts, and manifests. Distribution specification 1.1, "Push".
 */
import type { Readable } from 'node:stream';
import { BuildcacheError, errorCode } from '../../core/errors.ts';
import { redactUrl } from '../../core/redact.ts';
import { type Content, contentOf } from '../blob-content.ts';
import { drain } from '../http/client.ts';
import { redirectTarget } from '../http/http.ts';
import type { RegistryAnswer, RegistryConnection, RegistryRequest } from './connection.ts';
import { announcedDigest, headBlob, headManifest, manifestPath, otherDigest } from './read.ts';
import { type Digest, digestOf, isDigest, isRepositoryName } from './reference.ts';
import type { BlobSource } from './registry.ts';

type Signal = AbortSignal | undefined;

/** Bytes of a chunk, unless the registry wants larger ones. */
const CHUNK = 16 * 1024 * 1024;

/** So often a registry may keep less of a chunk than this. One that keeps a byte of each would be sent chunks for ever. */
const SCRAPS_MOST = 8;
const SCRAP = 1024 * 1024;

/** An upload under way. */
interface Session {
  /** Where the next request goes; changes with every answer. */
  location: URL;
  /** The least a chunk may have. */
  readonly chunkLeast: number;
}

/** As `Registry.putBlob`. */
export async function putBlob(
  connection: RegistryConnection,
  source: BlobSource,
  digest: Digest,
  signal: Signal,
): Promise<boolean> {
  const content = contentOf(source);
  // A blob counts as there only with its full size: a registry that has lost part of a blob gives another size. Some
  // registries answer 0 to any HEAD, so 0 says nothing.
  const isThere = async (by: RegistryConnection) => {
    const stored = await headBlob(by, digest, signal);
    return stored !== undefined && (stored.size || content.size) === content.size;
  };
  if (await isThere(connection)) return false;
  // The whole is retried below, so its steps have no retries of their own.
  const steps = { ...connection, ask: connection.exchange };
  let session: Session | undefined;
  let chunked = false;
  for (;;) {
    try {
      await connection.retry(async () => {
        let offset = 0;
        if (session !== undefined) {
          // The connection broke, either in the middle or before the answer came. So the blob may be there.
          if (await isThere(steps)) return;
          const reached = await progressOf(connection, session, content.size, signal);
          if (reached === undefined) session = undefined;
          else offset = reached;
        }
        session ??= await startUpload(connection, signal);
        await upload(connection, session, content, { offset, digest, chunked }, signal);
      }, signal);
      return true;
    } catch (error) {
      if (chunked || !(error instanceof BuildcacheError) || error.code !== 'too-large') throw error;
      chunked = true;
      session = undefined;
    }
  }
}

/** As `Registry.mountBlob`. */
export async function mountBlob(
  connection: RegistryConnection,
  digest: Digest,
  from: string,
  signal: Signal,
): Promise<boolean> {
  if (!isDigest(digest) || !isRepositoryName(from)) {
    throw new BuildcacheError('bad-input', 'not a blob of a repository', { expected: 'a digest and a name' });
  }
  const request: RegistryRequest = {
    method: 'POST',
    to: `blobs/uploads/?mount=${encodeURIComponent(digest)}&from=${encodeURIComponent(from)}`,
    headers: { 'content-length': '0' },
    scopes: [`repository:${from}:pull`],
    signal,
  };
  const answer = await connection.ask(request).catch((error: unknown) => {
    // We may lack rights only for the other repository. If not, the upload will fail and say so.
    if (errorCode(error) === 'denied') return undefined;
    throw error;
  });
  if (answer === undefined) return false;
  await drain(answer.body);
  if (answer.status === 201) return true;
  if (answer.status === 202) {
    // The registry has begun an upload instead, which nobody will finish.
    const location = locationOf(answer);
    const end = await connection.exchange({ method: 'DELETE', to: location, signal }).catch(() => undefined);
    if (end !== undefined) await drain(end.body).catch(() => undefined);
  }
  return false;
}

/** As `Registry.putManifest`. Also returns whether the registry keeps the list of the subject's referrers. */
export async function putManifest(
  connection: RegistryConnection,
  reference: string,
  bytes: Uint8Array,
  mediaType: string,
  signal: Signal,
): Promise<{ readonly digest: Digest; readonly knowsSubject: boolean }> {
  const digest = digestOf(bytes);
  if (isDigest(reference) && reference !== digest) {
    throw new BuildcacheError('bad-input', 'the manifest has another digest', {
      expected: reference,
      found: digest,
    });
  }
  const answer = await connection.ask({
    method: 'PUT',
    to: manifestPath(reference),
    headers: { 'content-type': mediaType, 'content-length': String(bytes.length) },
    body: () => bytes,
    signal,
  });
  if (answer.status < 200 || answer.status >= 300) throw await connection.refusal(answer);
  await drain(answer.body);
  await requireWritten(answer, digest, async () => {
    // Under a tag may be what was there before.
    return (await headManifest(connection, reference, { signal }))?.digest === digest;
  });
  return { digest, knowsSubject: answer.headers.has('oci-subject') };
}

interface Way {
  /** Bytes the registry has already. */
  readonly offset: number;
  readonly digest: Digest;
  readonly chunked: boolean;
}

async function startUpload(connection: RegistryConnection, signal: Signal): Promise<Session> {
  const headers = { 'content-length': '0' };
  const answer = await connection.exchange({ method: 'POST', to: 'blobs/uploads/', headers, signal });
  if (answer.status !== 202) throw await connection.refusal(answer);
  await drain(answer.body);
  const least = Number(answer.headers.get('oci-chunk-min-length') ?? 0);
  return { location: locationOf(answer), chunkLeast: Number.isSafeInteger(least) ? least : 0 };
}

/** How many bytes have arrived; undefined when the upload should begin again. */
async function progressOf(
  connection: RegistryConnection,
  session: Session,
  size: number,
  signal: Signal,
): Promise<number | undefined> {
  const answer = await connection.exchange({ method: 'GET', to: session.location, signal });
  await drain(answer.body);
  const reached = answer.status < 300 ? reachedIn(answer) : undefined;
  if (reached === undefined || reached > size) return undefined;
  if (answer.headers.has('location')) session.location = locationOf(answer);
  return reached;
}

async function upload(
  connection: RegistryConnection,
  session: Session,
  content: Content,
  { offset, digest, chunked }: Way,
  signal: Signal,
): Promise<void> {
  const { size } = content;
  const whole = !chunked && offset === 0;
  const chunk = chunked ? Math.max(CHUNK, session.chunkLeast) : size;
  let scraps = 0;
  for (let at = offset; !whole && at < size; ) {
    const end = Math.min(at + chunk, size);
    const range = { 'content-range': `${at}-${end - 1}` };
    const answer = await send(
      connection,
      'PATCH',
      session.location,
      content,
      { start: at, end },
      range,
      signal,
    );
    // The registry has another part of it than we think. The retry asks how much, and goes on from there.
    if (answer.status === 416) throw lostItsPlace(answer);
    if (answer.status < 200 || answer.status >= 300) throw await connection.refusal(answer);
    await drain(answer.body);
    session.location = locationOf(answer);
    const reached = Math.min(reachedIn(answer) ?? end, end);
    if (reached < end && reached - at < SCRAP) scraps++;
    if (reached <= at || scraps > SCRAPS_MOST) throw lostItsPlace(answer);
    at = reached;
  }
  const rest = whole ? { start: 0, end: size } : { start: size, end: size };
  const answer = await send(
    connection,
    'PUT',
    withDigest(session.location, digest),
    content,
    rest,
    {},
    signal,
  );
  if (answer.status < 200 || answer.status >= 300) throw await connection.refusal(answer);
  await drain(answer.body);
  await requireWritten(
    answer,
    digest,
    async () => (await headBlob(connection, digest, signal)) !== undefined,
  );
}

async function send(
  connection: RegistryConnection,
  method: 'PATCH' | 'PUT',
  to: URL,
  content: Content,
  { start, end }: { readonly start: number; readonly end: number },
  headers: Readonly<Record<string, string>>,
  signal: Signal,
): Promise<RegistryAnswer> {
  const type = { 'content-type': 'application/octet-stream', 'content-length': String(end - start) };
  const opened: Readable[] = [];
  const body = async () => {
    const stream = await content.open(start, end);
    stream.on('error', () => {}); // the request fails with it
    opened.push(stream);
    return stream;
  };
  try {
    return await connection.exchange({
      method,
      to,
      headers: { ...type, ...headers },
      ...(start === end ? {} : { body }),
      signal,
    });
  } finally {
    for (const stream of opened) stream.destroy();
  }
}

/**
 * `0-<last byte>`; some registries write `bytes=` before. No bytes and one byte are written alike, so `0` says
 * nothing.
 */
function reachedIn({ headers }: RegistryAnswer): number | undefined {
  const last = /^(?:bytes=)?0-(\d{1,15})$/.exec(headers.get('range') ?? '')?.[1];
  return last === undefined || last === '0' ? undefined : Number(last) + 1;
}

function locationOf(answer: RegistryAnswer): URL {
  const location = answer.headers.get('location');
  if (location !== undefined) return redirectTarget(location, answer.url);
  throw new BuildcacheError('protocol', 'the registry does not say where the upload goes on', {
    url: redactUrl(answer.url),
    expected: 'a Location header',
    found: 'none',
  });
}

/** Appended as text, not parsed: a signature may cover the exact rest of the query. */
function withDigest(location: URL, digest: Digest): URL {
  return new URL(`${location.href}${location.search === '' ? '?' : '&'}digest=${encodeURIComponent(digest)}`);
}

/**
 * For a write that was answered with a success. A registry says 201, and most say the digest; anything else may come from
 * something on the way, such as a log-in page.
 */
async function requireWritten(
  answer: RegistryAnswer,
  digest: Digest,
  isThere: () => Promise<boolean>,
): Promise<void> {
  const announced = announcedDigest(answer);
  if (announced !== undefined && announced !== digest) throw otherDigest(answer.url, digest, announced);
  if (announced !== undefined || answer.status === 201 || (await isThere())) return;
  throw new BuildcacheError('protocol', 'it counts as written, and is not there', {
    url: redactUrl(answer.url),
    found: `HTTP ${answer.status}`,
    hint: 'check what is between here and there',
  });
}

function lostItsPlace(answer: RegistryAnswer): BuildcacheError {
  return new BuildcacheError('server-error', 'the registry has lost track of the upload', {
    url: redactUrl(answer.url),
    status: answer.status,
    hint: 'try again',
  });
}
