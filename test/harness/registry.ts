/**
 * A strict OCI registry in this process, after the distribution specification 1.1, that does what Debian's does
 * not: tokens, referrers, pages, mounts, redirects of blobs to another host, chunk and offset checks, and all
 * the ways in which registries and the networks before them fail. Every request is logged.
 */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { listen } from './listen.ts';
import {
  acceptManifest,
  emptyRepository,
  Refused,
  referrersOf,
  type TestRepository,
} from './registry-store.ts';
import { type TestAuth, type TestTokens, testTokens } from './registry-tokens.ts';
import { CutOff, receive, testUploads } from './registry-uploads.ts';

export interface RegistryRequestLog {
  readonly method: string;
  /** As sent: encoded, query included. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** 1 for the first request of this method and path without its query, 2 for the next, … */
  readonly attempt: number;
  /** Bytes of its body. */
  received: number;
  /** Undefined where no answer was sent. */
  status: number | undefined;
}

export type RegistryFault =
  | undefined
  /** This instead of an answer. */
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  /** The connection is reset before anything is read or answered. */
  | 'reset'
  /** The request is carried out, but its answer is lost. */
  | 'lose-answer'
  /** The connection ends when so many bytes of the request's body have come; they are kept. */
  | { readonly cutAfter: number }
  /** The connection ends after so many bytes of the answer's body. */
  | { readonly truncateAt: number }
  /** One bit of the answer's body is flipped. */
  | 'corrupt';

export interface TestRegistryOptions {
  readonly auth?: TestAuth;
  /** Off: no such API, and no `OCI-Subject`. */
  readonly referrers?: boolean;
  readonly deletes?: 'all' | 'digests' | 'none';
  readonly mounts?: boolean;
  /** Off: an upload that broke off is gone. */
  readonly resumable?: boolean;
  /** Blobs are fetched from another host and port. */
  readonly blobRedirects?: boolean;
  /** Most tags on one page, whatever is asked for. */
  readonly page?: number;
  /** Most bytes of one request: 413 above. */
  readonly requestMost?: number;
  readonly chunkLeast?: number;
  /** Most bytes of a chunk that are kept. */
  readonly chunkKept?: number;
  readonly tls?: boolean;
  readonly fault?: (request: RegistryRequestLog) => RegistryFault;
}

export interface TestRegistry extends AsyncDisposable {
  /** `127.0.0.1:<port>`. */
  readonly host: string;
  /** `oci+http://host/` or, with TLS, `oci://host/`: append a name. */
  readonly url: string;
  readonly ca: string | undefined;
  readonly requests: RegistryRequestLog[];
  /** TCP connections so far. */
  connections(): number;
  readonly tokens: TestTokens;
  /** `Authorization` headers, or undefined, that came to the host blobs are redirected to. */
  readonly redirected: (string | undefined)[];
  /** Made when it is first named. */
  repository(name: string): TestRepository;
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | undefined;
}

