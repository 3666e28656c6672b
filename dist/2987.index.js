export const id = 2987;
export const ids = [2987,4824,4802];
export const modules = {

/***/ 67844:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KW: () => (/* binding */ cancelled),
/* harmony export */   dZ: () => (/* binding */ throwIfCancelled),
/* harmony export */   pj: () => (/* binding */ withGrace)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/** Cancellation, said in one way: whoever notices an aborted signal throws the same `cancelled` error. */

/** The error an aborted signal stands for: its reason when that is one of ours, else `cancelled`. */
function cancelled(signal) {
    const reason = signal?.reason;
    if (reason instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO)
        return reason;
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('cancelled', 'cancelled', {}, reason);
}
/** @throws BuildcacheError `cancelled` (or the signal's own reason) when the signal is aborted */
function throwIfCancelled(signal) {
    if (signal?.aborted === true)
        throw cancelled(signal);
}
/** A signal that fires so many milliseconds after another: the time there is for what must still be finished. */
function withGrace(signal, milliseconds) {
    const grace = new AbortController();
    const begin = () => {
        // Who has finished need not wait for it.
        setTimeout(() => grace.abort(signal.reason), milliseconds).unref();
    };
    if (signal.aborted)
        begin();
    else
        signal.addEventListener('abort', begin, { once: true });
    return grace.signal;
}


/***/ }),

/***/ 39363:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ contentOf)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(57075);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/** The bytes of a blob to upload, from any of them on: in memory, in a file, or in a stream that opens again. */



const READ = 256 * 1024;
/** Bytes in memory go out in pieces: time-outs then are for a piece, however slow the whole. */
const PIECE = 64 * 1024;
function contentOf(source) {
    if (source instanceof Uint8Array) {
        const open = async (start, end) => streamOf(piecesOf(source.subarray(start, end)));
        return { size: source.length, open };
    }
    if ('file' in source) {
        const { file, size } = source;
        return { size, open: async (start, end) => streamOf(piecesOfFile(file, start, end)) };
    }
    const open = async (start, end) => streamOf(upTo(await source.open(start), end - start));
    return { size: source.size, open };
}
function streamOf(pieces) {
    return node_stream__WEBPACK_IMPORTED_MODULE_1__.Readable.from(pieces, { objectMode: false });
}
function* piecesOf(bytes) {
    for (let at = 0; at < bytes.length; at += PIECE)
        yield bytes.subarray(at, at + PIECE);
}
async function* piecesOfFile(file, start, end) {
    try {
        yield* (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.createReadStream)(file, { start, end: end - 1, highWaterMark: READ });
    }
    catch (error) {
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .fileError */ .zS)(error, file, 'read');
    }
}
async function* upTo(stream, most) {
    let left = most;
    for await (const piece of stream) {
        yield piece.subarray(0, left);
        left -= Math.min(left, piece.length);
        if (left === 0)
            return; // leaving destroys the stream
    }
}


/***/ }),

/***/ 32987:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openGcsStorage: () => (/* binding */ openGcsStorage)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: ./build/core/abort.js
var abort = __webpack_require__(67844);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/core/redact.js
var redact = __webpack_require__(193);
// EXTERNAL MODULE: ./build/storage/blob-content.js
var blob_content = __webpack_require__(39363);
// EXTERNAL MODULE: ./build/core/json.js
var json = __webpack_require__(28314);
// EXTERNAL MODULE: ./build/core/retry.js
var core_retry = __webpack_require__(68216);
// EXTERNAL MODULE: ./build/storage/http.js
var http = __webpack_require__(24824);
// EXTERNAL MODULE: ./build/storage/http-client.js
var http_client = __webpack_require__(84802);
;// CONCATENATED MODULE: ./build/storage/gcs-connection.js







