export const id = 2750;
export const ids = [2750];
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

/***/ 22368:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ decodedUserInfo),
/* harmony export */   o: () => (/* binding */ percentDecoded)
/* harmony export */ });
/** User and password out of a URL, as their owner wrote them. */
/** A percent sign that encodes nothing stands for itself: passwords have them, and nobody likes to encode. */
function decodedUserInfo({ username, password }) {
    return { username: percentDecoded(username), password: percentDecoded(password) };
}
/** @returns the text itself where it is not encoded text */
function percentDecoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        // One stray percent sign must not keep the rest from being read.
        return text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
            try {
                return decodeURIComponent(encoded);
            }
            catch {
                return encoded;
            }
        });
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

/***/ 77801:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ once)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/** Something asked for by many and done once: those who come while it is under way share it. */

/**
 * Whoever comes after a success returns at once; after a failure, the next one tries again, with its own
 * arguments. One that is cancelled fails nobody but itself.
 */
function once(run) {
    let shared;
    return async (signal, ...args) => {
        for (;;) {
            const mine = shared ?? run(signal, ...args);
            shared = mine;
            try {
                return await mine;
            }
            catch (error) {
                if (shared === mine)
                    shared = undefined;
                if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .errorCode */ .CA)(error) !== 'cancelled' || signal?.aborted === true)
                    throw error;
            }
        }
    };
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


/***/ }),

/***/ 82750:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openS3Storage: () => (/* binding */ openS3Storage)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/core/abort.js
var core_abort = __webpack_require__(67844);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/storage/once.js
var once = __webpack_require__(77801);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: ./build/core/user-info.js
var user_info = __webpack_require__(22368);
// EXTERNAL MODULE: ./build/storage/content-coding.js
var content_coding = __webpack_require__(15358);
// EXTERNAL MODULE: ./build/storage/key.js
var storage_key = __webpack_require__(19325);
// EXTERNAL MODULE: ./build/storage/pages.js
var pages = __webpack_require__(72034);
// EXTERNAL MODULE: ./build/core/retry.js
var retry = __webpack_require__(68216);
;// CONCATENATED MODULE: ./build/storage/s3-error.js
/**
 * What an S3 server's refusal means. The SDK's error objects hold signatures, key ids and tokens beside the
 * message, so none of them is kept as a cause: status, code and message are taken out, the rest is dropped.
 */

/** Undefined for what is not an answer (network errors, bugs). */
function refusalOf(error) {
    if (!(error instanceof Error))
        return undefined;
    const metadata = record(record(error)?.['$metadata']);
    const response = record(record(error)?.['$response']);
    const status = response?.['statusCode'] ?? metadata?.['httpStatusCode'];
    if (typeof status !== 'number')
        return undefined;
    const headers = {};
    for (const [name, value] of Object.entries(record(response?.['headers']) ?? {})) {
        if (typeof value === 'string')
            headers[name.toLowerCase()] = value;
    }
    return {
        status,
        code: error.name,
        message: error.message === 'UnknownError' ? '' : error.message.slice(0, 300),
        headers,
        clockCorrected: metadata?.['clockSkewCorrected'] === true,
    };
}
/** Codes of what an answer without a body may stand for are not known: to HEAD, 400 is all that S3 says. */
function mayBeExpired({ status, code, message }) {
    return BY_CODE[code] === EXPIRED || (status === 400 && message === '');
}
/** The refusal as one of our errors. */
function refusalError(refusal, circumstances) {
    const { status, code } = refusal;
    const [ours, message, hint] = meaning(refusal, circumstances);
    const retryAfter = retryAfterSeconds(refusal.headers['retry-after']);
    const facts = {
        url: circumstances.url,
        status,
        found: `HTTP ${status} ${code}${refusal.message === '' ? '' : `: ${refusal.message}`}`,
        ...(hint === undefined ? {} : { hint }),
        ...(retryAfter === undefined ? {} : { retryAfter }),
    };
    return new errors/* BuildcacheError */.fO(ours, message, facts);
}
function meaning({ status, code }, { anonymous }) {
    const known = BY_CODE[code];
    if (known !== undefined)
        return known;
    if (status === 401 || status === 403) {
        return anonymous
            ? ['denied', 'the server refuses access without credentials', WITHOUT_CREDENTIALS]
            : ['denied', 'the server refuses access', NOT_ALLOWED];
    }
    if (status < 300)
        return ['protocol', 'the answer makes no sense', 'check the endpoint URL'];
    if (status === 404)
        return ['not-found', 'there is no such object'];
    if (status === 429 || status === 503)
        return ['throttled', 'the server asks to slow down', SLOW_DOWN];
    if (status === 501)
        return ['unsupported', 'the server does not know how to do this'];
    if (status >= 500)
        return ['server-error', 'the server failed', 'try again later'];
    if (status === 408)
        return ['unreachable', 'the server gave up waiting for the request', 'try again'];
    if (status === 409 || status === 412)
        return ['conflict', 'somebody else changed this object meanwhile'];
    if (status === 413)
        return ['too-large', 'the server takes no objects of this size'];
    if (status === 301 || status === 307) {
        return ['protocol', 'the bucket is in another region', 'set AWS_REGION, or the endpoint URL'];
    }
    return ['protocol', 'the server does not accept the request'];
}
const WITHOUT_CREDENTIALS = 'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, a role, or access_pair of the mirror';
const NOT_ALLOWED = 'check what the key may do (without s3:ListBucket the server also says this of objects that are not there)';
const CHECK_KEYS = 'check access key and secret, and that they belong to this endpoint';
const RENEW = 'get new credentials';
const SLOW_DOWN = 'lower --jobs or try again later';
const EXPIRED = ['denied', 'the credentials have expired', RENEW];
const BY_CODE = {
    SignatureDoesNotMatch: ['denied', 'the request signature is wrong', CHECK_KEYS],
    InvalidAccessKeyId: ['denied', 'the server does not know the access key', CHECK_KEYS],
    AuthorizationHeaderMalformed: [
        'denied',
        'the signature is for another region or service',
        'set AWS_REGION',
    ],
    ExpiredToken: EXPIRED,
    ExpiredTokenException: EXPIRED,
    TokenRefreshRequired: EXPIRED,
    RequestExpired: EXPIRED,
    InvalidToken: ['denied', 'the session token is wrong', RENEW],
    RequestTimeTooSkewed: [
        'denied',
        'the clocks of this machine and of the server differ too much',
        'set the clock of this machine',
    ],
    NoSuchBucket: ['not-found', 'there is no such bucket', 'check the bucket name and the endpoint URL'],
    InternalError: ['server-error', 'the server failed', 'try again later'],
    SlowDown: ['throttled', 'the server asks to slow down', SLOW_DOWN],
    Throttling: ['throttled', 'the server asks to slow down', SLOW_DOWN],
    ThrottlingException: ['throttled', 'the server asks to slow down', SLOW_DOWN],
    RequestLimitExceeded: ['throttled', 'the server asks to slow down', SLOW_DOWN],
    RequestTimeout: ['unreachable', 'the server gave up waiting for the request', 'try again'],
    EntityTooLarge: ['too-large', 'the server takes no objects of this size'],
    NotImplemented: ['unsupported', 'the server does not know how to do this'],
};
/** RFC 9110 section 10.2.3: seconds or a date. */
function retryAfterSeconds(value) {
    if (value === undefined)
        return undefined;
    if (/^\d{1,9}$/.test(value))
        return Number(value);
    const date = Date.parse(value);
    return Number.isNaN(date) ? undefined : Math.max(0, (date - Date.now()) / 1000);
}
function record(value) {
    return typeof value === 'object' && value !== null ? value : undefined;
}

