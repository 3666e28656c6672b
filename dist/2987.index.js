export const id = 2987;
export const ids = [2987,4824];
export const modules = {

/***/ 68216:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KU: () => (/* binding */ DEFAULT_TIMEOUT_SECONDS),
/* harmony export */   R$: () => (/* binding */ retrying),
/* harmony export */   vI: () => (/* binding */ DEFAULT_RETRY)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58500);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/** Retries what may go away by itself: back-off with jitter, and `Retry-After` honoured. */


const DEFAULT_RETRY = { retries: 3, baseDelayMs: 250, maxDelayMs: 30_000 };
/** Of silence. With it, a server that hangs is given up within a minute: see storage/patience.ts. */
const DEFAULT_TIMEOUT_SECONDS = 30;
const TRANSIENT = new Set(['unreachable', 'throttled', 'server-error']);
/**
 * Runs `attempt` until it succeeds, fails for good, or the policy is used up; then throws the last error.
 * Only `unreachable`, `throttled` and `server-error` are tried again.
 * @throws whatever `attempt` throws; an `AbortError` when the signal fires while waiting
 */
async function retrying(attempt, policy, signal) {
    for (let failures = 0;; failures++) {
        try {
            return await attempt();
        }
        catch (error) {
            const delay = delayAfter(error, failures, policy);
            if (delay === undefined || signal?.aborted)
                throw error;
            await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(delay, undefined, signal === undefined ? {} : { signal });
        }
    }
}
/** Milliseconds to wait before trying again; undefined when it makes no sense to. */
function delayAfter(error, failures, policy) {
    if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO) || !TRANSIENT.has(error.code))
        return undefined;
    if (failures >= policy.retries || error.facts.givenUp === true)
        return undefined;
    const asked = (error.facts.retryAfter ?? 0) * 1000;
    if (asked > policy.maxDelayMs)
        return undefined;
    const backOff = policy.baseDelayMs * 2 ** failures * (1 + Math.random());
    return Math.max(asked, Math.min(backOff, policy.maxDelayMs));
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

/***/ 34417:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ digestFile),
/* harmony export */   m: () => (/* binding */ copyFile)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48161);
/* harmony import */ var node_worker_threads__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(75919);
/* harmony import */ var _core_abort_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(67844);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(62807);
/**
 * Files copied and digested by threads of their own, so that neither the digests of gigabytes nor the many small calls
 * that a copy takes hold up everything else. They start when they are first needed and keep no process alive.
 */




/** More than four would only wait for the same disk. */
const MOST_THREADS = Math.min((0,node_os__WEBPACK_IMPORTED_MODULE_0__.availableParallelism)(), 4);
const threads = [];
let lastId = 0;
/**
 * Makes a file of another's content, synced to disk, that shares it where the file system can. What is longer than was
 * said is not copied whole.
 * @returns what was found, which may not be what was expected
 * @throws BuildcacheError when the source cannot be read, `cancelled`; system errors of the copy as they are
 */
async function copyFile(job, signal) {
    return await hand({ ...job, start: 0 }, signal);
}
/**
 * The SHA-256 of so many bytes of a file, and how many there were.
 * @throws BuildcacheError when it cannot be read, `cancelled`
 */
