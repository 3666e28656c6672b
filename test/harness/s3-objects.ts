/**
 * What an S3 server does, without the network: requests in, answers out, objects in memory. As faithful to
 * AWS as our client and its tests need: conditions, ranges, pages of listings, copies, uploads in parts.
 */
import { createHash, randomBytes } from 'node:crypto';

export interface S3Request {
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface S3Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

export interface S3Object {
  readonly content: Buffer;
  /** With its quotes. */
  readonly etag: string;
  readonly modified: Date;
  readonly contentType: string;
  readonly cacheControl: string | undefined;
}

/**
 * What becomes of conditions on writes. `native`: as at AWS. `unquoted-etag`: as with Ceph, where only a bare
 * etag matches, and copies and uploads in parts take no conditions. `ignored`: written anyway. `rejected`: 501, as some gateways do.
 */
export type S3ConditionMode = 'native' | 'unquoted-etag' | 'ignored' | 'rejected';

export interface S3ObjectsOptions {
  readonly buckets: readonly string[];
  readonly conditions: S3ConditionMode;
  /** Most keys of one page of a listing. */
  readonly pageSize: number;
  /** Bytes over which CopyObject refuses (5 GiB at AWS). */
  readonly copyLimit: number;
  /** Fewest bytes of a part that is not the last (5 MiB at AWS). */
  readonly partLeast: number;
  /** Who may not list is not told what is absent either. */
  readonly hideAbsent: boolean;
}

interface Upload {
  readonly path: string;
  readonly initiated: Date;
  readonly headers: Readonly<Record<string, string>>;
  readonly parts: Map<number, { readonly content: Buffer; readonly etag: string }>;
}

export class S3Objects {
  /** By `bucket/key`. */
  readonly objects = new Map<string, S3Object>();
  /** Unfinished ones. */
  readonly uploads = new Map<string, Upload>();
  readonly #options: S3ObjectsOptions;

  constructor(options: S3ObjectsOptions) {
    this.#options = options;
  }

  answer(request: S3Request): S3Answer {
    try {
      return this.#route(request);
    } catch (error) {
      if (error instanceof S3Failure) return error.answer();
      throw error;
    }
  }