// EXTERNAL MODULE: ./build/core/redact.js
var redact = __webpack_require__(193);
// EXTERNAL MODULE: ./build/storage/read.js
var read = __webpack_require__(53700);
;// CONCATENATED MODULE: ./build/storage/s3-transport.js
/**
 * The AWS SDK's requests through our HTTP client: one set of connections, proxies, certificates, time-outs
 * and network errors for all backends. The SDK keeps what it is good at: signing, credentials, XML.
 */




/** A body in memory goes out in pieces: the time-out then is for a piece, however slow the whole. */
const PIECE = 64 * 1024;
/** Does not own the client: closing that is its opener's. */
function sdkTransport(client) {
    return {
        metadata: { handlerProtocol: 'http/1.1' },
        async handle(request, options = {}) {
            const { abortSignal } = options;
            const response = await client.request({
                method: request.method, // the SDK's operations use no others
                url: urlOf(request),
                headers: request.headers,
                ...bodyOf(request.body),
                ...(abortSignal instanceof AbortSignal ? { signal: abortSignal } : {}),
            });
            return {
                response: {
                    statusCode: response.status,
                    headers: Object.fromEntries(response.headers),
                    body: await boundedBody(request, response),
                },
            };
        },
        updateHttpClientConfig() { },
        httpHandlerConfigs: () => ({}),
    };
}
/**
 * What the SDK reads whole, read here as far as it can be sensible. An object is passed on as it comes.
 * @throws BuildcacheError `protocol` for an answer without end
 */
