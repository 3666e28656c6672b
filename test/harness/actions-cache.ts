/**
 * The GitHub Actions cache service, version 2, as far as `@actions/cache` 6 uses it: three Twirp methods, and
 * the Azure blob requests behind the URLs these hand out (Put Blob, Put Block, Put Block List, Get Blob).
 * Entries are immutable; a key finds itself, else the newest entry it is a prefix of; the restore keys follow.
 * A URL on 127.0.0.1 is enough: the toolkit checks no host names, it only downloads with plain GET then.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { listen } from './listen.ts';

export interface CacheRequest {
  /** `CreateCacheEntry`, `FinalizeCacheEntryUpload`, `GetCacheEntryDownloadURL`, `PUT blob`, `GET blob`. */
  readonly what: string;
  /** The key that was asked for, of a Twirp request. */
  readonly key: string | undefined;
  status: number;
}

export interface CacheOptions {
  /** A status to answer with instead. */
  readonly fault?: (request: Omit<CacheRequest, 'status'>) => number | undefined;
}

export interface ActionsCache extends AsyncDisposable {
  readonly url: string;
  /** What the runner would set for JavaScript actions. */
  readonly env: Readonly<Record<string, string>>;
  readonly requests: readonly CacheRequest[];
  /** Finished entries, oldest first. */
  entries(): readonly { readonly key: string; readonly size: number }[];
  /** Puts another archive under a key, as a job can do that has been taken over. */
  replace(key: string, archive: Buffer): void;
  close(): Promise<void>;
}

/** The fields of the three requests; a fake believes what it is told. */
interface TwirpBody {
  readonly key: string;
  readonly version: string;
  readonly restore_keys?: readonly string[];
  readonly size_bytes?: string;
}

interface Entry {
  readonly id: number;
  readonly key: string;
  readonly version: string;
  readonly blob: string;
  finished: boolean;
}

const service = '/twirp/github.actions.results.api.v1.CacheService/';

export async function startActionsCache(options: CacheOptions = {}): Promise<ActionsCache> {
  const token = randomBytes(16).toString('hex');
  const signature = randomBytes(16).toString('hex');
  const requests: CacheRequest[] = [];
  const entries: Entry[] = [];
  const blobs = new Map<string, Buffer>();
  const blocks = new Map<string, Buffer>();

  const answer = (
    request: CacheRequest,
    response: ServerResponse,
    status: number,
    body: object | Buffer = {},
  ) => {
    request.status = status;
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
    const type = Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json';
    const md5 = createHash('md5').update(bytes).digest();
    response.writeHead(status, {
      'content-type': type,
      'content-length': bytes.length,
      etag: `"0x${md5.toString('hex').slice(0, 15)}"`,
      'last-modified': new Date().toUTCString(),
      'x-ms-request-id': randomBytes(8).toString('hex'),
      'x-ms-version': '2025-01-05',
    });
    response.end(bytes);
  };
  const signed = (blob: string) => `${listening.url}/account/cache/${blob}?sig=${signature}&se=2099-01-01`;
  const find = (wanted: string, version: string): Entry | undefined => {
    const mine = entries.filter((entry) => entry.finished && entry.version === version);
    return (
      mine.find((entry) => entry.key === wanted) ?? mine.findLast((entry) => entry.key.startsWith(wanted))
    );
  };

  const twirp = async (incoming: IncomingMessage, response: ServerResponse, what: string) => {
    const body = JSON.parse((await buffer(incoming)).toString('utf8')) as TwirpBody;
    const { key, version, restore_keys: restoreKeys = [], size_bytes: said = '' } = body;
    const request = log(what, key);
    const fault = options.fault?.(request);
    if (fault !== undefined) return answer(request, response, fault, { code: 'internal', msg: 'as asked' });
    if (incoming.headers.authorization !== `Bearer ${token}`) {
      return answer(request, response, 401, { code: 'unauthenticated', msg: 'invalid token' });
    }
    const open = entries.find((entry) => entry.key === key && entry.version === version);
    switch (what) {
      case 'CreateCacheEntry': {
        if (open !== undefined) {
          const msg = 'cache entry with the same key, version, and scope already exists';
          return answer(request, response, 409, { code: 'already_exists', msg });
        }
        const entry = {
          id: entries.length + 1,
          key,
          version,
          blob: randomBytes(8).toString('hex'),
          finished: false,
        };
        entries.push(entry);
        return answer(request, response, 200, { ok: true, signed_upload_url: signed(entry.blob) });
      }
      case 'FinalizeCacheEntryUpload': {
        const size = open === undefined ? undefined : blobs.get(open.blob)?.length;
        if (open === undefined || String(size) !== said) {
          return answer(request, response, 200, {
            ok: false,
            message: `${said} bytes said, ${size} there`,
          });
        }
        open.finished = true;
        return answer(request, response, 200, { ok: true, entry_id: String(open.id) });
      }
      case 'GetCacheEntryDownloadURL': {
        const entry = [key, ...restoreKeys]
          .map((wanted) => find(wanted, version))
          .find((found) => found !== undefined);
        if (entry === undefined) return answer(request, response, 200, { ok: false });
        const found = { ok: true, signed_download_url: signed(entry.blob), matched_key: entry.key };
        return answer(request, response, 200, found);
      }
      default:
        return answer(request, response, 404, { code: 'bad_route', msg: what });
    }
  };

  const azure = async (incoming: IncomingMessage, response: ServerResponse, url: URL) => {
    const request = log(`${incoming.method} blob`, undefined);
    const body = await buffer(incoming);
    const fault = options.fault?.(request);
    if (fault !== undefined) return answer(request, response, fault);
    if (url.searchParams.get('sig') !== signature) return answer(request, response, 403);
    const blob = url.pathname.split('/').at(-1) ?? '';
    if (incoming.method === 'PUT') {
      const comp = url.searchParams.get('comp');
      if (comp === 'block') blocks.set(`${blob} ${url.searchParams.get('blockid')}`, body);
      else if (comp === 'blocklist') {
        const ids = [...body.toString('utf8').matchAll(/<Latest>(.*?)<\/Latest>/g)];
        blobs.set(blob, Buffer.concat(ids.map(([, id]) => blocks.get(`${blob} ${id}`) ?? Buffer.alloc(0))));
      } else blobs.set(blob, body);
      return answer(request, response, 201);
    }
    const content = blobs.get(blob);
    return content === undefined ? answer(request, response, 404) : answer(request, response, 200, content);
  };

  const log = (what: string, key: string | undefined): CacheRequest => {
    const request = { what, key, status: 0 };
    requests.push(request);
    return request;
  };
  const listening = await listen((incoming, response) => {
    const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
    const handled = url.pathname.startsWith(service)
      ? twirp(incoming, response, url.pathname.slice(service.length))
      : azure(incoming, response, url);
    handled.catch((error: unknown) => response.writeHead(599).end(String(error)));
  });
  return {
    url: listening.url,
    env: {
      ACTIONS_RESULTS_URL: `${listening.url}/`,
      ACTIONS_RUNTIME_TOKEN: token,
      ACTIONS_CACHE_SERVICE_V2: 'True',
    },
    requests,
    entries: () =>
      entries.flatMap(({ key, blob, finished }) =>
        finished ? [{ key, size: blobs.get(blob)?.length ?? 0 }] : [],
      ),
    replace(key, archive) {
      for (const entry of entries) if (entry.key === key) blobs.set(entry.blob, archive);
    },
    close: listening.close,
    [Symbol.asyncDispose]: listening.close,
  };
}