  #route(request: S3Request): S3Answer {
    const { method, bucket, key, query, headers } = request;
    if (!this.#options.buckets.includes(bucket)) throw new S3Failure(404, 'NoSuchBucket');
    const path = `${bucket}/${key}`;
    if (key === '') {
      if (method === 'HEAD') return { status: 200 };
      if (method === 'GET' && query.get('list-type') === '2') return this.#list(bucket, query);
      if (method === 'GET' && query.has('uploads')) return this.#listUploads();
      if (method === 'POST' && query.has('delete')) return this.#deleteMany(request);
      throw new S3Failure(501, 'NotImplemented');
    }
    const uploadId = query.get('uploadId');
    switch (method) {
      case 'GET':
      case 'HEAD':
        return this.#get(path, request);
      case 'PUT':
        if (uploadId !== null) return this.#putPart(uploadId, request);
        if (headers['x-amz-copy-source'] !== undefined) return this.#copy(path, request);
        this.#checkConditions(path, headers);
        return { status: 200, headers: { etag: this.#store(path, request.body, headers).etag } };
      case 'DELETE':
        if (uploadId === null) {
          this.#checkConditions(path, headers);
          this.objects.delete(path);
        } else if (!this.uploads.delete(uploadId)) throw new S3Failure(404, 'NoSuchUpload');
        return { status: 204 };
      case 'POST':
        if (query.has('uploads')) return this.#create(path, request);
        if (uploadId !== null) return this.#complete(uploadId, request);
        throw new S3Failure(501, 'NotImplemented');
      default:
        throw new S3Failure(405, 'MethodNotAllowed');
    }
  }

  #get(path: string, { method, headers }: S3Request): S3Answer {
    const found = this.#find(path, this.#options.hideAbsent);
    const about = {
      etag: found.etag,
      'last-modified': found.modified.toUTCString(),
      'content-type': found.contentType,
      'accept-ranges': 'bytes',
      ...(found.cacheControl === undefined ? {} : { 'cache-control': found.cacheControl }),
    };
    if (headers['if-none-match'] === found.etag) return { status: 304, headers: about };
    const size = found.content.length;
    const range = /^bytes=(\d+)-(\d*)$/.exec(headers['range'] ?? '');
    if (range === null || method === 'HEAD') {
      return { status: 200, headers: { ...about, 'content-length': String(size) }, body: found.content };
    }
    const start = Number(range[1]);
    if (start >= size) {
      const told = this.#options.conditions === 'unquoted-etag' ? {} : { 'content-range': `bytes */${size}` };
      throw new S3Failure(416, 'InvalidRange', told);
    }
    const content = found.content.subarray(start, range[2] === '' ? size : Number(range[2]) + 1);
    const contentRange = `bytes ${start}-${start + content.length - 1}/${size}`;
    return { status: 206, headers: { ...about, 'content-range': contentRange }, body: content };
  }

  #list(bucket: string, query: URLSearchParams): S3Answer {
    const prefix = query.get('prefix') ?? '';
    const encode = query.get('encoding-type') === 'url' ? formEncoded : escapeXml;
    const after = Buffer.from(query.get('continuation-token') ?? '', 'base64').toString();
    const asked = Number(query.get('max-keys') ?? this.#options.pageSize);
    const keys = [...this.objects.keys()]
      .filter((path) => path.startsWith(`${bucket}/${prefix}`))
      .map((path) => path.slice(bucket.length + 1))
      .sort()
      .filter((key) => after === '' || key > after);
    const page = keys.slice(0, Math.min(asked, this.#options.pageSize));
    const contents = page.map((key) => {
      const { content, etag, modified } = this.#find(`${bucket}/${key}`);
      return `<Contents><Key>${encode(key)}</Key><LastModified>${modified.toISOString()}</LastModified><ETag>${escapeXml(etag)}</ETag><Size>${content.length}</Size></Contents>`;
    });
    const next = keys.length > page.length ? Buffer.from(page.at(-1) ?? '').toString('base64') : undefined;
    return xml(
      'ListBucketResult',
      `<Name>${bucket}</Name><KeyCount>${page.length}</KeyCount><IsTruncated>${next !== undefined}</IsTruncated>` +
        (query.get('encoding-type') === 'url' ? '<EncodingType>url</EncodingType>' : '') +
        (next === undefined ? '' : `<NextContinuationToken>${next}</NextContinuationToken>`) +
        contents.join(''),
    );
  }

  #deleteMany({ bucket, body }: S3Request): S3Answer {
    const keys = [...body.toString().matchAll(/<Key>([^<]*)<\/Key>/g)].map((match) =>
      unescapeXml(match[1] ?? ''),
    );
    for (const key of keys) this.objects.delete(`${bucket}/${key}`);
    return xml('DeleteResult', keys.map((key) => `<Deleted><Key>${escapeXml(key)}</Key></Deleted>`).join(''));
  }

  #copy(path: string, { headers }: S3Request): S3Answer {
    if (this.#options.conditions !== 'unquoted-etag') this.#checkConditions(path, headers);
    const source = this.#copySource(headers);
    if (source.content.length > this.#options.copyLimit) {
      throw new S3Failure(
        400,
        'InvalidRequest',
        {},
        'The specified copy source is larger than the maximum allowable size',
      );
    }
    const about =
      headers['x-amz-metadata-directive'] === 'REPLACE'
        ? headers
        : { 'content-type': source.contentType, 'cache-control': source.cacheControl ?? '' };
    const { etag } = this.#store(path, source.content, about);
    const digest = createHash('sha256').update(source.content).digest('base64');
    const wanted = headers['x-amz-checksum-algorithm'] === 'SHA256';
    const checksum =
      wanted && this.#options.conditions === 'native' ? `<ChecksumSHA256>${digest}</ChecksumSHA256>` : '';
    return xml('CopyObjectResult', `<ETag>${escapeXml(etag)}</ETag>${checksum}`);
  }

  #create(path: string, { headers }: S3Request): S3Answer {
    const id = randomBytes(8).toString('hex');
    this.uploads.set(id, { path, initiated: new Date(), headers, parts: new Map() });
    return xml('InitiateMultipartUploadResult', `<UploadId>${id}</UploadId>`);
  }

  #putPart(id: string, { query, headers, body }: S3Request): S3Answer {
    const upload = this.#upload(id);
    let content = body;
    const copied = headers['x-amz-copy-source'] !== undefined;
    if (copied) {
      const range = /^bytes=(\d+)-(\d+)$/.exec(headers['x-amz-copy-source-range'] ?? '');
      const source = this.#copySource(headers).content;
      content = range === null ? source : source.subarray(Number(range[1]), Number(range[2]) + 1);
    }
    const etag = etagOf(content);
    upload.parts.set(Number(query.get('partNumber')), { content, etag });
    return copied
      ? xml('CopyPartResult', `<ETag>${escapeXml(etag)}</ETag>`)
      : { status: 200, headers: { etag } };
  }