async function boundedBody(request, { status, body }) {
    const isRefusal = status >= 300;
    if (!isRefusal && isObject(request))
        return body;
    const most = isRefusal ? REFUSAL_MOST : ANSWER_MOST;
    const bytes = await (0,read/* readUpTo */.Vc)(body, most + 1);
    const isLonger = bytes.length > most;
    if (isLonger && !isRefusal) {
        throw new errors/* BuildcacheError */.fO('protocol', 'the answer of the S3 server is too long', {
            url: (0,redact/* redactUrl */.B)(`${request.protocol}//${request.hostname}${request.path}`),
            expected: `at most ${most} bytes`,
            found: 'more',
            hint: 'check the endpoint URL',
        });
    }
    // The status says enough.
    return external_node_stream_.Readable.from(isLonger || bytes.length === 0 ? [] : [bytes], { objectMode: false });
}
/** A page of a listing has a thousand keys of at most a kilobyte, each byte of which may take three. */
const ANSWER_MOST = 16 * 1024 * 1024;
const REFUSAL_MOST = 64 * 1024;
/** Whether the content of an object is asked for, rather than something about one or the bucket. */
function isObject({ method, query = {} }) {
    return method === 'GET' && query['x-id'] === 'GetObject';
}
function urlOf({ protocol, hostname, port, path, query = {} }) {
    const pairs = Object.entries(query).flatMap(([name, value]) => {
        if (value === null)
            return [encode(name)];
        return [value].flat().map((one) => `${encode(name)}=${encode(one)}`);
    });
    const search = pairs.length === 0 ? '' : `?${pairs.join('&')}`;
    return new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}${search}`);
}
/** As the signature has it: more than what `encodeURIComponent` escapes. */
function encode(text) {
    return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
function bodyOf(body) {
    if (body instanceof Uint8Array) {
        return { body: body.length <= PIECE ? body : external_node_stream_.Readable.from(pieces(body), { objectMode: false }) };
    }
    if (body instanceof external_node_stream_.Readable || typeof body === 'string')
        return { body };
    return {};
}
function* pieces(bytes) {
    for (let at = 0; at < bytes.length; at += PIECE)
        yield bytes.subarray(at, at + PIECE);
}

;// CONCATENATED MODULE: ./build/storage/s3-settings.js



/** Left to itself, the SDK writes to the console. */
const SILENT = { trace() { }, debug() { }, info() { }, warn() { }, error() { } };
/**
 * @throws BuildcacheError `bad-input` for a bucket, prefix or endpoint that can be none, `denied` when
 *   credentials were configured but are not to be had
 */
async function findSettings(sdk, options) {
    checkBucketName(options.bucket);
    if (options.prefix !== '')
        (0,storage_key/* checkKey */.yR)(options.prefix);
    const given = endpointUrl(options.endpointUrl ?? process.env['S3_ENDPOINT_URL']);
    // A client that is asked nothing but what it has found. (It may ask for a role itself, through ours.)
    const found = new sdk.S3Client({
        ...(options.profile === undefined ? {} : { profile: options.profile }),
        requestHandler: sdkTransport(options.http),
        logger: SILENT,
    }).config;
    const endpoint = given ?? endpointUrl(await found.serviceConfiguredEndpoint?.());
    return {
        region: options.region ?? (await found.region().catch(() => 'us-east-1')),
        endpoint,
        forcePathStyle: options.forcePathStyle ?? endpoint !== undefined,
        ...(await findCredentials(options, found.credentials)),
    };
}
async function findCredentials({ credentials, profile, renew, bucket }, chain) {
    const fixed = (found) => ({ credentials: found, renewed: undefined });
    if (credentials !== undefined)
        return fixed(credentials === 'anonymous' ? credentials : plain(credentials));
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_PROFILE } = process.env;
    if (profile === undefined && AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY) {
        const found = plain({
            accessKeyId: AWS_ACCESS_KEY_ID,
            secretAccessKey: AWS_SECRET_ACCESS_KEY,
            sessionToken: AWS_SESSION_TOKEN,
        });
        return { credentials: found, renewed: AWS_SESSION_TOKEN ? renew : undefined };
    }
    if (renew !== undefined && profile === undefined && !AWS_PROFILE)
        return fixed(renew);
    try {
        await chain();
        return fixed(chain); // Refreshes what expires.
    }
    catch (error) {
        if (error instanceof errors/* BuildcacheError */.fO)
            throw error; // Nobody answered.
        const message = error instanceof Error ? error.message : String(error);
        // The last link's words: nothing was configured. Any other failure is of something that was.
        if (message === 'Could not load credentials from any providers')
            return fixed('anonymous');
        throw new errors/* BuildcacheError */.fO('denied', 'no credentials for S3 could be had', {
            url: `s3://${bucket}`,
            found: message.slice(0, 300),
            hint: 'check the profile, the role and its token, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
        });
    }
}
function plain({ accessKeyId, secretAccessKey, sessionToken }) {
    return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}
function checkBucketName(bucket) {
    // Also what keeps a bucket from becoming another host name, path or an ARN with a region of its own.
    if (/^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$/.test(bucket) && !bucket.includes('..'))
        return;
    throw new errors/* BuildcacheError */.fO('bad-input', 'not the name of a bucket', {
        // Somebody may have written keys there, as other schemes have them.
        found: /[:@]/.test(bucket) ? 'a ":" or an "@"' : JSON.stringify(bucket),
        expected: 'letters, digits, dots, dashes and underscores',
    });
}
function endpointUrl(text) {
    if (text === undefined || text === '')
        return undefined;
    const full = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(text) ? text : `https://${text}`;
    const url = URL.canParse(full) ? new URL(full) : undefined;
    if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.search === '') {
        return url.href.replace(/\/+$/, '');
    }
    throw new errors/* BuildcacheError */.fO('bad-input', 'not an endpoint URL of an S3 server', {
        expected: 'https://host[:port] without a user and a query',
    });
}

;// CONCATENATED MODULE: ./build/storage/s3-connection.js








/** Another region, and newer credentials. */
const CORRECTIONS = 2;
/**
 * @throws BuildcacheError `bad-input` for a bucket, prefix or endpoint that can be none, `denied` when
 *   credentials were configured but are not to be had
 */