export async function startRegistry(options: TestRegistryOptions = {}): Promise<TestRegistry> {
  const requests: RegistryRequestLog[] = [];
  const attempts = new Map<string, number>();
  const repositories = new Map<string, TestRepository>();
  const redirected: (string | undefined)[] = [];
  const tokens = testTokens(options.auth);

  const repository = (name: string): TestRepository => {
    const found = repositories.get(name) ?? emptyRepository();
    repositories.set(name, found);
    return found;
  };
  const uploads = testUploads(options, repositories, repository);
  const existing = (name: string): TestRepository => {
    const found = repositories.get(name);
    if (found === undefined) throw new Refused(404, 'NAME_UNKNOWN', 'repository name not known to registry');
    return found;
  };

  const tokenServer = await listen((incoming, response) => void tokens.handle(incoming, response));
  const blobServer = await listen((incoming, response) => {
    redirected.push(incoming.headers.authorization);
    const [, name = '', digest = ''] = /^\/(.+)\/(sha256:[0-9a-f]{64})\?/.exec(incoming.url ?? '') ?? [];
    const blob = repositories.get(name)?.blobs.get(digest);
    send(incoming, response, blob === undefined ? { status: 403 } : ranged(incoming, blob), undefined);
  });
  const elsewhere = (url: string) => url.replace('127.0.0.1', 'localhost');

  const tokenPath = (options.auth?.kind === 'bearer' ? options.auth.path : undefined) ?? '/token';
  const realm = (): string => {
    const { auth } = options;
    if (auth?.kind !== 'bearer') return '';
    if (auth.realm !== undefined) return auth.realm;
    if (auth.endpoint === 'port') return `${tokenServer.url}/token`;
    return auth.endpoint === 'host' ? `${elsewhere(tokenServer.url)}/token` : `${main.url}${tokenPath}`;
  };

  const answerTo = async (
    incoming: IncomingMessage,
    log: RegistryRequestLog,
    fault: RegistryFault,
  ): Promise<Answer> => {
    const url = new URL(log.path, 'http://here');
    const { method } = log;
    const needed = scopesFor(method, url);
    const challenge = tokens.challenge(log.headers.authorization, needed, realm());
    if (challenge !== undefined) {
      throw new Refused(401, 'UNAUTHORIZED', 'authentication required', { 'www-authenticate': challenge });
    }
    if (url.pathname === '/v2/') return { status: 200, body: Buffer.from('{}') };
    const [, name = '', kind = '', rest = ''] =
      /^\/v2\/(.+?)\/(manifests|blobs\/uploads|blobs|tags|referrers)\/(.*)$/.exec(url.pathname) ?? [];
    switch (kind) {
      case 'manifests':
        return await manifests(incoming, log, name, decodeURIComponent(rest));
      case 'blobs':
        return blobs(incoming, existing(name), name, decodeURIComponent(rest));
      case 'blobs/uploads':
        return rest === ''
          ? uploads.begin(log, url, name)
          : await uploads.proceed(incoming, log, url, name, rest, fault);
      case 'tags':
        return tags(url, existing(name), name);
      case 'referrers': {
        if (options.referrers === false)
          return { status: 404, headers: PLAIN, body: Buffer.from('404 page not found\n') };
        const type = url.searchParams.get('artifactType');
        return json(200, {
          schemaVersion: 2,
          mediaType: INDEX,
          manifests: referrersOf(existing(name), rest, type),
        });
      }
      default:
        return { status: 404, headers: PLAIN, body: Buffer.from('404 page not found\n') };
    }
  };

  const manifests = async (
    incoming: IncomingMessage,
    log: RegistryRequestLog,
    name: string,
    reference: string,
  ): Promise<Answer> => {
    if (log.method === 'PUT') {
      const bytes = await receive(incoming, log, undefined);
      const mediaType = log.headers['content-type'] ?? '';
      const { digest, subject } = acceptManifest(repository(name), reference, { bytes, mediaType });
      const knows = subject !== undefined && options.referrers !== false;
      return {
        status: 201,
        headers: {
          'docker-content-digest': digest,
          location: log.path,
          ...(knows ? { 'oci-subject': subject } : {}),
        },
      };
    }
    const found = existing(name);
    const digest = reference.includes(':') ? reference : found.tags.get(reference);
    const manifest = found.manifests.get(digest ?? '');
    if (log.method === 'DELETE') {
      const byTag = !reference.includes(':');
      if (options.deletes === 'none' || (byTag && options.deletes === 'digests')) {
        throw new Refused(405, 'UNSUPPORTED', 'the operation is unsupported');
      }
      if (digest === undefined || manifest === undefined)
        throw new Refused(404, 'MANIFEST_UNKNOWN', 'unknown');
      if (byTag) found.tags.delete(reference);
      else {
        found.manifests.delete(digest);
        for (const [tag, meant] of found.tags) if (meant === digest) found.tags.delete(tag);
      }
      return { status: 202 };
    }
    if (digest === undefined || manifest === undefined)
      throw new Refused(404, 'MANIFEST_UNKNOWN', 'manifest unknown');
    const accept = log.headers.accept ?? '';
    if (!accept.includes(manifest.mediaType))
      throw new Refused(404, 'MANIFEST_UNKNOWN', 'of another media type');
    const headers = { 'content-type': manifest.mediaType, 'docker-content-digest': digest };
    return { status: 200, headers, body: manifest.bytes };
  };

  const blobs = (incoming: IncomingMessage, found: TestRepository, name: string, digest: string): Answer => {
    const blob = found.blobs.get(digest);
    if (blob === undefined) throw new Refused(404, 'BLOB_UNKNOWN', 'blob unknown to registry');
    if (options.blobRedirects === true && incoming.method === 'GET') {
      return {
        status: 307,
        headers: { location: `${elsewhere(blobServer.url)}/${name}/${digest}?signature=secret` },
      };
    }
    const answer = ranged(incoming, blob);
    return { ...answer, headers: { ...answer.headers, 'docker-content-digest': digest } };
  };

  const tags = (url: URL, found: TestRepository, name: string): Answer => {
    const n = Math.min(Number(url.searchParams.get('n') ?? 100), options.page ?? 1_000);
    const last = url.searchParams.get('last') ?? '';
    const after = [...found.tags.keys()].sort().filter((tag) => tag > last);
    const page = after.slice(0, n);
    const link: Record<string, string> =
      after.length > n ? { link: `</v2/${name}/tags/list?n=${n}&last=${page.at(-1)}>; rel="next"` } : {};
    const answer = json(200, { name, tags: page });
    return { ...answer, headers: { ...answer.headers, ...link } };
  };

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = incoming.url ?? '/';
    if (path.startsWith(tokenPath)) return await tokens.handle(incoming, response);
    const method = incoming.method ?? '';
    const key = `${method} ${path.replace(/\?.*/, '')}`;
    const attempt = (attempts.get(key) ?? 0) + 1;
    attempts.set(key, attempt);
    const log: RegistryRequestLog = {
      method,
      path,
      headers: incoming.headers,
      attempt,
      received: 0,
      status: undefined,
    };
    requests.push(log);
    const fault = options.fault?.(log);
    if (fault === 'reset') return void incoming.socket.resetAndDestroy();
    let answer: Answer;
    if (typeof fault === 'object' && 'status' in fault) {
      answer = { status: fault.status, headers: fault.headers ?? {}, body: Buffer.from(fault.body ?? '') };
      incoming.resume();
    } else {
      try {
        answer = await answerTo(incoming, log, fault);
      } catch (error) {
        if (error instanceof CutOff) return;
        if (!(error instanceof Refused)) throw error;
        const { status, code, message, headers } = error;
        const said = json(status, { errors: [{ code, message, detail: null }] });
        answer = { ...said, headers: { ...said.headers, ...headers } };
      }
    }
    if (fault === 'lose-answer') return void response.socket?.destroy();
    log.status = answer.status;
    send(incoming, response, answer, fault);
  };

  const main = await listen(
    (incoming, response) => {
      handle(incoming, response).catch((error: unknown) => {
        if (!response.headersSent) response.writeHead(599).end(`test registry: ${String(error)}`);
      });
    },
    { tls: options.tls === true },
  );
  const host = new URL(main.url).host;
  const close = async () => {
    for (const each of [main, tokenServer, blobServer]) await each.close();
  };
  return {
    host,
    url: `${options.tls === true ? 'oci' : 'oci+http'}://${host}/`,
    ca: main.ca,
    requests,
    connections: main.connections,
    tokens,
    redirected,
    repository,
    close,
    [Symbol.asyncDispose]: close,
  };
}