/** Statuses that are for who asked to understand; 404 means that the object, not the bucket, is not there. */
const ANSWERS = [304, 404, 412, 416];
/** Bytes; a page of a listing has a thousand objects. */
const JSON_MOST = 16 * 1024 * 1024;
const MESSAGE_MOST = 200;
function connectGcs(http, options) {
    const { endpoint, token, retry } = options;
    const once = async (request) => {
        const { method, path, query = {}, headers, body, signal } = request;
        (0,abort/* throwIfCancelled */.dZ)(signal);
        const url = new URL(path, endpoint);
        for (const [name, value] of Object.entries(query)) {
            if (value !== undefined)
                url.searchParams.set(name, value);
        }
        const bearer = await token();
        const answer = await http.request({
            method,
            url,
            headers: { ...headers, ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }) },
            ...(body === undefined ? {} : { body: await body() }),
            signal,
        });
        const { status } = answer;
        if (status >= 200 && status < 300)
            return answer;
        if (ANSWERS.includes(status)) {
            // Range and media answers say what is missing in words only.
            const said = status === 404 ? await wordsOf(answer) : '';
            if (!/bucket does not exist/i.test(said)) {
                if (status !== 404)
                    await (0,http_client/* drain */.Z)(answer.body);
                return answer;
            }
            throw new errors/* BuildcacheError */.fO('not-found', 'there is no such bucket', {
                url: plain(url),
                hint: 'check the mirror URL',
            });
        }
        throw statusError(answer, url, await wordsOf(answer), bearer !== undefined);
    };
    const ask = (request) => (0,core_retry/* retrying */.R)(() => once(request), retry, request.signal);
    return {
        ask,
        async askJson(request) {
            return await (0,core_retry/* retrying */.R)(async () => {
                const answer = await once(request);
                if (answer.status === 404)
                    return undefined;
                if (answer.status === 412) {
                    throw new errors/* BuildcacheError */.fO('conflict', 'somebody else changed it meanwhile', {
                        url: plain(new URL(request.path, endpoint)),
                    });
                }
                return await readJson(answer, new URL(request.path, endpoint));
            }, retry, request.signal);
        },
    };
}
async function readJson(answer, url) {
    const chunks = [];
    let length = 0;
    for await (const chunk of answer.body) {
        length += chunk.length;
        if (length > JSON_MOST)
            throw notJson(url, `more than ${JSON_MOST} bytes`);
        chunks.push(chunk);
    }
    const text = Buffer.concat(chunks).toString('utf8');
    try {
        const document = JSON.parse(text);
        if ((0,json/* isObject */.Gv)(document))
            return document;
    }
    catch {
        // Said below.
    }
    throw notJson(url, JSON.stringify(text.slice(0, 40)));
}
function notJson(url, found) {
    return new errors/* BuildcacheError */.fO('protocol', 'the answer is none of Google Cloud Storage', {
        url: plain(url),
        expected: 'a JSON object',
        found,
        hint: 'check the endpoint URL',
    });
}
/** What a refusal says; its body is gone then. */
async function wordsOf({ body }) {
    let text = '';
    try {
        for await (const chunk of body) {
            text += chunk.toString('utf8');
            if (text.length > 64 * 1024)
                break;
        }
    }
    catch {
        // The status says enough.
    }
    try {
        const document = JSON.parse(text);
        const error = (0,json/* isObject */.Gv)(document) ? document['error'] : undefined;
        if ((0,json/* isObject */.Gv)(error) && typeof error['message'] === 'string')
            return error['message'];
    }
    catch {
        // Plain words.
    }
    return text;
}
function statusError(answer, url, words, hasToken) {
    const { status } = answer;
    const retryAfter = (0,http/* retryAfterSeconds */.C)(answer);
    const said = (0,errors/* oneLine */.TN)(words).slice(0, MESSAGE_MOST);
    const facts = {
        url: plain(url),
        status,
        found: said === '' ? `HTTP ${status}` : `HTTP ${status}: ${said}`,
        ...(retryAfter === undefined ? {} : { retryAfter }),
    };
    if (status === 401 || status === 403) {
        const hint = hasToken
            ? 'check what these credentials may do'
            : 'set GOOGLE_APPLICATION_CREDENTIALS, or run google-github-actions/auth before';
        return new errors/* BuildcacheError */.fO('denied', 'the bucket refuses access', { ...facts, hint });
    }
    if (status === 429)
        return new errors/* BuildcacheError */.fO('throttled', 'the server asks to slow down', facts);
    if (status >= 500 || status === 408)
        return new errors/* BuildcacheError */.fO('server-error', 'the server failed', facts);
    return new errors/* BuildcacheError */.fO('protocol', 'the server does not accept the request', facts);
}
/** Its query says nothing to people. */
function plain(url) {
    const shown = new URL(url);
    shown.search = '';
    return (0,redact/* redactUrl */.B)(shown);
}

// EXTERNAL MODULE: ./build/storage/key.js
var storage_key = __webpack_require__(19325);
// EXTERNAL MODULE: ./build/storage/payload.js
var payload = __webpack_require__(52312);
;// CONCATENATED MODULE: ./build/storage/gcs.js
/**
 * A bucket of Google Cloud Storage, or what is below a prefix of one, as a storage: `gs://` mirrors. Versions are told
 * by generations, and conditions are the server's own. As with S3, a put that failed as `unreachable` may have been
 * done, and asked again on its condition is a `conflict`.
 */