async function connectS3(options) {
    const { bucket, prefix } = options;
    // Not news to our users, who are told which Node we need.
    process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
    const sdk = await __webpack_require__.e(/* import() */ 3711).then(__webpack_require__.t.bind(__webpack_require__, 53711, 19));
    const { region, endpoint, forcePathStyle, credentials, renewed } = await findSettings(sdk, options);
    const settings = {
        region,
        ...(endpoint === undefined ? {} : { endpoint }),
        forcePathStyle,
        ...(credentials === 'anonymous' ? UNSIGNED : { credentials }),
        requestHandler: sdkTransport(options.http),
        // Retries are ours: they see the errors of bodies too, and can make a streamed body anew.
        maxAttempts: 1,
        retryMode: 'standard',
        // Other servers know neither the newer checksums nor the chunked encoding they come in.
        requestChecksumCalculation: 'WHEN_REQUIRED',
        responseChecksumValidation: 'WHEN_REQUIRED',
        expectContinueHeader: false,
        logger: SILENT,
    };
    const anonymous = credentials === 'anonymous';
    const urlOf = (key) => `s3://${[bucket, prefix, key].filter((part) => part !== '').join('/')}`;
    let current = { client: new sdk.S3Client(settings), region, isRenewed: false };
    const call = (as) => {
        const identity = as.isRenewed && renewed !== undefined ? { credentials: renewed } : {};
        return { client: new sdk.S3Client({ ...settings, region: as.region, ...identity }), ...as };
    };
    /** Whether asking again at once, in another way, makes sense. Many may find out the same at once. */
    const corrected = (refusal, asked) => {
        if (refusal.clockCorrected)
            return true;
        if (renewed !== undefined && !asked.isRenewed && mayBeExpired(refusal)) {
            if (!current.isRenewed)
                current = call({ region: current.region, isRenewed: true });
            return true;
        }
        const actual = refusal.headers['x-amz-bucket-region'];
        if (endpoint !== undefined || actual === undefined || actual === asked.region)
            return false;
        if (actual !== current.region)
            current = call({ region: actual, isRenewed: current.isRenewed });
        return true;
    };
    const attempt = async (key, run, corrections) => {
        const asked = current;
        try {
            return { value: await run(asked.client) };
        }
        catch (failure) {
            const refusal = refusalOf(failure);
            if (refusal === undefined)
                throw ourError(failure, urlOf(key));
            if (corrections > 0 && corrected(refusal, asked))
                return await attempt(key, run, corrections - 1);
            const error = refusalError(refusal, { url: urlOf(key), anonymous });
            switch (error.code) {
                case 'unreachable':
                case 'throttled':
                case 'server-error':
                    throw error;
                default:
                    return { refusal, error };
            }
        }
    };
    const ask = async (key, run, signal) => {
        (0,core_abort/* throwIfCancelled */.dZ)(signal);
        const abort = signal === undefined ? {} : { abortSignal: signal };
        const once = async () => await attempt(key, async (client) => await run(client, abort), CORRECTIONS);
        try {
            return await (0,retry/* retrying */.R$)(once, options.retry, signal);
        }
        catch (error) {
            (0,core_abort/* throwIfCancelled */.dZ)(signal);
            throw error;
        }
    };
    const checkBucket = (0,once/* once */.O)(async (signal) => {
        const command = () => new sdk.HeadBucketCommand({ Bucket: bucket });
        const answer = await ask('', async (client, sending) => await client.send(command(), sending), signal);
        // Refused for another reason, it is there: we may read objects and not the bucket.
        if ('error' in answer && answer.refusal.status === 404)
            throw missingBucket(answer.refusal, urlOf(''));
    });
    return {
        sdk,
        bucket,
        endpoint: endpoint ?? 'aws',
        retry: options.retry,
        partBytes: options.partBytes ?? 16 * 1024 * 1024,
        urlOf,
        keyOf: (key) => {
            (0,storage_key/* checkKey */.yR)(key);
            return prefix === '' ? key : `${prefix}/${key}`;
        },
        ask,
        checkBucket,
    };
}
/** The value, or the refusal thrown. */
function granted(answer) {
    if ('error' in answer)
        throw answer.error;
    return answer.value;
}
/** The answer to HEAD has no body to say what it was that is not there. */
function missingBucket(refusal, url) {
    return refusalError({ ...refusal, code: 'NoSuchBucket' }, { url, anonymous: false });
}
const UNSIGNED = {
    signer: { sign: async (request) => request },
    credentials: { accessKeyId: 'anonymous', secretAccessKey: 'anonymous' },
};
/** Failures that are no answers. */
function ourError(failure, url) {
    if (failure instanceof errors/* BuildcacheError */.fO)
        return failure;
    const found = (failure instanceof Error ? failure.message : String(failure)).slice(0, 300);
    const credentials = failure instanceof Error && /Provider|Token/.test(failure.name);
    return credentials
        ? new errors/* BuildcacheError */.fO('denied', 'no credentials for S3 could be had', { url, found })
        : new errors/* BuildcacheError */.fO('protocol', 'asking the S3 server failed', { url, found });
}

;// CONCATENATED MODULE: ./build/storage/s3-read.js
/** Reading objects of a bucket. */