const INDEX = 'application/vnd.oci.image.index.v1+json';
const PLAIN = { 'content-type': 'text/plain; charset=utf-8' };

/** What a request needs, in the words of token scopes. */
function scopesFor(method: string, url: URL): string[] {
  const [, name = '', kind = ''] =
    /^\/v2\/(.+?)\/(manifests|blobs|tags|referrers)\//.exec(url.pathname) ?? [];
  if (name === '') return [];
  const from = url.searchParams.get('from');
  const reading = method === 'GET' || method === 'HEAD';
  const right = reading ? 'pull' : method === 'DELETE' && kind === 'manifests' ? 'delete' : 'pull,push';
  return [`repository:${name}:${right}`, ...(from === null ? [] : [`repository:${from}:pull`])];
}

function ranged(incoming: IncomingMessage, blob: Buffer): Answer {
  const headers = { 'content-type': 'application/octet-stream' };
  const match = /^bytes=(\d+)-(\d*)$/.exec(incoming.headers.range ?? '');
  if (match === null) return { status: 200, headers, body: blob };
  const start = Number(match[1]);
  const end = match[2] === '' ? blob.length - 1 : Math.min(Number(match[2]), blob.length - 1);
  if (start > end) return { status: 416, headers: { 'content-range': `bytes */${blob.length}` } };
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${start}-${end}/${blob.length}` },
    body: blob.subarray(start, end + 1),
  };
}

function json(status: number, document: unknown): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(document)),
  };
}

function send(
  incoming: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  fault: RegistryFault,
): void {
  const body = fault === 'corrupt' ? flipped(answer.body) : (answer.body ?? Buffer.alloc(0));
  const length: Record<string, string> =
    answer.status === 204 ? {} : { 'content-length': String(body.length) };
  response.writeHead(answer.status, { ...length, ...answer.headers });
  if (incoming.method === 'HEAD') return void response.end();
  if (typeof fault === 'object' && 'truncateAt' in fault) {
    response.write(body.subarray(0, fault.truncateAt), () => response.socket?.destroy());
    return;
  }
  response.end(body);
}

function flipped(body: Buffer = Buffer.alloc(0)): Buffer {
  const copy = Buffer.from(body);
  const middle = copy.length >> 1;
  if (copy.length > 0) copy[middle] = (copy[middle] ?? 0) ^ 1;
  return copy;
}