const GOOGLE = 'https://storage.googleapis.com';
/** @throws BuildcacheError `bad-input` for a bucket, prefix or endpoint that can be none */
function openGcsStorage(options) {
    const { bucket, prefix, http, token, retry } = options;
    if (!/^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/.test(bucket)) {
        throw new errors/* BuildcacheError */.fO('bad-input', 'not a bucket', { found: JSON.stringify(bucket.slice(0, 100)) });
    }
    if (prefix !== '')
        (0,storage_key/* checkKey */.yR)(prefix);
    const endpoint = parseEndpoint(options.endpointUrl ?? GOOGLE);
    const connection = connectGcs(http, { endpoint, token, retry });
    const place = { connection, bucket, above: prefix === '' ? '' : `${prefix}/` };
    const url = `gs://${bucket}${prefix === '' ? '' : `/${prefix}`}`;
    const head = async (key, { signal } = {}) => {
        const found = await connection.askJson({ method: 'GET', path: objectPath(place, key), signal });
        return found && infoOf(found, key);
    };
    const storage = {
        url,
        conditions: 'native',
        head,
        async get(key, { range, ifNoneMatch, signal } = {}) {
            const answer = await connection.ask({
                method: 'GET',
                path: objectPath(place, key),
                query: { alt: 'media', ifGenerationNotMatch: ifNoneMatch },
                // Whatever is stored, as it is stored: what is compressed would be unpacked on the way.
                headers: {
                    'accept-encoding': 'gzip',
                    ...(range === undefined ? {} : { range: `bytes=${range.start}-${range.end ?? ''}` }),
                },
                signal,
            });
            const { status, headers, body } = answer;
            if (status === 304)
                return 'not-modified';
            if (status === 404)
                return undefined;
            const part = /^bytes (?:(\d+)-\d+|\*)\/(\d+)$/.exec(headers.get('content-range') ?? '');
            if (status === 416) {
                const size = part?.[2] === undefined ? undefined : Number(part[2]);
                return { key, size, offset: range?.start ?? 0, body: external_node_stream_.Readable.from([], { objectMode: false }) };
            }
            const length = headers.get('content-length');
            const modified = Date.parse(headers.get('last-modified') ?? '');
            return {
                key,
                size: part?.[2] !== undefined ? Number(part[2]) : length === undefined ? undefined : Number(length),
                modified: Number.isNaN(modified) ? undefined : new Date(modified),
                etag: headers.get('x-goog-generation'),
                contentType: mediaType(headers.get('content-type')),
                offset: part?.[1] === undefined ? 0 : Number(part[1]),
                body,
            };
        },
        list: (under, { signal } = {}) => listObjects(place, under, signal),
        async put(key, source, { condition, contentType, cacheControl, signal } = {}) {
            const path = `/upload${bucketPath(place)}/o`;
            const content = (0,blob_content/* contentOf */.$)(source);
            const md5Hash = await md5Of(content, source, signal);
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
            if (found === undefined)
                throw absent(url, 'the bucket');
            return { etag: infoOf(found, key).etag };
        },
        async delete(key, { signal } = {}) {
            const answer = await connection.ask({ method: 'DELETE', path: objectPath(place, key), signal });
            if (answer.status !== 404)
                await (0,http_client/* drain */.Z)(answer.body);
            return answer.status !== 404;
        },
        async copyFrom(source, sourceKey, key, { condition, expected, signal } = {}) {
            const from = places.get(source);
            if (from === undefined)
                return undefined;
            const path = `${objectPath(from, sourceKey)}/rewriteTo${objectPath(place, key).slice('/storage/v1'.length)}`;
            let rewriteToken;
            for (;;) {
                const answer = await connection.askJson({
                    method: 'POST',
                    path,
                    query: { rewriteToken, ...conditionQuery(condition) },
                    headers: { 'content-length': '0' },
                    signal,
                });
                if (answer === undefined)
                    throw absent(source.url, sourceKey);
                if (answer['done'] === true) {
                    const { size } = infoOf(asObject(answer['resource']), key);
                    if (expected?.size === undefined || size === expected.size)
                        return true;
                    await storage.delete(key, { signal });
                    throw new errors/* BuildcacheError */.fO('corrupt', 'its length is wrong', {
                        url: `${source.url}/${sourceKey}`,
                        expected: `${expected.size} bytes`,
                        found: `${size} bytes`,
                    });
                }
                // A large object is copied a stretch at a time.
                rewriteToken = typeof answer['rewriteToken'] === 'string' ? answer['rewriteToken'] : undefined;
                if (rewriteToken === undefined) {
                    throw new errors/* BuildcacheError */.fO('protocol', 'the server neither copies nor says how to go on', { url });
                }
            }
        },
        close: () => http.close(),
    };
    places.set(storage, place);
    return storage;
}
/** The buckets behind storages, by which `copyFrom` knows one. */
const places = new WeakMap();
async function* listObjects(place, under, signal) {
    (0,storage_key/* checkPrefix */.by)(under);
    let pageToken;
    do {
        const page = await place.connection.askJson({
            method: 'GET',
            path: `${bucketPath(place)}/o`,
            query: {
                prefix: place.above + under,
                pageToken,
                fields: 'items(name,size,updated,generation,contentType),nextPageToken',
            },
            signal,
        });
        if (page === undefined)
            throw absent(`gs://${place.bucket}`, 'the bucket');
        const items = page['items'] ?? [];
        for (const item of Array.isArray(items) ? items : []) {
            const found = asObject(item);
            const name = found['name'];
            // What is no key of ours (markers of folders, say) is passed over.
            if (typeof name !== 'string' || !name.startsWith(place.above + under))
                continue;
            const key = name.slice(place.above.length);
            if ((0,storage_key/* isKey */.m0)(key))
                yield infoOf(found, key);
        }
        const next = page['nextPageToken'];
        pageToken = typeof next === 'string' && next !== '' ? next : undefined;
    } while (pageToken !== undefined);
}
function bucketPath({ bucket }) {
    return `/storage/v1/b/${encodeURIComponent(bucket)}`;
}
/** An object's name is one segment of the path, its slashes encoded. */
function objectPath(place, key) {
    return `${bucketPath(place)}/o/${encodeURIComponent(keyOf(place, key)).replaceAll("'", '%27')}`;
}
/** @param key attacker-controlled */
function keyOf({ above }, key) {
    (0,storage_key/* checkKey */.yR)(key);
    return above + key;
}
/** An object resource: sizes and generations are decimal text there. */
function infoOf(found, key) {
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
function mediaType(text) {
    return text?.split(';')[0]?.trim().toLowerCase();
}
/** Generation 0 is that of what is not there. */
function conditionQuery(condition) {
    if (condition === undefined)
        return {};
    return { ifGenerationMatch: 'ifAbsent' in condition ? '0' : condition.ifMatch };
}
/** So that the server refuses what was damaged on the way, or changed in the file since. */
async function md5Of(content, source, signal) {
    const hash = (0,external_node_crypto_.createHash)('md5');
    if (source instanceof Uint8Array)
        return hash.update(source).digest('base64');
    const { file, size } = source;
    const found = await (0,promises_.stat)(file).catch((error) => {
        throw (0,errors/* fileError */.zS)(error, file, 'read');
    });
    if (found.size !== size)
        throw (0,payload/* sizeChanged */.C)(file, size, found.size);
    for await (const piece of await gcs_open(content)) {
        (0,abort/* throwIfCancelled */.dZ)(signal);
        hash.update(piece);
    }
    return hash.digest('base64');
}
async function gcs_open(content) {
    return content.size === 0 ? external_node_stream_.Readable.from([], { objectMode: false }) : await content.open(0, content.size);
}
function multipart(metadata, content) {
    // Not to be known beforehand: content that has it would end there.
    const boundary = `buildcache-${(0,external_node_crypto_.randomBytes)(16).toString('hex')}`;
    const start = Buffer.from(`--${boundary}\r\ncontent-type: application/json; charset=UTF-8\r\n\r\n${JSON.stringify(metadata)}\r\n` +
        `--${boundary}\r\ncontent-type: ${metadata.contentType ?? 'application/octet-stream'}\r\n\r\n`);
    const end = Buffer.from(`\r\n--${boundary}--\r\n`);
    const pieces = async function* () {
        yield start;
        yield* await gcs_open(content);
        yield end;
    };
    return {
        boundary,
        length: start.length + content.size + end.length,
        body: async () => external_node_stream_.Readable.from(pieces(), { objectMode: false }),
    };
}
function asObject(value) {
    return typeof value === 'object' && value !== null ? value : {};
}
function absent(url, what) {
    return new errors/* BuildcacheError */.fO('not-found', `${what} is not there`, { url });
}
function parseEndpoint(text) {
    if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))
        return new URL(text);
    throw new errors/* BuildcacheError */.fO('bad-input', 'not an endpoint of Google Cloud Storage', {
        url: (0,redact/* redactUrl */.B)(text),
        expected: 'https://…',
    });
}