  #complete(id: string, { headers, body }: S3Request): S3Answer {
    const upload = this.#upload(id);
    if (this.#options.conditions !== 'unquoted-etag') this.#checkConditions(upload.path, headers);
    const numbers = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber>/g)].map((match) =>
      Number(match[1]),
    );
    const parts = numbers.map((number) => upload.parts.get(number));
    const contents = parts.map((part) => {
      if (part === undefined) throw new S3Failure(400, 'InvalidPart');
      return part.content;
    });
    if (contents.slice(0, -1).some((content) => content.length < this.#options.partLeast)) {
      throw new S3Failure(400, 'EntityTooSmall');
    }
    const digests = contents.map((content) => createHash('md5').update(content).digest());
    const etag = `"${createHash('md5').update(Buffer.concat(digests)).digest('hex')}-${contents.length}"`;
    this.#store(upload.path, Buffer.concat(contents), upload.headers, etag);
    this.uploads.delete(id);
    return xml('CompleteMultipartUploadResult', `<ETag>${escapeXml(etag)}</ETag>`);
  }

  #listUploads(): S3Answer {
    const uploads = [...this.uploads].map(
      ([id, { path, initiated }]) =>
        `<Upload><Key>${escapeXml(path.slice(path.indexOf('/') + 1))}</Key><UploadId>${id}</UploadId><Initiated>${initiated.toISOString()}</Initiated></Upload>`,
    );
    return xml('ListMultipartUploadsResult', uploads.join(''));
  }

  #checkConditions(path: string, headers: Readonly<Record<string, string>>): void {
    const { conditions } = this.#options;
    const ifMatch = headers['if-match'];
    const ifNoneMatch = headers['if-none-match'];
    if ((ifMatch === undefined && ifNoneMatch === undefined) || conditions === 'ignored') return;
    if (conditions === 'rejected') {
      throw new S3Failure(
        501,
        'NotImplemented',
        {},
        'A header you provided implies functionality that is not implemented',
      );
    }
    const found = this.objects.get(path);
    if (ifNoneMatch === '*' && found !== undefined) throw new S3Failure(412, 'PreconditionFailed');
    if (ifMatch === undefined) return;
    if (found === undefined) {
      throw conditions === 'native'
        ? new S3Failure(404, 'NoSuchKey')
        : new S3Failure(412, 'PreconditionFailed');
    }
    const bare = found.etag.replaceAll('"', '');
    if (ifMatch !== bare && (conditions !== 'native' || ifMatch !== found.etag)) {
      throw new S3Failure(412, 'PreconditionFailed');
    }
  }

  #copySource(headers: Readonly<Record<string, string>>): S3Object {
    return this.#find(decodeURIComponent(headers['x-amz-copy-source'] ?? '').replace(/^\//, ''));
  }

  #find(path: string, hide = false): S3Object {
    const found = this.objects.get(path);
    if (found !== undefined) return found;
    throw hide ? new S3Failure(403, 'AccessDenied') : new S3Failure(404, 'NoSuchKey');
  }

  #upload(id: string): Upload {
    const found = this.uploads.get(id);
    if (found === undefined) throw new S3Failure(404, 'NoSuchUpload');
    return found;
  }

  #store(
    path: string,
    content: Buffer,
    headers: Readonly<Record<string, string>>,
    etag = etagOf(content),
  ): S3Object {
    const stored = {
      content,
      etag,
      modified: new Date(),
      contentType: headers['content-type'] ?? 'binary/octet-stream',
      cacheControl: headers['cache-control'],
    };
    this.objects.set(path, stored);
    return stored;
  }
}

export class S3Failure extends Error {
  readonly #status: number;
  readonly #code: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    headers: Readonly<Record<string, string>> = {},
    message: string = code,
  ) {
    super(message);
    this.#status = status;
    this.#code = code;
    this.#headers = headers;
  }

  answer(): S3Answer {
    const text = `<Code>${this.#code}</Code><Message>${escapeXml(this.message)}</Message>`;
    return {
      ...xml('Error', text),
      status: this.#status,
      headers: { 'content-type': 'application/xml', ...this.#headers },
    };
  }
}

function etagOf(content: Buffer): string {
  return `"${createHash('md5').update(content).digest('hex')}"`;
}

function xml(root: string, inner: string): S3Answer {
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<${root}>${inner}</${root}>`;
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: text };
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}

function unescapeXml(text: string): string {
  return text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}

/** As AWS encodes keys in a listing: spaces as plus signs, slashes as they are. */
function formEncoded(text: string): string {
  return encodeURIComponent(text).replaceAll('%20', '+').replaceAll('%2F', '/');
}
