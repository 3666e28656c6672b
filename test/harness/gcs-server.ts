/**
 * A small Google Cloud Storage for tests: the JSON API as far as mirrors need it, one bucket named `bucket`, objects in
 * memory with generations and conditions, every request noted, faults on demand.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen } from './listen.ts';

export interface GcsObject {
  readonly content: Buffer;
  readonly generation: number;
  readonly updated: Date;
  readonly contentType: string | undefined;
}

export interface GcsRequestNote {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
}

export interface GcsServerOptions {
  /** Without it anybody may do anything. */
  readonly token?: string;
  readonly pageSize?: number;
  /** Bytes of a copy for each request. */
  readonly rewriteMost?: number;
  /** Asked for each request: a status to refuse with, or to cut the connection before or after it was done. */
  readonly fault?: (request: GcsRequestNote) => number | 'reset' | 'lose' | undefined;
}

export interface GcsServer extends AsyncDisposable {
  readonly url: string;
  readonly objects: Map<string, GcsObject>;
  readonly requests: GcsRequestNote[];
}

class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export async function startGcsServer(options: GcsServerOptions = {}): Promise<GcsServer> {
  const objects = new Map<string, GcsObject>();
  const requests: GcsRequestNote[] = [];
  const copied = new Map<string, number>();
  let generation = 1_700_000_000_000_000;

  const resource = (name: string, { content, generation: g, updated, contentType }: GcsObject) => ({
    kind: 'storage#object',
    name,
    bucket: 'bucket',
    size: `${content.length}`,
    generation: `${g}`,
    updated: updated.toISOString(),
    contentType,
  });
  const requireGeneration = (name: string, query: URLSearchParams) => {
    const wanted = query.get('ifGenerationMatch');
    if (wanted !== null && Number(wanted) !== (objects.get(name)?.generation ?? 0)) {
      throw new Refusal(412, 'At least one of the pre-conditions you specified did not hold.');
    }
  };
  const store = (name: string, content: Buffer, contentType: string | undefined, query: URLSearchParams) => {
    requireGeneration(name, query);
    const object = { content, generation: ++generation, updated: new Date(), contentType };
    objects.set(name, object);
    return resource(name, object);
  };
  const found = (name: string): GcsObject => {
    const object = objects.get(name);
    if (object === undefined) throw new Refusal(404, `No such object: bucket/${name}`);
    return object;
  };

  const upload = (message: IncomingMessage, body: Buffer, query: URLSearchParams) => {
    const boundary = /boundary=(\S+)/.exec(message.headers['content-type'] ?? '')?.[1];
    const text = body.toString('latin1');
    const [, first = '', head = ''] =
      new RegExp(`^--${boundary}\r\n[^]*?\r\n\r\n([^]*?)\r\n--${boundary}\r\n([^]*?)\r\n\r\n`).exec(text) ??
      [];
    const start = text.indexOf('\r\n\r\n', text.indexOf(first) + first.length) + 4;
    const content = body.subarray(start, body.length - `\r\n--${boundary}--\r\n`.length);
    const metadata = JSON.parse(Buffer.from(first, 'latin1').toString('utf8'));
    const md5 = createHash('md5').update(content).digest('base64');
    if (metadata.md5Hash !== md5) throw new Refusal(400, `Provided MD5 hash doesn't match ${md5}.`);
    return store(
      metadata.name,
      content,
      metadata.contentType ?? /content-type: (\S+)/.exec(head)?.[1],
      query,
    );
  };

  const list = (query: URLSearchParams) => {
    const prefix = query.get('prefix') ?? '';
    const names = [...objects.keys()].filter((name) => name.startsWith(prefix)).sort();
    const start = Number(query.get('pageToken') ?? 0);
    const end = start + (options.pageSize ?? 1000);
    const items = names.slice(start, end).map((name) => resource(name, found(name)));
    return {
      kind: 'storage#objects',
      ...(items.length === 0 ? {} : { items }),
      ...(end < names.length ? { nextPageToken: `${end}` } : {}),
    };
  };

  const rewrite = (from: string, to: string, query: URLSearchParams) => {
    const { content, contentType } = found(from);
    const token = query.get('rewriteToken') ?? `t${copied.size}`;
    const done = (copied.get(token) ?? 0) + (options.rewriteMost ?? Number.POSITIVE_INFINITY);
    copied.set(token, done);
    if (done < content.length) return { done: false, rewriteToken: token };
    return { done: true, resource: store(to, content, contentType, query) };
  };

  const media = (
    name: string,
    message: IncomingMessage,
    query: URLSearchParams,
    response: ServerResponse,
  ) => {
    const { content, generation: g, updated, contentType } = found(name);
    if (query.get('ifGenerationNotMatch') === `${g}`) return void response.writeHead(304).end();
    const headers: Record<string, string> = {
      'x-goog-generation': `${g}`,
      'last-modified': updated.toUTCString(),
      ...(contentType === undefined ? {} : { 'content-type': contentType }),
    };
    const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(message.headers.range ?? '') ?? [];
    if (first === undefined) {
      return void response.writeHead(200, { ...headers, 'content-length': content.length }).end(content);
    }
    const start = Number(first);
    if (start >= content.length) {
      return void response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
    }
    const part = content.subarray(start, last === '' ? undefined : Number(last) + 1);
    headers['content-range'] = `bytes ${start}-${start + part.length - 1}/${content.length}`;
    response.writeHead(206, { ...headers, 'content-length': part.length }).end(part);
  };

  const answer = (message: IncomingMessage, body: Buffer, note: GcsRequestNote, response: ServerResponse) => {
    const { method, path, query } = note;
    const send = (document: unknown, status = 200) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(document));
    if (options.token !== undefined && note.authorization !== `Bearer ${options.token}`) {
      throw new Refusal(401, 'Anonymous caller does not have storage.objects.get access.');
    }
    const [, isUpload, bucket, rest = ''] = /^(\/upload)?\/storage\/v1\/b\/([^/]+)\/o(.*)$/.exec(path) ?? [];
    if (bucket !== 'bucket') throw new Refusal(404, 'The specified bucket does not exist.');
    if (isUpload !== undefined) return send(upload(message, body, query));
    if (rest === '') return send(list(query));
    const [name = '', target] = rest.slice(1).split('/rewriteTo/b/bucket/o/').map(decodeURIComponent);
    if (target !== undefined) return send(rewrite(name, target, query));
    if (method === 'DELETE') {
      found(name);
      requireGeneration(name, query);
      objects.delete(name);
      return void response.writeHead(204).end();
    }
    if (query.get('alt') === 'media') return media(name, message, query, response);
    return send(resource(name, found(name)));
  };

  const serve = async (message: IncomingMessage, response: ServerResponse) => {
    const url = new URL(message.url ?? '', 'http://host');
    const { authorization } = message.headers;
    const note = { method: message.method ?? '', path: url.pathname, query: url.searchParams, authorization };
    requests.push(note);
    const fault = options.fault?.(note);
    if (fault === 'reset') return void message.socket.destroy();
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk);
    try {
      if (typeof fault === 'number') throw new Refusal(fault, 'So it was asked for.');
      if (fault === 'lose') message.socket.destroy();
      answer(message, Buffer.concat(chunks), note, response);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { status, message: text } = error;
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify({ error: { code: status, message: text } }));
    }
  };

  const server = await listen(
    (message, response) => void serve(message, response).catch(() => response.destroy()),
  );
  return { url: server.url, objects, requests, [Symbol.asyncDispose]: () => server.close() };
}