/***/ }),

/***/ 84802:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ drain),
/* harmony export */   openHttpClient: () => (/* binding */ openHttpClient)
/* harmony export */ });
/* harmony import */ var _core_abort_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(67844);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _core_redact_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(193);



async function openHttpClient(options) {
    const dispatcher = await openDispatcher(options);
    const { request } = await Promise.all(/* import() */[__webpack_require__.e(3440), __webpack_require__.e(6615)]).then(__webpack_require__.t.bind(__webpack_require__, 56615, 19));
    return {
        async request({ method, url, headers, body, signal }) {
            try {
                const response = await request.call(dispatcher, {
                    origin: url.origin,
                    path: url.pathname + url.search,
                    method,
                    headers: { 'user-agent': 'buildcache-action', ...headers },
                    body: body ?? null,
                    // Else undici closes the connection after each HEAD, for servers that answer it with a body.
                    reset: false,
                    ...(signal === undefined ? {} : { signal }),
                });
                return {
                    status: response.statusCode,
                    headers: headerMap(response.headers),
                    body: withOurErrors(response.body, url, signal),
                };
            }
            catch (error) {
                throw transportError(error, url, signal);
            }
        },
        close: () => dispatcher.destroy(),
    };
}
/** Reads a body to its end and throws it away, so that its connection can serve again. */
async function drain(body) {
    let length = 0;
    for await (const chunk of body) {
        length += chunk.length;
        if (length > 128 * 1024)
            break; // leaving the loop destroys the body: cheaper to connect anew
    }
}
async function openDispatcher(options) {
    const tls = {
        ...(options.verifyTls ? {} : { rejectUnauthorized: false }),
        ...(options.ca === undefined ? {} : { ca: [...(await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 41692, 19))).rootCertificates, options.ca] }),
    };
    const settings = {
        connections: options.connections,
        headersTimeout: options.timeoutMs,
        bodyTimeout: options.timeoutMs,
        keepAliveTimeout: 30_000,
        connect: { timeout: Math.min(options.timeoutMs, 10_000), ...tls },
    };
    if (options.useProxy) {
        // The whole package: only its entry gives dispatchers the `connect` that tunnels are made with.
        const { EnvHttpProxyAgent } = await Promise.all(/* import() */[__webpack_require__.e(3440), __webpack_require__.e(7405), __webpack_require__.e(6615), __webpack_require__.e(6752)]).then(__webpack_require__.t.bind(__webpack_require__, 24371, 19));
        return new EnvHttpProxyAgent({ ...settings, requestTls: settings.connect });
    }
    const { default: Agent } = await Promise.all(/* import() */[__webpack_require__.e(3440), __webpack_require__.e(7405)]).then(__webpack_require__.t.bind(__webpack_require__, 57405, 19));
    return new Agent(settings);
}
function headerMap(headers) {
    const map = new Map();
    for (const [name, value] of Object.entries(headers)) {
        const key = name.toLowerCase();
        const values = [value].flat();
        const said = key === 'www-authenticate' ? values.join(', ') : values[0];
        if (said !== undefined)
            map.set(key, said);
    }
    return map;
}
/** A body cut short or stalled fails its reader; the failure must be ours there too. */
function withOurErrors(body, url, signal) {
    const destroy = body.destroy.bind(body);
    body.destroy = (error) => destroy(error === undefined || error === null ? undefined : transportError(error, url, signal));
    return body;
}
function transportError(error, url, signal) {
    if (error instanceof _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO)
        return error;
    // An abort nobody asked for is a failure like others: a proxy's refusal comes as one.
    if (signal?.aborted)
        return (0,_core_abort_js__WEBPACK_IMPORTED_MODULE_0__/* .cancelled */ .KW)(signal);
    const code = (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .systemCode */ .xU)(error) ?? (error instanceof Error ? (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .systemCode */ .xU)(error.cause) : undefined);
    if (code === 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH') {
        return new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('io', 'what was being sent changed on the way', { url: (0,_core_redact_js__WEBPACK_IMPORTED_MODULE_2__/* .redactUrl */ .B)(url) }, error);
    }
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('unreachable', TRANSPORT[code ?? ''] ??
        `the connection failed (${code ?? (error instanceof Error ? error.message : 'unknown')})`, { url: (0,_core_redact_js__WEBPACK_IMPORTED_MODULE_2__/* .redactUrl */ .B)(url), ...(hintFor(code) ?? {}) }, error);
}
const TRANSPORT = {
    ECONNREFUSED: 'the connection was refused',
    ECONNRESET: 'the connection was reset',
    EPIPE: 'the connection was reset',
    UND_ERR_SOCKET: 'the connection was closed before the answer was complete',
    UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the answer is shorter than announced',
    UND_ERR_CONNECT_TIMEOUT: 'connecting took too long',
    UND_ERR_HEADERS_TIMEOUT: 'the server did not answer in time',
    UND_ERR_BODY_TIMEOUT: 'the server stalled in the middle of its answer',
    ENOTFOUND: 'the host name is unknown',
    EAI_AGAIN: 'the host name could not be looked up',
    ENETUNREACH: 'the network is unreachable',
    EHOSTUNREACH: 'the host is unreachable',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
    SELF_SIGNED_CERT_IN_CHAIN: 'its certificate chain is self-signed',
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate cannot be verified',
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is by an unknown authority',
    CERT_HAS_EXPIRED: 'its certificate has expired',
    ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};
