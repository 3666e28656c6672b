/**
 * A bucket of Google Cloud Storage, or what is below a prefix of one, as a storage: `gs://` mirrors. Generations tell
 * versions apart, and conditions are the server's own. As with S3, a put that failed as `unreachable` may have been
 * done; when it is retried on its condition, it is a `conflict`.
 */
import { createHash, randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { throwIfCancelled } from '../../core/abort.ts';
import { BuildcacheError, fileError } from '../../core/errors.ts';
import { notDeleted } from '../../core/http-status.ts';
import { kindOf } from '../../core/json.ts';
import { redactUrl } from '../../core/redact.ts';
import type { RetryPolicy } from '../../core/retry.ts';
import { type Content, contentOf } from '../blob-content.ts';
import { packingOf } from '../content-coding.ts';
import { partOf, requireContent } from '../content-range.ts';
import { drain, type HttpClient } from '../http/client.ts';
import { checkKey, checkPrefix, isKey } from '../key.ts';
import { pages } from '../pages.ts';
import { sizeChanged, verifySource } from '../payload.ts';
import {
  isAsListed,
  type ObjectInfo,
  type PutCondition,
  type PutSource,
  type Storage,
  type StorageReader,
} from '../storage.ts';
import { type AccessToken, connectGcs, type GcsConnection } from './connection.ts';

export interface GcsOptions {
  readonly bucket: string;
  /** Without slashes at its ends; may be empty. */
  readonly prefix: string;
  /** Set for a server other than Google's, such as an emulator. */
  readonly endpointUrl: string | undefined;
  readonly token: AccessToken;
  readonly http: HttpClient;
  readonly retry: RetryPolicy;
}

const GOOGLE = 'https://storage.googleapis.com';

/** Google copies for half a minute at a time. No tarball takes so many, and a server could ask for more for ever. */
const STRETCHES_MOST = 1000;

/** @throws BuildcacheError `bad-input` for a bucket, prefix or endpoint that can be none */
export function openGcsStorage(options: GcsOptions): Storage {
  const { bucket, prefix, http, token, retry } = options;
  if (!/^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/.test(bucket)) {
    throw new BuildcacheError('bad-input', 'not a bucket', { found: JSON.stringify(bucket.slice(0, 100)) });
  }
  if (prefix !== '') checkKey(prefix);
  const endpoint = parseEndpoint(options.endpointUrl ?? GOOGLE);
  const connection = connectGcs(http, { endpoint, token, retry });
  const place: Place = { connection, bucket, above: prefix === '' ? '' : `${prefix}/` };
  const url = `gs://${bucket}${prefix === '' ? '' : `/${prefix}`}`;

  const head: Storage['head'] = async (key, { signal } = {}) => {
    const found = await connection.askJson({ method: 'GET', path: objectPath(place, key), signal });
    return found && infoOf(requireObject(found, place, key), key);
  };

  const storage: Storage = {
    url,
    endpoint: redactUrl(endpoint),
    conditions: 'native',
    head,

    async get(key, { range, ifNoneMatch, signal } = {}) {
      const answer = await connection.ask({
        method: 'GET',
        path: objectPath(place, key),
        query: { alt: 'media', ifGenerationNotMatch: ifNoneMatch },
        // Asks for the bytes as they are stored: otherwise the server would unpack compressed objects.
        headers: {
          'accept-encoding': 'gzip',
          ...(range === undefined ? {} : { range: `bytes=${range.start}-${range.end ?? ''}` }),
        },
        signal,
      });
      const { status, headers, body } = answer;
      if (status === 304) return 'not-modified';
      if (status === 404) return undefined;
      const said = headers.get('content-range');
      if (status === 416 && range !== undefined) {
        const total = /^bytes \*\/(\d+)$/.exec(said ?? '')?.[1];
        const size = total === undefined ? undefined : Number(total);
        return { key, size, offset: range.start, body: Readable.from([], { objectMode: false }) };
      }
      const part = partOf(said);
      requireContent({ status, part, body }, range !== undefined, `${url}/${key}`);
      const length = headers.get('content-length');
      const modified = Date.parse(headers.get('last-modified') ?? '');
      return {
        key,
        size: part?.total ?? (length === undefined || part !== undefined ? undefined : Number(length)),
        modified: Number.isNaN(modified) ? undefined : new Date(modified),
        etag: headers.get('x-goog-generation'),
        contentType: mediaType(headers.get('content-type')),
        packed: packingOf(headers.get('content-encoding'), length),
        offset: part?.start ?? 0,
        body,
      };
    },

    list: (under, { signal } = {}) => listObjects(place, under, signal),

    async put(key, source, { condition, contentType, cacheControl, signal } = {}) {
      const path = `/upload${bucketPath(place)}/o`;
      const content = contentOf(source);
      const md5Hash = await md5Of(source, signal);
      const metadata = { name: keyOf(place, key), contentType, cacheControl, md5Hash };
      const { length, boundary, body } = multipart(metadata, content);
      const found = await connection.askJson({
        method: 'POST',
        path,
        query: { uploadType: 'multipart', ...conditionQuery(condition) },
        headers: { 'content-type': `multipart/related; boundary=${boundary}`, 'content-length': `${length}` },
        body,
        signal,
      });
      if (found === undefined) throw absent(url, 'the bucket');
      return { etag: infoOf(requireObject(found, place, key), key).etag };
    },

    async delete(key, { signal, listed } = {}) {
      const found = listed && (await head(key, { signal }));
      if (listed !== undefined && (found === undefined || !isAsListed(found, listed))) return false;
      let sent = 0;
      const onSend = () => void sent++;
      const { status, body } = await connection.ask({
        method: 'DELETE',
        path: objectPath(place, key),
        query: { ifGenerationMatch: found?.etag },
        onSend,
        signal,
      });
      // After a lost answer it is asked for again, and then it is gone.
      if (status === 404) return sent > 1;
      await drain(body);
      if (status === 412 && found !== undefined)
        return sent > 1 && (await head(key, { signal })) === undefined;
      // Google says 204. Something on the way may have answered instead.
      if (status !== 204 && (await head(key, { signal })) !== undefined)
        throw notDeleted(`${url}/${key}`, status);
      return true;
    },

    async copyFrom(source, sourceKey, key, { condition, expected, signal } = {}) {
      const from = places.get(source);
      if (from === undefined) return undefined;
      const path = `${objectPath(from, sourceKey)}/rewriteTo${objectPath(place, key).slice('/storage/v1'.length)}`;
      let rewriteToken: string | undefined;
      for (let stretch = 0; stretch < STRETCHES_MOST; stretch++) {
        const answer = await connection.askJson({
          method: 'POST',
          path,
          query: { rewriteToken, ...conditionQuery(condition) },
          headers: { 'content-length': '0' },
          signal,
        });
        if (answer === undefined) throw absent(source.url, sourceKey);
        if (answer['done'] === true) {
          const { size } = infoOf(requireObject(asObject(answer['resource']), place, key), key);
          if (expected?.size === undefined || size === expected.size) return true;
          await storage.delete(key, { signal });
          throw new BuildcacheError('corrupt', 'its length is wrong', {
            url: `${source.url}/${sourceKey}`,
            expected: `${expected.size} bytes`,
            found: `${size} bytes`,
          });
        }
        // A large object is copied a stretch at a time. The token says where to go on.
        rewriteToken = typeof answer['rewriteToken'] === 'string' ? answer['rewriteToken'] : undefined;
        if (rewriteToken === undefined) {
          throw new BuildcacheError('protocol', 'the server neither copies nor says how to go on', { url });
        }
      }
      throw new BuildcacheError('protocol', 'the server does not come to the end of a copy', {
        url: `${source.url}/${sourceKey}`,
        expected: `a copy in at most ${STRETCHES_MOST} stretches`,
        hint: 'check the endpoint URL',
      });
    },

    clockAheadMs: () => http.clockAheadMs?.(),
    close: () => http.close(),
  };
  places.set(storage, place);
  return storage;
}

interface Place {
  readonly connection: GcsConnection;
  readonly bucket: string;
  /** The part of names before the key: empty, or ending in a slash. */
  readonly above: string;
}

/** The bucket of each storage, for `copyFrom`. */
const places = new WeakMap<StorageReader, Place>();

async function* listObjects(
  place: Place,
  under: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<ObjectInfo> {
  checkPrefix(under);
  let pageToken: string | undefined;
  const listing = pages(`gs://${place.bucket}`);
  do {
    const page = await place.connection.askJson({
      method: 'GET',
      path: `${bucketPath(place)}/o`,
      query: {
        prefix: place.above + under,
        pageToken,
        fields: 'kind,items(name,size,updated,generation,contentType),nextPageToken',
      },
      signal,
    });
    if (page === undefined) throw absent(`gs://${place.bucket}`, 'the bucket');
    // An empty page has no items at all, and its kind tells it from any other document.
    const { kind, items: listed = kind === 'storage#objects' ? [] : undefined } = page;
    if (!Array.isArray(listed)) throw notAList(`gs://${place.bucket}`, listed);
    const items = listed.map(asObject);
    for (const found of items) {
      const name = found['name'];
      // A name that is no key of ours (a marker of a folder, say) is passed over.
      if (typeof name !== 'string' || !name.startsWith(place.above + under)) continue;
      const key = name.slice(place.above.length);
      if (isKey(key)) yield infoOf(found, key);
    }
    const next = page['nextPageToken'] ?? '';
    const names = items.map(({ name }) => (typeof name === 'string' ? name : undefined));
    // What is no token is no end either.
    pageToken = next === '' ? undefined : listing.next(typeof next === 'string' ? next : undefined, names);
  } while (pageToken !== undefined);
}

function bucketPath({ bucket }: Place): string {
  return `/storage/v1/b/${encodeURIComponent(bucket)}`;
}

/** An object's name is one segment of the path, its slashes encoded. */
function objectPath(place: Place, key: string): string {
  return `${bucketPath(place)}/o/${encodeURIComponent(keyOf(place, key)).replaceAll("'", '%27')}`;
}

/** @param key attacker-controlled */
function keyOf({ above }: Place, key: string): string {
  checkKey(key);
  return above + key;
}

/** Something on the way may answer in JSON, too. @throws BuildcacheError `protocol` for what is not about this object */
function requireObject(
  found: Readonly<Record<string, unknown>>,
  place: Place,
  key: string,
): Readonly<Record<string, unknown>> {
  if (found['name'] === keyOf(place, key)) return found;
  throw new BuildcacheError('protocol', 'the answer is not one of Google Cloud Storage', {
    url: `gs://${place.bucket}/${keyOf(place, key)}`,
    expected: 'an object and its name',
    hint: 'check the endpoint URL, and what is between here and there',
  });
}

/** An object resource: sizes and generations are decimal text there. */
function infoOf(found: Readonly<Record<string, unknown>>, key: string): ObjectInfo {
  const { size, updated, generation, contentType } = found;
  const modified = typeof updated === 'string' ? Date.parse(updated) : Number.NaN;
  return {
    key,
    size: typeof size === 'string' && /^\d{1,15}$/.test(size) ? Number(size) : undefined,
    modified: Number.isNaN(modified) ? undefined : new Date(modified),
    etag: typeof generation === 'string' ? generation : undefined,
    contentType: mediaType(typeof contentType === 'string' ? contentType : undefined),
  };
}

function mediaType(text: string | undefined): string | undefined {
  return text?.split(';')[0]?.trim().toLowerCase();
}

/** Generation 0 stands for an object that is not there. */
function conditionQuery(condition: PutCondition | undefined): { ifGenerationMatch?: string } {
  if (condition === undefined) return {};
  return { ifGenerationMatch: 'ifAbsent' in condition ? '0' : condition.ifMatch };
}

/** With this digest the server refuses bytes that were damaged on the way, or changed in the file since. */
async function md5Of(source: PutSource, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash('md5');
  if (source instanceof Uint8Array) return hash.update(source).digest('base64');
  const whole = source.sha256 === undefined ? undefined : createHash('sha256');
  const { file, size } = source;
  const found = await stat(file).catch((error: unknown) => {
    throw fileError(error, file, 'read');
  });
  if (found.size !== size) throw sizeChanged(file, size, found.size);
  // These bytes are read but not sent yet, so they are not reported.
  for await (const piece of await open(contentOf({ file, size }))) {
    throwIfCancelled(signal);
    hash.update(piece as Buffer);
    whole?.update(piece as Buffer);
  }
  if (whole !== undefined) verifySource(source, { size, sha256: whole.digest('hex') });
  return hash.digest('base64');
}

async function open(content: Content): Promise<Readable> {
  return content.size === 0 ? Readable.from([], { objectMode: false }) : await content.open(0, content.size);
}

function multipart(
  metadata: Readonly<Record<string, string | undefined>> & { readonly contentType: string | undefined },
  content: Content,
): { readonly length: number; readonly boundary: string; readonly body: () => Promise<Readable> } {
  // Random: content that contains the boundary would end there.
  const boundary = `buildcache-${randomBytes(16).toString('hex')}`;
  const start = Buffer.from(
    `--${boundary}\r\ncontent-type: application/json; charset=UTF-8\r\n\r\n${JSON.stringify(metadata)}\r\n` +
      `--${boundary}\r\ncontent-type: ${metadata.contentType ?? 'application/octet-stream'}\r\n\r\n`,
  );
  const end = Buffer.from(`\r\n--${boundary}--\r\n`);
  const pieces = async function* () {
    yield start;
    yield* await open(content);
    yield end;
  };
  return {
    boundary,
    length: start.length + content.size + end.length,
    body: async () => Readable.from(pieces(), { objectMode: false }),
  };
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function notAList(url: string, found: unknown): BuildcacheError {
  return new BuildcacheError('protocol', 'the listing is not one of Google Cloud Storage', {
    url,
    expected: 'a list "items"',
    found: kindOf(found),
    hint: 'check the endpoint URL',
  });
}

function absent(url: string, what: string): BuildcacheError {
  return new BuildcacheError('not-found', `${what} is not there`, { url });
}

function parseEndpoint(text: string): URL {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text);
  throw new BuildcacheError('bad-input', 'not an endpoint of Google Cloud Storage', {
    url: redactUrl(text),
    expected: 'https://…',
  });
}