/** As `StorageReader.get`. */
async function getS3(connection, key, { range, ifNoneMatch, signal }) {
    const input = {
        Bucket: connection.bucket,
        Key: connection.keyOf(key),
        ...(range === undefined ? {} : { Range: `bytes=${range.start}-${range.end ?? ''}` }),
        ...(ifNoneMatch === undefined ? {} : { IfNoneMatch: ifNoneMatch }),
    };
    const answer = await connection.ask(key, (client, options) => client.send(new connection.sdk.GetObjectCommand(input), options), signal);
    if ('error' in answer) {
        const { status, headers } = answer.refusal;
        if (status === 304)
            return 'not-modified';
        if (status === 416) {
            const total = /^bytes \*\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1];
            const size = total === undefined ? undefined : Number(total);
            return { key, size, offset: range?.start ?? 0, body: external_node_stream_.Readable.from([], { objectMode: false }) };
        }
        return await absent(connection, answer, signal);
    }
    const { Body: body, ContentRange, ...found } = answer.value;
    if (!(body instanceof external_node_stream_.Readable))
        throw new errors/* BuildcacheError */.fO('internal', 'the AWS SDK gave no stream');
    const part = /^bytes (\d+)-\d+\/(\d+)$/.exec(ContentRange ?? '');
    const size = part === null ? found.ContentLength : Number(part[2]);
    const packed = (0,content_coding/* packingOf */.bp)(found.ContentEncoding, found.ContentLength);
    return { ...objectInfo(key, found), packed, size, offset: part === null ? 0 : Number(part[1]), body };
}
/** As `StorageReader.head`. */
async function headS3(connection, key, signal) {
    const input = { Bucket: connection.bucket, Key: connection.keyOf(key) };
    const answer = await connection.ask(key, (client, options) => client.send(new connection.sdk.HeadObjectCommand(input), options), signal);
    if (!('error' in answer))
        return objectInfo(key, answer.value);
    if (answer.refusal.status === 404)
        return await absent(connection, answer, signal);
    // The answer to HEAD has no body that would say why. That to GET has.
    const found = await getS3(connection, key, { range: { start: 0, end: 0 }, signal });
    if (found === undefined || found === 'not-modified')
        return undefined;
    found.body.destroy();
    throw answer.error;
}
/** As `StorageLister.list`. What is no key of ours (markers of folders, say) is passed over. */
async function* listS3(connection, prefix, signal) {
    (0,storage_key/* checkPrefix */.by)(prefix);
    const above = connection.keyOf('x').slice(0, -1);
    let token;
    const seen = new Set();
    do {
        const input = {
            Bucket: connection.bucket,
            Prefix: above + prefix,
            // XML cannot carry every character a key can have.
            EncodingType: 'url',
            ...(token === undefined ? {} : { ContinuationToken: token }),
        };
        const page = granted(await connection.ask(prefix, (client, options) => client.send(new connection.sdk.ListObjectsV2Command(input), options), signal));
        if (page.Name === undefined) {
            // Some web server's page, in which the SDK found nothing.
            throw new errors/* BuildcacheError */.fO('protocol', 'the answer is no listing of a bucket', {
                url: connection.urlOf(prefix),
                hint: 'check the endpoint URL',
            });
        }
        const decode = page.EncodingType === 'url' ? urlDecoded : (text) => text;
        for (const found of page.Contents ?? []) {
            const full = decode(found.Key ?? '');
            const key = full.slice(above.length);
            if (!full.startsWith(above + prefix) || !(0,storage_key/* isKey */.m0)(key))
                continue;
            yield { key, size: found.Size, modified: found.LastModified, etag: found.ETag };
        }
        token =
            page.IsTruncated === true
                ? (0,pages/* nextPage */.Z)(page.NextContinuationToken, seen, connection.urlOf(prefix))
                : undefined;
    } while (token !== undefined);
}
/** Undefined when the refusal means that the object is not there. Throws it otherwise. */
async function absent(connection, { refusal, error }, signal) {
    if (refusal.status !== 404 || refusal.code === 'NoSuchBucket')
        throw error;
    // Without a body (HEAD) a 404 may as well mean the bucket, or come from some web server.
    if (refusal.code !== 'NoSuchKey')
        await connection.checkBucket(signal);
    return undefined;
}
function objectInfo(key, found) {
    return {
        key,
        size: found.ContentLength,
        modified: found.LastModified,
        etag: found.ETag,
        contentType: found.ContentType?.split(';')[0]?.trim().toLowerCase(),
    };
}
function urlDecoded(text) {
    return (0,user_info/* percentDecoded */.o)(text.replaceAll('+', ' '));
}

;// CONCATENATED MODULE: ./build/storage/s3-conditions.js
/**
 * Conditional writes, on servers that have them, have them in a dialect, say they do not, or silently do not.
 *
 * What a server does is found out with the first conditional write: putting a scratch object on the condition
 * that it replaces a version that never was. A server with conditions refuses (and nothing is written), one
 * that ignores them writes it (it is deleted again), one that rejects the header says so. In the last two cases
 * support is `none`: the present state is compared right before the write, which narrows the race but does not
 * close it.
 */






function s3Conditions(connection) {
    const { sdk, bucket, retry } = connection;
    let support = 'native';
    /** The header itself is refused. */
    let rejected = false;
    /** RFC 9110 has etags in quotes, and S3 returns them so; Ceph compares with the bare one. */
    let quoted = true;
    const headersFor = (condition, inQuotes) => {
        if (rejected)
            return {};
        if ('ifAbsent' in condition)
            return { IfNoneMatch: '*' };
        const bare = condition.ifMatch.replace(/^"(.*)"$/, '$1');
        return { IfMatch: inQuotes ? `"${bare}"` : bare };
    };
    const compare = async (key, condition, signal) => {
        const found = await headS3(connection, key, signal);
        if ('ifAbsent' in condition ? found === undefined : found?.etag === condition.ifMatch)
            return;
        throw conflict(connection.urlOf(key), condition, found === undefined ? 'no object' : found.etag);
    };
    const probe = (0,once/* once */.O)(async (signal, key) => {
        // Beside the key, where we are likely to be allowed to write.
        const scratch = `${key.slice(0, key.lastIndexOf('/') + 1)}.condition-probe-${(0,external_node_crypto_.randomBytes)(8).toString('hex')}`;
        const target = { Bucket: bucket, Key: connection.keyOf(scratch) };
        const input = { ...target, Body: new Uint8Array(0), IfMatch: `"${'0'.repeat(32)}"` };
        const answer = await connection.ask(key, (client, options) => client.send(new sdk.PutObjectCommand(input), options), signal);
        if (!('error' in answer)) {
            support = 'none';
            await connection.ask(key, (client, options) => client.send(new sdk.DeleteObjectCommand(target), options), signal);
            return;
        }
        const { status, code } = answer.refusal;
        const forbidden = code === 'AccessDenied';
        if (code === 'NoSuchBucket' || (answer.error.code === 'denied' && !forbidden))
            throw answer.error;
        if (status === 412 || status === 404 || status === 409)
            return;
        support = 'none';
        // Not being allowed to write this object says nothing: conditions are sent along, and not relied upon.
        rejected = !forbidden;
    });
    return {
        get support() {
            return support;
        },
        async precheck(key, condition, signal) {
            if (condition === undefined)
                return;
            try {
                await compare(key, condition, signal);
            }
            catch (error) {
                if ((0,errors/* errorCode */.CA)(error) !== 'denied')
                    throw error;
            }
        },
        async decide(key, condition, send, signal) {
            if (condition === undefined)
                return await send({});
            await probe(signal, key);
            for (let busy = 0;; busy++) {
                if (support === 'none')
                    await compare(key, condition, signal);
                const inQuotes = quoted;
                const answer = await send(headersFor(condition, inQuotes));
                if (!('error' in answer))
                    return answer;
                const { status, code } = answer.refusal;
                if (status === 501 && !rejected) {
                    rejected = true;
                    support = 'none';
                }
                else if (status === 409 && busy < retry.retries) {
                    // Another write of the same key is under way. S3 wants to be asked again.
                    await (0,promises_.setTimeout)(retry.baseDelayMs * 2 ** busy * (1 + Math.random()));
                    (0,core_abort/* throwIfCancelled */.dZ)(signal);
                }
                else if (status === 412 && 'ifMatch' in condition) {
                    // Refused although the etag is right: the server wants it written the other way.
                    await compare(key, condition, signal);
                    const other = await send(headersFor(condition, !inQuotes));
                    if ('error' in other && other.refusal.status === 412) {
                        throw conflict(connection.urlOf(key), condition, 'HTTP 412');
                    }
                    quoted = !inQuotes;
                    return other;
                }
                else if (status === 412 ||
                    status === 409 ||
                    (status === 404 && /^(NoSuchKey|NotFound)$/.test(code))) {
                    throw conflict(connection.urlOf(key), condition, `HTTP ${status} ${code}`);
                }
                else {
                    return answer;
                }
            }
        },
    };
}
function conflict(url, condition, found) {
    const absent = 'ifAbsent' in condition;
    return new errors/* BuildcacheError */.fO('conflict', absent ? 'there is an object already' : 'somebody else changed this object meanwhile', { url, expected: absent ? 'no object' : condition.ifMatch, ...(found === undefined ? {} : { found }) });
}

// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(78474);
;// CONCATENATED MODULE: ./build/storage/s3-multipart.js
/** Objects in parts: several at a time, completed at once, and nothing left behind when it fails. */





/** S3's own limit. */
const PARTS_MOST = 10_000;
const PARTS_AT_ONCE = 4;
/** Far longer than an upload takes between two looks at it, and than clocks differ. */
const STALE_MS = 24 * 60 * 60 * 1000;
/** For clearing up after a failure, during which the caller's own signal may be the very reason. */
const ABORT_MS = 10_000;
/** @returns the new object's etag */
async function uploadInParts(connection, upload) {
    const { sdk } = connection;
    const { key, metadata, signal } = upload;
    const target = { Bucket: connection.bucket, Key: connection.keyOf(key) };
    const create = { ...target, ...metadata };
    await abortStale(connection, key, signal);
    const created = granted(await connection.ask(key, async (client, sending) => await client.send(new sdk.CreateMultipartUploadCommand(create), sending), signal));
    const address = { ...target, UploadId: created.UploadId ?? '' };
    try {
        const Parts = await sendParts(connection, upload, address);
        const input = { ...address, MultipartUpload: { Parts } };
        const answer = await upload.complete(async (headers) => await connection.ask(key, async (client, sending) => await client.send(new sdk.CompleteMultipartUploadCommand({ ...input, ...headers }), sending), signal));
        if ('error' in answer && answer.refusal.code === 'NoSuchUpload') {
            // It may have been done, and the answer that said so have been lost on the way.
            const found = await headS3(connection, key, signal);
            if (found?.etag !== undefined && found.etag === etagOf(Parts))
                return found.etag;
        }
        return granted(answer).ETag || undefined; // Ceph may leave it empty.
    }
    catch (error) {
        await connection
            .ask(key, async (client, sending) => await client.send(new sdk.AbortMultipartUploadCommand(address), sending), AbortSignal.timeout(ABORT_MS))
            .catch(() => undefined);
        throw error;
    }
}
/**
 * Parts of unfinished uploads of the same key, left by a process that was killed, cost money and are seen by nobody.
 * Best effort: not everybody may list them, and not every server can.
 */
async function abortStale(connection, key, signal) {
    const { sdk, bucket: Bucket } = connection;
    const Key = connection.keyOf(key);
    try {
        const { Uploads = [] } = granted(await connection.ask(key, async (client, sending) => await client.send(new sdk.ListMultipartUploadsCommand({ Bucket, Prefix: Key }), sending), signal));
        for (const { Key: found, UploadId, Initiated } of Uploads) {
            const isStale = Initiated !== undefined && Date.now() - Initiated.getTime() > STALE_MS;
            if (!isStale || found !== Key || UploadId === undefined)
                continue;
            const address = { Bucket, Key, UploadId };
            await connection.ask(key, async (client, sending) => await client.send(new sdk.AbortMultipartUploadCommand(address), sending), signal);
        }
    }
    catch {
        (0,core_abort/* throwIfCancelled */.dZ)(signal);
    }
}
async function sendParts(connection, { key, parts, preparePart, signal }, address) {
    const failed = new AbortController();
    const either = signal === undefined ? failed.signal : AbortSignal.any([signal, failed.signal]);
    (0,external_node_events_.setMaxListeners)(0, either); // Several for each part; Node warns at eleven.
    const done = [];
    let next = 1;
    const worker = async () => {
        for (let PartNumber = next++; PartNumber <= parts; PartNumber = next++) {
            const send = await preparePart(PartNumber, either);
            const answer = await connection.ask(key, async (client, sending) => await send(client, { ...address, PartNumber }, sending), either);
            const ETag = granted(answer);
            done.push({ PartNumber, ...(ETag === undefined ? {} : { ETag }) });
        }
    };
    const workers = Array.from({ length: Math.min(PARTS_AT_ONCE, parts) }, async () => {
        try {
            await worker();
        }
        catch (error) {
            failed.abort(error);
        }
    });
    // All have stopped before anybody clears up. The first failure is what stopped the others.
    await Promise.all(workers);
    if (failed.signal.aborted)
        throw failed.signal.reason;
    return done.sort((a, b) => (a.PartNumber ?? 0) - (b.PartNumber ?? 0));
}
/** S3's etag of an object in parts: the MD5 of the parts' MD5s. Another where the server encrypts. */
function etagOf(parts) {
    const hash = (0,external_node_crypto_.createHash)('md5');
    for (const { ETag = '' } of parts)
        hash.update(Buffer.from(ETag.replaceAll('"', ''), 'hex'));
    return `"${hash.digest('hex')}-${parts.length}"`;
}

// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: ./build/storage/payload.js
var storage_payload = __webpack_require__(52312);
;// CONCATENATED MODULE: ./build/storage/s3-write.js
/** Putting and deleting objects of a bucket. */






/** Files of more parts than this go in parts… */
const SINGLE_MOST_PARTS = 4;
/**
 * …except where they replace a certain version, up to the most bytes S3 takes at once: Ceph passes over
 * conditions of uploads in parts. (With `ifAbsent` they are compared before and sent along: what is that large
 * is named by its digest, so who comes second writes the same.)
 */
const SINGLE_REPLACEMENT_MOST = 5 * 1024 ** 3;
/** As `Storage.put`. @returns the etag */
async function putS3(connection, conditions, key, source, options) {
    const { sdk } = connection;
    const { condition, signal } = options;
    const target = { Bucket: connection.bucket, Key: connection.keyOf(key), ...metadataOf(options) };
    if (!(source instanceof Uint8Array)) {
        await checkSize(source);
        const replacing = condition !== undefined && 'ifMatch' in condition;
        const most = replacing ? SINGLE_REPLACEMENT_MOST : SINGLE_MOST_PARTS * connection.partBytes;
        if (source.size > most)
            return await putInParts(connection, conditions, key, source, options);
    }
    const content = source instanceof Uint8Array ? source : { file: source.file, start: 0, end: source.size };
    const payload = await (0,storage_payload/* payloadOf */.M)(content, signal);
    const answer = await conditions.decide(key, condition, async (headers) => await connection.ask(key, async (client, sending) => await payload.withBody(async (Body) => {
        const input = { ...target, ...headers, Body, ContentLength: payload.size };
        const command = new sdk.PutObjectCommand(input);
        command.middlewareStack.add(declaring(payload), { step: 'build' });
        return await client.send(command, sending);
    }), signal), signal);
    return granted(answer).ETag;
}
/** As `Storage.delete`. S3 itself does not say whether anything was there. */
async function deleteS3(connection, key, signal) {
    if ((await headS3(connection, key, signal)) === undefined)
        return false;
    const command = { Bucket: connection.bucket, Key: connection.keyOf(key) };
    granted(await connection.ask(key, async (client, sending) => await client.send(new connection.sdk.DeleteObjectCommand(command), sending), signal));
    return true;
}
/** What an object carries besides its bytes, in the SDK's words. */
function metadataOf({ contentType, cacheControl }) {
    return {
        ...(contentType === undefined ? {} : { ContentType: contentType }),
        ...(cacheControl === undefined ? {} : { CacheControl: cacheControl }),
    };
}
async function putInParts(connection, conditions, key, { file, size }, options) {
    const { condition, signal } = options;
    await conditions.precheck(key, condition, signal); // Before the long way.
    const partSize = Math.max(connection.partBytes, Math.ceil(size / PARTS_MOST));
    return await uploadInParts(connection, {
        key,
        metadata: metadataOf(options),
        parts: Math.ceil(size / partSize),
        preparePart: async (number, partSignal) => {
            const start = (number - 1) * partSize;
            const part = { file, start, end: Math.min(start + partSize, size) };
            const payload = await (0,storage_payload/* payloadOf */.M)(part, partSignal);
            return async (client, address, sending) => await payload.withBody(async (Body) => {
                const input = { ...address, Body, ContentLength: payload.size };
                const command = new connection.sdk.UploadPartCommand(input);
                command.middlewareStack.add(declaring(payload), { step: 'build' });
                return (await client.send(command, sending)).ETag;
            });
        },
        complete: async (send) => await conditions.decide(key, condition, send, signal),
        signal,
    });
}
async function checkSize({ file, size }) {
    const found = await (0,external_node_fs_promises_.stat)(file).catch((error) => {
        throw (0,errors/* fileError */.zS)(error, file, 'read');
    });
    if (found.size !== size)
        throw (0,storage_payload/* sizeChanged */.C)(file, size, found.size);
}
/**
 * Has the signature cover the bytes, which the SDK does for bytes in memory alone: the server then refuses what
 * was damaged on the way, or changed in the file since.
 */
function declaring({ sha256 }) {
    return (next) => async (args) => {
        const { headers } = args.request;
        headers['x-amz-content-sha256'] = sha256;
        return await next(args);
    };
}

;// CONCATENATED MODULE: ./build/storage/s3-copy.js
/** Copying between buckets of one server, which moves no bytes through us. */