function hintFor(code) {
    if (code === undefined)
        return undefined;
    if (code === 'ECONNREFUSED' || code === 'ENOTFOUND')
        return { hint: 'check the URL and the proxy settings' };
    if (/CERT|ISSUER|LEAF/.test(code))
        return { hint: 'name its authority with --ca-file (or NODE_EXTRA_CA_CERTS)' };
    return undefined;
}


/***/ }),

/***/ 24824:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ retryAfterSeconds),
/* harmony export */   E: () => (/* binding */ redirectTarget),
/* harmony export */   openHttpStorage: () => (/* binding */ openHttpStorage)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _core_redact_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(193);
/* harmony import */ var _core_retry_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(68216);
/* harmony import */ var _http_client_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(84802);
/* harmony import */ var _key_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(19325);
/**
 * A mirror behind plain HTTP(S), read only. 404 and 410 are "not there"; everything else that is no answer is
 * an error that says which kind, after the retries it deserves.
 */





/** Redirects followed for one request. */
const MAX_REDIRECTS = 8;
/** @throws `usage` for a URL that is none */
function openHttpStorage(client, options) {
    const base = parseBase(options.url);
    const authorization = options.authorization ?? basicFrom(base);
    base.username = '';
    base.password = '';
    const send = (method, key, headers, signal) => {
        const url = new URL(base.href);
        url.pathname = `${base.pathname.replace(/\/+$/, '')}/${(0,_key_js__WEBPACK_IMPORTED_MODULE_3__/* .encodeKey */ .g2)(key)}`;
        return (0,_core_retry_js__WEBPACK_IMPORTED_MODULE_1__/* .retrying */ .R)(() => follow(client, { method, url, headers, signal }, authorization), options.retry, signal);
    };
    return {
        url: (0,_core_redact_js__WEBPACK_IMPORTED_MODULE_4__/* .redactUrl */ .B)(base).replace(/\/$/, ''),
        async get(key, request = {}) {
            const headers = {};
            const { range, ifNoneMatch, signal } = request;
            if (range !== undefined)
                headers['range'] = `bytes=${range.start}-${range.end ?? ''}`;
            if (ifNoneMatch !== undefined)
                headers['if-none-match'] = ifNoneMatch;
            const response = await send('GET', key, headers, signal);
            if (response === undefined)
                return undefined;
            if (response.status === 304) {
                await (0,_http_client_js__WEBPACK_IMPORTED_MODULE_2__/* .drain */ .Z)(response.body);
                return 'not-modified';
            }
            const partial = response.status === 206 ? contentRange(response) : undefined;
            const info = objectInfo(key, response);
            return { ...info, size: partial?.total ?? info.size, body: response.body, offset: partial?.start ?? 0 };
        },
        async head(key, { signal } = {}) {
            const response = await send('HEAD', key, {}, signal);
            if (response === undefined)
                return undefined;
            await (0,_http_client_js__WEBPACK_IMPORTED_MODULE_2__/* .drain */ .Z)(response.body);
            return objectInfo(key, response);
        },
        close: () => client.close(),
    };
}
/** Follows redirects; credentials never leave the origin they were given for. */
async function follow(client, request, authorization) {
    let url = request.url;
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
        const trusted = url.origin === request.url.origin && authorization !== undefined;
        const headers = { ...request.headers, ...(trusted ? { authorization } : {}) };
        const response = await client.request({ ...request, url, headers });
        const { status } = response;
        if (status >= 200 && status < 300)
            return response;
        // Nobody asked whether it changed: then this says nothing about what is there.
        if (status === 304 && request.headers?.['if-none-match'] !== undefined)
            return response;
        await (0,_http_client_js__WEBPACK_IMPORTED_MODULE_2__/* .drain */ .Z)(response.body);
        if (status === 404 || status === 410)
            return undefined;
        const location = response.headers.get('location');
        if (status < 300 || status >= 400 || location === undefined)
            throw statusError(response, url);
        url = redirectTarget(location, url);
    }
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('protocol', `redirected more than ${MAX_REDIRECTS} times`, {
        url: (0,_core_redact_js__WEBPACK_IMPORTED_MODULE_4__/* .redactUrl */ .B)(request.url),
        expected: 'an answer',
        found: `a redirect to ${(0,_core_redact_js__WEBPACK_IMPORTED_MODULE_4__/* .redactUrl */ .B)(url)}`,
        hint: 'check the mirror URL',
    });
}
/** Where a redirect leads; never from https to http. @throws BuildcacheError `protocol` */
function redirectTarget(location, from) {
    const target = URL.canParse(location, from.href) ? new URL(location, from.href) : undefined;
    const downgrade = from.protocol === 'https:' && target?.protocol === 'http:';
    if (target !== undefined && /^https?:$/.test(target.protocol) && !downgrade)
        return target;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('protocol', 'redirected to where we do not follow', {
        url: (0,_core_redact_js__WEBPACK_IMPORTED_MODULE_4__/* .redactUrl */ .B)(from),
        expected: downgrade ? 'a redirect that keeps https' : 'a redirect to an http or https URL',
        found: target === undefined ? 'no URL' : (0,_core_redact_js__WEBPACK_IMPORTED_MODULE_4__/* .redactUrl */ .B)(target),
    });
}
function statusError(response, url) {
    const { status } = response;
    const facts = { url: (0,_core_redact_js__WEBPACK_IMPORTED_MODULE_4__/* .redactUrl */ .B)(url), status };
    switch (true) {
        case status === 401:
            return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('denied', 'the server wants credentials (401)', {
                ...facts,
                hint: 'set access_pair or access_token_variable of the mirror, or check them',
            });
        case status === 403 || status === 407:
            return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('denied', `the server refuses access (${status})`, {
                ...facts,
                hint: status === 407 ? 'give the proxy its credentials' : 'check the credentials and their permissions',
            });
        case status === 429: {
            const retryAfter = retryAfterSeconds(response);
            return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('throttled', 'the server asks to slow down (429)', {
                ...facts,
                hint: 'lower --jobs or try again later',
                ...(retryAfter === undefined ? {} : { retryAfter }),
            });
        }
        case status >= 500 || status === 408: {
            const retryAfter = retryAfterSeconds(response);
            return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('server-error', `the server failed (${status})`, {
                ...facts,
                hint: 'try again later',
                ...(retryAfter === undefined ? {} : { retryAfter }),
            });
        }
        default:
            return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('protocol', `the server answered with status ${status}`, {
                ...facts,
                expected: '200 or 404',
            });
    }
}
/** RFC 9110 section 10.2.3: seconds or a date. */
function retryAfterSeconds(response) {
    const value = response.headers.get('retry-after');
    if (value === undefined)
        return undefined;
    if (/^\d{1,9}$/.test(value))
        return Number(value);
    const date = Date.parse(value);
    return Number.isNaN(date) ? undefined : Math.max(0, (date - Date.now()) / 1000);
}
function objectInfo(key, response) {
    const { headers } = response;
    const length = headers.get('content-length');
    const modified = Date.parse(headers.get('last-modified') ?? '');
    return {
        key,
        // A compressed transfer's length is not the object's.
        size: length !== undefined && !headers.has('content-encoding') ? Number(length) : undefined,
        modified: Number.isNaN(modified) ? undefined : new Date(modified),
        etag: headers.get('etag'),
        contentType: headers.get('content-type')?.split(';')[0]?.trim().toLowerCase(),
    };
}
function contentRange(response) {
    const match = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get('content-range') ?? '');
    if (match === null)
        return undefined;
    return { start: Number(match[1]), total: match[2] === '*' ? undefined : Number(match[2]) };
}
function parseBase(url) {
    if (URL.canParse(url))
        return new URL(url);
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', 'not a URL', { url: (0,_core_redact_js__WEBPACK_IMPORTED_MODULE_4__/* .redactUrl */ .B)(url), expected: 'http://… or https://…' });
}
function basicFrom(url) {
    if (url.username === '' && url.password === '')
        return undefined;
    const pair = `${decoded(url.username)}:${decoded(url.password)}`;
    return `Basic ${Buffer.from(pair).toString('base64')}`;
}
/** User information as its owner wrote it; a stray percent sign stands for itself. */
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}