async function digestFile({ file: from, start, end }, signal) {
    const job = { from, start, size: end - start, digest: true, to: undefined, place: undefined };
    const { size, sha256 } = await hand({ ...job, hardLink: false }, signal);
    if (sha256 === undefined)
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildcacheError */ .fO('internal', 'a digest was not made');
    return { size, sha256 };
}
async function hand(job, signal) {
    (0,_core_abort_js__WEBPACK_IMPORTED_MODULE_2__/* .throwIfCancelled */ .dZ)(signal);
    const id = ++lastId;
    const flag = new Int32Array(new SharedArrayBuffer(4));
    const abort = () => Atomics.store(flag, 0, 1);
    signal?.addEventListener('abort', abort, { once: true });
    const { worker, waiting } = idlest();
    if (waiting.size === 0)
        worker.ref();
    try {
        const reply = await new Promise((done, failed) => {
            waiting.set(id, { done, failed });
            worker.postMessage({ ...job, id, cancelled: flag });
        });
        if (!('failure' in reply))
            return reply;
        if (signal?.aborted === true)
            throw (0,_core_abort_js__WEBPACK_IMPORTED_MODULE_2__/* .cancelled */ .KW)(signal);
        const error = Object.assign(new Error(reply.failure), { code: reply.code });
        throw reply.reading ? (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .fileError */ .zS)(error, job.from, 'read') : error;
    }
    finally {
        signal?.removeEventListener('abort', abort);
        waiting.delete(id);
        if (waiting.size === 0)
            worker.unref();
    }
}
/** One with nothing to do, a new one, or the one with the least. */
function idlest() {
    const [best] = threads.toSorted((a, b) => a.waiting.size - b.waiting.size);
    if (best !== undefined && (best.waiting.size === 0 || threads.length >= MOST_THREADS))
        return best;
    const thread = start();
    threads.push(thread);
    return thread;
}
function start() {
    // Node's own options are for the program: some are not for threads.
    const worker = new node_worker_threads__WEBPACK_IMPORTED_MODULE_1__.Worker(__webpack_require__.ab + "file-copy-thread.js", { execArgv: [] });
    const thread = { worker, waiting: new Map() };
    const end = (error) => {
        const at = threads.indexOf(thread);
        if (at >= 0)
            threads.splice(at, 1);
        for (const { failed } of thread.waiting.values()) {
            failed(new _core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildcacheError */ .fO('internal', 'the thread that copies files ended', {}, error));
        }
    };
    worker.on('message', (reply) => thread.waiting.get(reply.id)?.done(reply));
    worker.on('error', end);
    worker.on('exit', end);
    worker.unref();
    return thread;
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
// EXTERNAL MODULE: ./build/storage/content-coding.js
var content_coding = __webpack_require__(15358);
// EXTERNAL MODULE: ./build/core/json.js
var json = __webpack_require__(28314);
// EXTERNAL MODULE: ./build/core/retry.js
var core_retry = __webpack_require__(68216);
// EXTERNAL MODULE: ./build/storage/http.js
var http = __webpack_require__(24824);
// EXTERNAL MODULE: ./build/storage/http-client.js + 2 modules
var http_client = __webpack_require__(27901);
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
    const ask = (request) => (0,core_retry/* retrying */.R$)(() => once(request), retry, request.signal);
    return {
        ask,
        async askJson(request) {
            return await (0,core_retry/* retrying */.R$)(async () => {
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
// EXTERNAL MODULE: ./build/storage/pages.js
var pages = __webpack_require__(72034);
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
                packed: (0,content_coding/* packingOf */.bp)(headers.get('content-encoding'), length),
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
    const seen = new Set();
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
        pageToken =
            typeof next === 'string' && next !== '' ? (0,pages/* nextPage */.Z)(next, seen, `gs://${place.bucket}`) : undefined;
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

/***/ 24824:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ retryAfterSeconds),
/* harmony export */   E: () => (/* binding */ redirectTarget),
/* harmony export */   openHttpStorage: () => (/* binding */ openHttpStorage)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _core_redact_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(193);
/* harmony import */ var _core_retry_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(68216);
/* harmony import */ var _core_user_info_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(22368);
/* harmony import */ var _content_coding_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(15358);
/* harmony import */ var _http_client_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(27901);
/* harmony import */ var _key_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(19325);
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
        url.pathname = `${base.pathname.replace(/\/+$/, '')}/${(0,_key_js__WEBPACK_IMPORTED_MODULE_4__/* .encodeKey */ .g2)(key)}`;
        return (0,_core_retry_js__WEBPACK_IMPORTED_MODULE_1__/* .retrying */ .R$)(() => follow(client, { method, url, headers, signal }, authorization), options.retry, signal);
    };
    return {
        url: (0,_core_redact_js__WEBPACK_IMPORTED_MODULE_5__/* .redactUrl */ .B)(base).replace(/\/$/, ''),
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
                await (0,_http_client_js__WEBPACK_IMPORTED_MODULE_3__/* .drain */ .Z)(response.body);
                return 'not-modified';
            }
            const partial = response.status === 206 ? contentRange(response) : undefined;
            const info = objectInfo(key, response);
            const packed = (0,_content_coding_js__WEBPACK_IMPORTED_MODULE_2__/* .packingOf */ .bp)(response.headers.get('content-encoding'), response.headers.get('content-length'));
            return {
                ...info,
                size: partial?.total ?? info.size,
                packed,
                body: response.body,
                offset: partial?.start ?? 0,
            };
        },
        async head(key, { signal } = {}) {
            const response = await send('HEAD', key, {}, signal);
            if (response === undefined)
                return undefined;
            await (0,_http_client_js__WEBPACK_IMPORTED_MODULE_3__/* .drain */ .Z)(response.body);
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
        await (0,_http_client_js__WEBPACK_IMPORTED_MODULE_3__/* .drain */ .Z)(response.body);
        if (status === 404 || status === 410)
            return undefined;
        const location = response.headers.get('location');
        if (status < 300 || status >= 400 || location === undefined)
            throw statusError(response, url);
        url = redirectTarget(location, url);
    }
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('protocol', `redirected more than ${MAX_REDIRECTS} times`, {
        url: (0,_core_redact_js__WEBPACK_IMPORTED_MODULE_5__/* .redactUrl */ .B)(request.url),
        expected: 'an answer',
        found: `a redirect to ${(0,_core_redact_js__WEBPACK_IMPORTED_MODULE_5__/* .redactUrl */ .B)(url)}`,
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
        url: (0,_core_redact_js__WEBPACK_IMPORTED_MODULE_5__/* .redactUrl */ .B)(from),
        expected: downgrade ? 'a redirect that keeps https' : 'a redirect to an http or https URL',
        found: target === undefined ? 'no URL' : (0,_core_redact_js__WEBPACK_IMPORTED_MODULE_5__/* .redactUrl */ .B)(target),
    });
}
function statusError(response, url) {
    const { status, through } = response;
    const facts = {
        url: (0,_core_redact_js__WEBPACK_IMPORTED_MODULE_5__/* .redactUrl */ .B)(url),
        status,
        ...(through === undefined ? {} : { found: `an answer that came through ${through}` }),
    };
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
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', 'not a URL', { url: (0,_core_redact_js__WEBPACK_IMPORTED_MODULE_5__/* .redactUrl */ .B)(url), expected: 'http://… or https://…' });
}
function basicFrom(url) {
    if (url.username === '' && url.password === '')
        return undefined;
    const { username, password } = (0,_core_user_info_js__WEBPACK_IMPORTED_MODULE_6__/* .decodedUserInfo */ .C)(url);
    return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
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

/***/ 72034:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ nextPage)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/** Listings that come page by page, from servers that may say anything. */

/**
 * What to ask the next page with. @param token attacker-controlled
 * @throws BuildcacheError `protocol` for a listing that does not end, or stops short of its end: what it lacks must not be
 *   taken for what is not there
 */
function nextPage(token, seen, url) {
    if (token !== undefined && token !== '' && !seen.has(token) && seen.size < PAGES_MOST) {
        seen.add(token);
        return token;
    }
    const isShort = token === undefined || token === '';
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('protocol', `the listing ${isShort ? 'stops before its end' : 'does not end'}`, {
        url,
        hint: 'check the endpoint URL',
    });
}
/** With a thousand keys each, more than any mirror has. */
const PAGES_MOST = 100_000;


/***/ }),