/** Parts of what AWS copies in parts alone (over 5 GiB) are so many times as large as uploaded ones. */
const COPIED_PART_TIMES = 32;
/** As `Storage.copyFrom`: undefined where the server cannot, or will not with the target's credentials. */
async function copyS3(source, sourceKey, target, conditions, key, options) {
    if (source.endpoint !== target.endpoint)
        return undefined;
    const { sdk } = target;
    const { condition, signal, expected } = options;
    const from = { Bucket: source.bucket, Key: source.keyOf(sourceKey) };
    const to = { Bucket: target.bucket, Key: target.keyOf(key) };
    // Servers that decide on conditions of a PUT may still not on those of a copy.
    await conditions.precheck(key, condition, signal);
    if (from.Bucket === to.Bucket && from.Key === to.Key)
        return true;
    const metadata = metadataOf(options);
    const input = {
        ...to,
        ...metadata,
        CopySource: [from.Bucket, ...from.Key.split('/')].map(encodeURIComponent).join('/'),
        ...(metadata.ContentType === undefined ? {} : { MetadataDirective: 'REPLACE' }),
        // Has the server say the digest of what it has written. Servers that do not know this pass over it.
        ...(expected === undefined ? {} : { ChecksumAlgorithm: 'SHA256' }),
    };
    const answer = await conditions.decide(key, condition, async (headers) => await target.ask(key, async (client, sending) => await client.send(new sdk.CopyObjectCommand({ ...input, ...headers }), sending), signal), signal);
    if (!('error' in answer)) {
        await verifyCopy(target, key, answer.value.CopyObjectResult?.ChecksumSHA256, options);
        return true;
    }
    const { status, code } = answer.refusal;
    if (code === 'NoSuchKey') {
        throw new errors/* BuildcacheError */.fO('not-found', 'there is no such object to copy', {
            url: source.urlOf(sourceKey),
        });
    }
    if (status === 401 || status === 403 || status === 501)
        return undefined;
    // What AWS says of more than 5 GiB: InvalidRequest. If it was something else, the parts meet it again.
    if (status !== 413 && code !== 'InvalidRequest' && code !== 'EntityTooLarge')
        throw answer.error;
    const found = await headS3(source, sourceKey, signal);
    if (found?.size === undefined)
        throw answer.error;
    await copyInParts(target, conditions, key, input.CopySource, found.size, options);
    await verifyCopy(target, key, undefined, options);
    return true;
}
/** @param checksum what the server says, in base64 @throws `corrupt`, and the copy is gone */
async function verifyCopy(target, key, checksum, { expected, signal }) {
    if (expected === undefined)
        return;
    // Of an object in parts it is a digest of digests, and says so.
    const digest = checksum !== undefined && /^[A-Za-z0-9+/]{43}=$/.test(checksum) ? checksum : undefined;
    const size = digest === undefined ? (await headS3(target, key, signal))?.size : expected.size;
    const found = digest === undefined ? undefined : Buffer.from(digest, 'base64').toString('hex');
    const sizeFits = expected.size === undefined || size === expected.size;
    if (sizeFits && (found === undefined || found === expected.sha256))
        return;
    await deleteS3(target, key, signal);
    throw new errors/* BuildcacheError */.fO('corrupt', sizeFits ? 'its SHA-256 is wrong' : 'its length is wrong', {
        url: target.urlOf(key),
        expected: sizeFits ? expected.sha256 : `${expected.size} bytes`,
        found: sizeFits ? (found ?? '') : `${size ?? 0} bytes`,
    });
}
async function copyInParts(target, conditions, key, CopySource, size, options) {
    const { condition, signal } = options;
    const partSize = Math.max(COPIED_PART_TIMES * target.partBytes, Math.ceil(size / PARTS_MOST));
    await uploadInParts(target, {
        key,
        metadata: metadataOf(options),
        parts: Math.max(1, Math.ceil(size / partSize)),
        preparePart: async (number) => {
            const start = (number - 1) * partSize;
            const CopySourceRange = `bytes=${start}-${Math.min(start + partSize, size) - 1}`;
            return async (client, address, sending) => {
                const command = new target.sdk.UploadPartCopyCommand({ ...address, CopySource, CopySourceRange });
                return (await client.send(command, sending)).CopyPartResult?.ETag;
            };
        },
        complete: async (send) => await conditions.decide(key, condition, send, signal),
        signal,
    });
}

;// CONCATENATED MODULE: ./build/storage/s3.js
/**
 * A bucket, or what is below a prefix of one, as a storage: `s3://` mirrors, at AWS and elsewhere.
 *
 * `conditions` is `native` until the first conditional write has shown that the server does not have them,
 * and `none` from then on: look at it after a conditional put, not before. Where it is `none`, a put still
 * compares right before it writes.
 *
 * A put that failed as `unreachable` may have been done; asked again by itself on its condition, it then is
 * a `conflict`. Read what is there, and merge again: nothing is lost by it.
 */





/**
 * Finds out where and as whom (no request is sent to the bucket yet).
 * @throws BuildcacheError `bad-input` for a bucket, prefix or endpoint that can be none, `denied` when
 *   credentials were configured but are not to be had
 */
async function openS3Storage(options) {
    const connection = await connectS3(options);
    const conditions = s3Conditions(connection);
    const storage = {
        url: connection.urlOf(''),
        get conditions() {
            return conditions.support;
        },
        get: async (key, request = {}) => await getS3(connection, key, request),
        head: async (key, { signal } = {}) => await headS3(connection, key, signal),
        list: (prefix, { signal } = {}) => listS3(connection, prefix, signal),
        put: async (key, source, put = {}) => ({ etag: await putS3(connection, conditions, key, source, put) }),
        delete: async (key, { signal } = {}) => await deleteS3(connection, key, signal),
        copyFrom: async (source, sourceKey, key, put = {}) => {
            const from = connections.get(source);
            if (from === undefined)
                return undefined;
            return await copyS3(from, sourceKey, connection, conditions, key, put);
        },
        close: async () => await options.http.close(),
    };
    connections.set(storage, connection);
    return storage;
}
/** The buckets behind storages, by which `copyFrom` knows one. */
const connections = new WeakMap();


/***/ })

};