/***/ }),

/***/ 19325:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   by: () => (/* binding */ checkPrefix),
/* harmony export */   g2: () => (/* binding */ encodeKey),
/* harmony export */   m0: () => (/* binding */ isKey),
/* harmony export */   yR: () => (/* binding */ checkKey)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/**
 * What a key may look like, the same for every backend, so that a hostile name in an index or a manifest can
 * neither leave a root folder nor be rewritten by a URL parser on the way to a server.
 */

/**
 * Refuses a key that is not a relative path of plain segments.
 * @param key attacker-controlled
 * @throws BuildcacheError `bad-input` on an empty key, an empty, `.` or `..` segment (so also on a leading,
 *   doubled or trailing slash), a NUL, or a lone surrogate (which has no UTF-8 form)
 */
function checkKey(key) {
    const fault = keyFault(key);
    if (fault !== undefined)
        throw badKey(key, fault);
}
/** Whether {@link checkKey} lets it pass. */
function isKey(key) {
    return keyFault(key) === undefined;
}
/**
 * Refuses a prefix that no key could have. A prefix may be empty, end in a slash, or stop within a segment.
 * @throws BuildcacheError `bad-input`, as {@link checkKey}
 */
function checkPrefix(prefix) {
    const fault = characterFault(prefix) ?? segmentFault(prefix.split('/').slice(0, -1));
    if (fault !== undefined)
        throw badKey(prefix, fault);
}
/** The key as the path of a URL: each segment percent-encoded, `+` too, which some servers read as a space. */
function encodeKey(key) {
    checkKey(key);
    return key.split('/').map(encodeURIComponent).join('/');
}
function keyFault(key) {
    return key === '' ? 'it is empty' : (characterFault(key) ?? segmentFault(key.split('/')));
}
function characterFault(text) {
    if (text.includes('\0'))
        return 'it has a NUL byte';
    if (/\p{Surrogate}/u.test(text))
        return 'it is not valid Unicode';
    return undefined;
}
function segmentFault(segments) {
    for (const segment of segments) {
        if (segment === '')
            return 'it has an empty segment';
        if (segment === '.' || segment === '..')
            return `it has a "${segment}" segment`;
    }
    return undefined;
}
function badKey(key, fault) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `not a key of a build cache: ${fault}`, {
        expected: 'a relative path of non-empty segments without "." and ".."',
        found: JSON.stringify(key),
    });
}