/***/ 52312:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ sizeChanged),
/* harmony export */   M: () => (/* binding */ payloadOf)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(57075);
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(82552);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(62807);
/* harmony import */ var _file_copier_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(34417);
/**
 * Bytes to send: in memory, or a stretch of a file that is never held. Their digest is known before the first
 * byte goes out, and they can be sent again.
 */





const CHUNK = 256 * 1024;
/** @throws BuildcacheError when the file cannot be read or is shorter, `cancelled` */
async function payloadOf(source, signal) {
    if (source instanceof Uint8Array) {
        return { size: source.length, sha256: (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_2__/* .sha256 */ .sc)(source), withBody: (send) => send(source) };
    }
    return {
        size: source.end - source.start,
        sha256: await hashPart(source, signal),
        withBody: async (send) => {
            const body = openPart(source);
            let failure;
            body.on('error', (error) => {
                failure = (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .fileError */ .zS)(error, source.file, 'read');
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
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildcacheError */ .fO('io', 'the file changed before it was copied', {
        file,
        expected: `${expected} bytes`,
        found: `${found} bytes`,
    });
}
async function hashPart(part, signal) {
    const { size, sha256: found } = await (0,_file_copier_js__WEBPACK_IMPORTED_MODULE_4__/* .digestFile */ .T)(part, signal);
    if (size !== part.end - part.start)
        throw sizeChanged(part.file, part.end, part.start + size);
    return found;
}
function openPart({ file, start, end }) {
    if (start === end)
        return node_stream__WEBPACK_IMPORTED_MODULE_1__.Readable.from([], { objectMode: false });
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.createReadStream)(file, { start, end: end - 1, highWaterMark: CHUNK });
}


/***/ })

};