/***/ }),

/***/ 52312:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ sizeChanged),
/* harmony export */   M: () => (/* binding */ payloadOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73024);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(57075);
/* harmony import */ var _core_abort_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(67844);
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(82552);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(62807);
/**
 * Bytes to send: in memory, or a stretch of a file that is never held. Their digest is known before the first
 * byte goes out, and they can be sent again.
 */






const CHUNK = 256 * 1024;
/** @throws BuildcacheError when the file cannot be read or is shorter, `cancelled` */
async function payloadOf(source, signal) {
    if (source instanceof Uint8Array) {
        return { size: source.length, sha256: (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_4__/* .sha256 */ .sc)(source), withBody: (send) => send(source) };
    }
    return {
        size: source.end - source.start,
        sha256: await hashPart(source, signal),
        withBody: async (send) => {
            const body = openPart(source);
            let failure;
            body.on('error', (error) => {
                failure = (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .fileError */ .zS)(error, source.file, 'read');
            });
            try {
                return await send(body);
            }
            catch (error) {
                throw failure ?? error;
            }
            finally {
                body.destroy();
            }
        },
    };
}
/** A file to put has another size than was said. */
function sizeChanged(file, expected, found) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .BuildcacheError */ .fO('io', 'the file changed before it was copied', {
        file,
        expected: `${expected} bytes`,
        found: `${found} bytes`,
    });
}
async function hashPart(part, signal) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    let position = part.start;
    try {
        for await (const chunk of openPart(part)) {
            (0,_core_abort_js__WEBPACK_IMPORTED_MODULE_3__/* .throwIfCancelled */ .dZ)(signal);
            hash.update(chunk);
            position += chunk.length;
        }
    }
    catch (error) {
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .fileError */ .zS)(error, part.file, 'read');
    }
    if (position !== part.end)
        throw sizeChanged(part.file, part.end, position);
    return hash.digest('hex');
}
function openPart({ file, start, end }) {
    if (start === end)
        return node_stream__WEBPACK_IMPORTED_MODULE_2__.Readable.from([], { objectMode: false });
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.createReadStream)(file, { start, end: end - 1, highWaterMark: CHUNK });
}


/***/ })

};
