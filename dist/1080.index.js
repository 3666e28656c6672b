export const id = 1080;
export const ids = [1080,4824,3327];
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

/***/ 53327:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bc: () => (/* binding */ isDigest),
/* harmony export */   Ek: () => (/* binding */ repositoryUrl),
/* harmony export */   Xb: () => (/* binding */ DOCKER_HUB),
/* harmony export */   ZD: () => (/* binding */ hexOf),
/* harmony export */   dz: () => (/* binding */ isTag),
/* harmony export */   en: () => (/* binding */ isRepositoryName),
/* harmony export */   ol: () => (/* binding */ digestOf),
/* harmony export */   parseImageReference: () => (/* binding */ parseImageReference),
/* harmony export */   parseRepositoryUrl: () => (/* binding */ parseRepositoryUrl)
/* harmony export */ });
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(82552);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _core_redact_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(193);
/**
 * Where images are: `oci://host[:port]/name` as mirrors are written, and `host/name:tag@digest` as docker writes
 * images, with docker's defaults. Names are lower-cased as Spack does (organizations on GitHub are not), tags
 * are kept as they are.
 */



/** Docker's own registry under the name its API answers to. */
const DOCKER_HUB = 'index.docker.io';
/** The OCI distribution specification 1.1, "Pulling manifests": names and tags. */
const NAME = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const HOST = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:]+\])(?::\d{1,5})?$/;
/** Host and name together; what registries and docker take. */
const NAME_MOST = 255;
/**
 * The repository of an OCI mirror. A tag or digest has no meaning there and is dropped, as Spack does.
 * @param url `oci://host[:port]/name` or, for plain HTTP, `oci+http://…`
 * @throws BuildcacheError `usage`
 */
function parseRepositoryUrl(url) {
    const match = /^oci(\+http)?:\/\/([^?#]*)$/i.exec(url);
    if (match === null)
        throw malformed(url, 'oci://host/name or oci+http://host/name');
    const { host, name } = parse(match[2]?.replace(/(?<=\/.*[^/])\/+$/, '') ?? '', url);
    return { scheme: match[1] === undefined ? 'https' : 'http', host, name };
}
/**
 * An image as it is written for `docker pull`, or as a URL with one of the schemes above.
 * @throws BuildcacheError `usage`
 */
function parseImageReference(text) {
    const match = /^(?:oci(\+http)?:\/\/)?(.*)$/is.exec(text);
    const { host, name, tag, digest } = parse(match?.[2] ?? '', text);
    const scheme = match?.[1] === undefined ? 'https' : 'http';
    return { scheme, host, name, tag: tag ?? (digest === undefined ? 'latest' : undefined), digest };
}
/** `oci://host/name`, for people and for comparing. */
function repositoryUrl({ scheme, host, name }) {
    return `${scheme === 'http' ? 'oci+http' : 'oci'}://${host}/${name}`;
}
/** Whether text is a tag a registry must take. */
function isTag(text) {
    return typeof text === 'string' && TAG.test(text);
}
function isDigest(text) {
    return typeof text === 'string' && text.startsWith('sha256:') && (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .isSha256 */ ._h)(text.slice(7));
}
/** Whether text can be the name of a repository, as given to a mount. */
function isRepositoryName(text) {
    return text.length <= NAME_MOST && NAME.test(text);
}
function digestOf(bytes) {
    return `sha256:${(0,_core_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .sha256 */ .sc)(bytes)}`;
}
/** The 64 hexadecimal digits. */
function hexOf(digest) {
    return digest.slice('sha256:'.length);
}
/** @param source what was written, for messages */
function parse(text, source) {
    const [image = '', digest, ...more] = text.split('@');
    if (more.length > 0 || (digest !== undefined && !isDigest(digest))) {
        throw malformed(source, 'nothing or sha256:<64 hexadecimal digits> after the @');
    }
    // A colon before the last slash is a port's.
    const colon = image.indexOf(':', image.lastIndexOf('/') + 1);
    const tag = colon === -1 ? undefined : image.slice(colon + 1);
    if (tag !== undefined && !isTag(tag))
        throw malformed(source, 'a tag of at most 128 letters, digits, _, . and -');
    const { host, name } = withDefaults(colon === -1 ? image : image.slice(0, colon));
    if (!HOST.test(host) || !URL.canParse(`https://${host}/`))
        throw malformed(source, 'host[:port]/name');
    if (!isRepositoryName(name)) {
        throw malformed(source, 'a name of letters and digits with . _ - / between them, at most 255 characters');
    }
    return { host, name, tag, digest };
}
/** Docker's: a first part that looks like no host is a user of its hub, and a lone name is one of its library. */
function withDefaults(image) {
    const slash = image.indexOf('/');
    const first = slash === -1 ? '' : image.slice(0, slash);
    const isHost = /[.:[]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
    const host = isHost ? first.toLowerCase() : DOCKER_HUB;
    const name = (isHost ? image.slice(slash + 1) : image).toLowerCase();
    if (host !== 'docker.io' && host !== DOCKER_HUB)
        return { host, name };
    return { host: DOCKER_HUB, name: name.includes('/') ? name : `library/${name}` };
}
/** What was written may have a password in it. */
function malformed(source, expected) {
    const at = source.lastIndexOf('@');
    const clean = at === -1 || isDigest(source.slice(at + 1));
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('usage', 'not a place in a registry', {
        expected,
        found: (0,_core_redact_js__WEBPACK_IMPORTED_MODULE_2__/* .redactUrl */ .B)(clean ? source : `…${source.slice(at)}`).slice(0, 300),
        ...(clean ? {} : { hint: 'credentials do not go there: use access_pair of the mirror, or docker login' }),
    });
}


/***/ }),

/***/ 21080:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openRegistry: () => (/* binding */ openRegistry),
  openRegistryReader: () => (/* binding */ openRegistryReader)
});

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/core/redact.js
var redact = __webpack_require__(193);
// EXTERNAL MODULE: ./build/storage/once.js
var once = __webpack_require__(77801);
;// CONCATENATED MODULE: ./build/storage/registry-challenge.js
/** What a server asks for in `WWW-Authenticate` (RFC 9110, section 11.6.1): one or more challenges, mixed lists. */
/** No honest header is longer; the pattern below is linear, but what it yields is kept. */
const MOST = 16 * 1024;
/** A scheme, or a parameter with its value as a token or in quotes; commas and white space before it. */
const PART = /[\s,]*([!#$%&'*+\-.^_`|~0-9A-Za-z]+)(?:[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s,"=]+)))?(?=[\s,]|$)/y;
/**
 * Reads as far as it can be understood: who cannot be understood has asked for nothing. A challenge with a
 * bare token instead of parameters (`Negotiate YII=`) has none here, as we speak none of these.
 * @param header attacker-controlled; several headers are joined with commas
 */
function parseChallenges(header) {
    const challenges = [];
    PART.lastIndex = 0;
    const text = header.slice(0, MOST);
    for (let match = PART.exec(text); match !== null; match = PART.exec(text)) {
        const [, name = '', quoted, bare] = match;
        const value = quoted === undefined ? bare : quoted.replace(/\\(.)/g, '$1');
        const last = challenges.at(-1);
        if (value === undefined)
            challenges.push({ scheme: name.toLowerCase(), parameters: new Map() });
        else if (last === undefined)
            break;
        else if (!last.parameters.has(name.toLowerCase()))
            last.parameters.set(name.toLowerCase(), value);
    }
    return challenges;
}

// EXTERNAL MODULE: ./build/storage/registry-reference.js
var registry_reference = __webpack_require__(53327);
// EXTERNAL MODULE: ./build/core/json.js
var json = __webpack_require__(28314);
// EXTERNAL MODULE: ./build/storage/http.js
var http = __webpack_require__(24824);
// EXTERNAL MODULE: ./build/storage/http-client.js + 2 modules
var http_client = __webpack_require__(27901);
// EXTERNAL MODULE: ./build/storage/read.js
var read = __webpack_require__(53700);
;// CONCATENATED MODULE: ./build/storage/registry-token.js
/**
 * A token for a registry: by GET with Basic credentials or none (distribution's token specification), by POST
 * for identity tokens and for endpoints that take nothing else (its OAuth2 variant).
 */






/** Seconds a token lasts where nothing is said (the token specification), and the most we believe. */
const LIFETIME = 60;
const LIFETIME_MOST = 24 * 60 * 60;
/** Seconds before its end when a token counts as over: clocks differ and requests take time. */
const MARGIN = 10;
/**
 * @returns `refused` when these credentials, or none, get no token
 * @throws BuildcacheError `unreachable`, `throttled`, `server-error`, `protocol`, `cancelled`
 */
async function fetchToken(client, endpoint, scopes, credentials, signal) {
    const asked = performance.now();
    let response = credentials?.kind === 'identity'
        ? await post(client, endpoint, scopes, credentials, signal)
        : await get(client, endpoint, scopes, credentials, signal);
    if (credentials?.kind === 'pair' && (response.status === 404 || response.status === 405)) {
        await (0,http_client/* drain */.Z)(response.body);
        response = await post(client, endpoint, scopes, credentials, signal);
    }
    const { status } = response;
    if (status === 200)
        return tokenOf(await bodyOf(response, endpoint), asked, endpoint);
    await (0,http_client/* drain */.Z)(response.body);
    // OAuth2 says 400 to a refresh token that is over (RFC 6749, section 5.2).
    if ((status >= 400 && status <= 403) || (status === 405 && credentials === undefined))
        return 'refused';
    throw failure(response, endpoint);
}
function basicHeader(id, secret) {
    return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}
async function get(client, { realm, service }, scopes, credentials, signal) {
    const url = new URL(realm.href);
    if (service !== undefined)
        url.searchParams.set('service', service);
    for (const scope of scopes)
        url.searchParams.append('scope', scope);
    const headers = { accept: 'application/json' };
    if (credentials?.kind === 'pair')
        headers['authorization'] = basicHeader(credentials.id, credentials.secret);
    return await client.request({ method: 'GET', url, headers, signal });
}
async function post(client, { realm, service }, scopes, credentials, signal) {
    const form = new URLSearchParams({ client_id: 'buildcache-action', scope: scopes.join(' ') });
    if (service !== undefined)
        form.set('service', service);
    if (credentials.kind === 'identity') {
        form.set('grant_type', 'refresh_token');
        form.set('refresh_token', credentials.token);
    }
    else {
        form.set('grant_type', 'password');
        form.set('username', credentials.id);
        form.set('password', credentials.secret);
    }
    const headers = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' };
    return await client.request({ method: 'POST', url: realm, headers, body: form.toString(), signal });
}
async function bodyOf({ body }, { realm }) {
    const object = { key: '', size: undefined, offset: 0, body };
    const bytes = await (0,read/* readAll */.yw)(object, { maxBytes: 256 * 1024, what: 'the answer of the token endpoint' });
    try {
        return JSON.parse(bytes.toString('utf8'));
    }
    catch {
        throw malformed(realm, 'no JSON'); // without its text: there may be half a token in it
    }
}
function tokenOf(answer, asked, { realm }) {
    if (!(0,json/* isObject */.Gv)(answer))
        throw malformed(realm, 'no JSON object');
    const token = answer['token'] ?? answer['access_token'];
    // What goes into a header must not end it.
    if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token))
        throw malformed(realm, 'no token');
    const said = answer['expires_in'];
    const seconds = typeof said === 'number' && said > 0 ? Math.min(said, LIFETIME_MOST) : LIFETIME;
    const validUntil = asked + (seconds - Math.min(MARGIN, seconds / 4)) * 1000;
    return { header: `Bearer ${token}`, validUntil };
}
function malformed(realm, found) {
    return new errors/* BuildcacheError */.fO('protocol', 'the token endpoint answered with something else', {
        url: (0,redact/* redactUrl */.B)(realm),
        expected: 'a JSON object with a token',
        found,
    });
}
function failure(response, { realm }) {
    const { status } = response;
    const retryAfter = (0,http/* retryAfterSeconds */.C)(response);
    const facts = { url: (0,redact/* redactUrl */.B)(realm), status, ...(retryAfter === undefined ? {} : { retryAfter }) };
    if (status === 429)
        return new errors/* BuildcacheError */.fO('throttled', 'the token endpoint asks to slow down (429)', facts);
    if (status >= 500 || status === 408) {
        return new errors/* BuildcacheError */.fO('server-error', `the token endpoint failed (${status})`, facts);
    }
    return new errors/* BuildcacheError */.fO('protocol', `the token endpoint answered with status ${status}`, {
        ...facts,
        expected: '200 and a token',
    });
}

;// CONCATENATED MODULE: ./build/storage/registry-auth.js
/**
 * Who we are, to a registry: Basic, or Bearer with a token from where the registry says (the token
 * specification of distribution/distribution, and its OAuth2 variant by POST). Tokens are kept for as long as
 * they last, one for each set of rights, and fetched once however many ask.
 *
 * Credentials belong to a host. The registry may send us for its token to itself (any port), to a host of the
 * same owner, or to the well-known one of Docker's hub, and they go along; to any other host they do not,
 * unless that host is known to have the very same ones from docker's config.json. (docker and containerd send
 * them anywhere.) What is another host's own never gets a token for this registry: it could name the token
 * endpoint of a registry we are logged in to, and be handed a token of that one. Never over plain HTTP, except
 * for a registry that was itself configured with `oci+http://`.
 */







function openAuthorizer(client, repository, findCredentials) {
    const registry = `${repository.scheme}://${repository.host}`;
    const grants = new Map();
    const lookUps = new Map();
    const found = new Map();
    const secrets = new Set();
    let method;
    /** Once for each host, however many ask: helpers are programs. */
    const credentialsFor = async (host, signal) => {
        const name = host === repository.host ? repository.name : '';
        const lookUp = lookUps.get(host) ??
            (0,once/* once */.O)(async (mine) => {
                const result = await findCredentials({ host, name }, mine);
                found.set(host, result);
                const { credentials } = result;
                if (credentials !== undefined) {
                    secrets.add(credentials.kind === 'pair' ? credentials.secret : credentials.token);
                }
            });
        lookUps.set(host, lookUp);
        await lookUp(signal);
        return found.get(host) ?? { credentials: undefined, source: 'nowhere', remarks: [] };
    };
    const refused = async (status, signal) => {
        if (status === 403 && method === undefined) {
            return new errors/* BuildcacheError */.fO('denied', 'the registry refuses access, and asks for no credentials', {
                url: registry,
                status,
                hint: 'check the name, and whether the registry admits this machine',
            });
        }
        const { credentials, source, remarks } = await credentialsFor(repository.host, signal);
        const facts = { url: registry, status };
        const also = remarks.length === 0 ? {} : { found: remarks.join('; ') };
        if (credentials === undefined) {
            const hint = whatWouldHelp(repository.host);
            return new errors/* BuildcacheError */.fO('denied', `the registry wants credentials, and there are none for ${repository.host}`, { ...facts, ...also, hint });
        }
        return new errors/* BuildcacheError */.fO('denied', `the registry refuses access with the credentials from ${source} (${status})`, {
            ...facts,
            hint: whatToCheck(repository),
        });
    };
    const grantOf = (scopes) => {
        const key = scopes.join(' ');
        const grant = grants.get(key) ?? { token: undefined, renewal: undefined, further: [] };
        grants.set(key, grant);
        return grant;
    };
    const tokenFor = async (endpoint, scopes, signal) => {
        const grant = grantOf(scopes);
        if (grant.token === undefined || grant.token.validUntil <= performance.now()) {
            grant.renewal ??= (0,once/* once */.O)(async (mine) => {
                const { credentials } = await credentialsFor(repository.host, mine);
                const all = [...scopes, ...grant.further];
                const token = await fetchToken(client, endpoint, all, credentials, mine);
                if (token === 'refused')
                    throw await refused(401, mine);
                secrets.add(bare(token.header));
                grant.token = token;
            });
            const { renewal } = grant;
            try {
                await renewal(signal);
            }
            finally {
                if (grant.renewal === renewal)
                    grant.renewal = undefined;
            }
        }
        // However short it lasts: whether it is over is for the registry to say.
        return grant.token?.header ?? (await tokenFor(endpoint, scopes, signal));
    };
    return {
        async authorization(scopes, signal) {
            if (method === undefined)
                return undefined;
            return method.kind === 'basic' ? method.header : await tokenFor(method, scopes, signal);
        },
        async renew(header, scopes, used, signal) {
            const challenges = parseChallenges(header ?? '');
            const bearer = challenges.find(({ scheme, parameters }) => scheme === 'bearer' && parameters.has('realm'));
            if (bearer !== undefined) {
                const endpoint = tokenEndpoint(bearer.parameters, repository);
                const { host } = endpoint.realm;
                if (!sameOwner(repository.host, host)) {
                    const own = await credentialsFor(repository.host, signal);
                    // Without any, the token is nobody's.
                    if (own.credentials !== undefined &&
                        !(0,external_node_util_.isDeepStrictEqual)(own.credentials, (await credentialsFor(host, signal)).credentials)) {
                        throw foreign(endpoint, registry);
                    }
                }
                method = { kind: 'bearer', ...endpoint };
                const grant = grantOf(scopes);
                grant.further = furtherScopes(bearer.parameters.get('scope'), scopes);
                if (grant.token?.header === used)
                    grant.token = undefined;
                return await tokenFor(endpoint, scopes, signal);
            }
            const { credentials } = await credentialsFor(repository.host, signal);
            if (challenges.some(({ scheme }) => scheme === 'basic') && credentials?.kind === 'pair') {
                const next = basicHeader(credentials.id, credentials.secret);
                secrets.add(bare(next));
                if (next === used)
                    throw await refused(401, signal);
                method = { kind: 'basic', header: next };
                return next;
            }
            if (challenges.some(({ scheme }) => scheme === 'basic'))
                throw await refused(401, signal);
            throw new errors/* BuildcacheError */.fO('denied', 'the registry wants credentials in a way we do not speak', {
                url: registry,
                status: 401,
                expected: 'a Basic or Bearer challenge',
                found: challenges.length === 0 ? 'none' : challenges.map(({ scheme }) => scheme).join(', '),
            });
        },
        refused,
        scrub(text) {
            let clean = text;
            for (const secret of secrets)
                if (secret !== '')
                    clean = clean.replaceAll(secret, '***');
            return clean;
        },
    };
}
/** Whether what is given to the one host may be given to the other: host names with or without ports. */
function sameOwner(registry, realm) {
    const [ours, theirs] = [hostName(registry), hostName(realm)];
    if (ours === theirs)
        return true;
    if (ours === registry_reference/* DOCKER_HUB */.Xb && theirs === 'auth.docker.io')
        return true;
    // Addresses and single labels have no owner but themselves.
    const owner = ownerOf(ours);
    return owner !== undefined && owner === ownerOf(theirs);
}
/**
 * The part of a host name that somebody registered, without a list of all public suffixes: two labels, three
 * below `co.uk` and its like, none where customers of one provider are neighbours.
 */
function ownerOf(host) {
    if (/^\[|^[\d.]+$/.test(host))
        return undefined;
    const labels = host.split('.');
    const suffix = labels.slice(-2).join('.');
    if (labels.length < 2 || SHARED.test(host))
        return undefined;
    if (!/^(?:com?|org|net|edu|gov|ac|or|ne|go)\.[a-z]{2}$/.test(suffix))
        return suffix;
    return labels.length < 3 ? undefined : labels.slice(-3).join('.');
}
/** Domains below which neighbours are strangers. All of their registries hand out tokens themselves. */
const SHARED = /(?:^|\.)(?:amazonaws\.com(?:\.cn)?|on\.aws|azurecr\.(?:io|cn|us)|azure(?:websites)?\.(?:com|net)|cloudapp\.(?:net|azure\.com)|windows\.net|pkg\.dev|run\.app|appspot\.com|web\.app|jfrog\.io|github\.io|gitlab\.io|githubusercontent\.com|herokuapp\.com|netlify\.app|vercel\.app|pages\.dev|workers\.dev|cloudfront\.net|fly\.dev|onrender\.com|ngrok\.io|ngrok\.app|duckdns\.org|nip\.io|sslip\.io)$/;
function hostName(host) {
    return host.replace(/:\d+$/, '').toLowerCase();
}
function bare(header) {
    return header.slice(header.indexOf(' ') + 1);
}
/** @param parameters attacker-controlled where the registry is */
function tokenEndpoint(parameters, repository) {
    const text = parameters.get('realm') ?? '';
    const realm = URL.canParse(text) ? new URL(text) : undefined;
    const schemes = repository.scheme === 'http' ? ['https:', 'http:'] : ['https:'];
    if (realm === undefined || !schemes.includes(realm.protocol)) {
        throw new errors/* BuildcacheError */.fO('protocol', 'the registry names a token endpoint that can be none', {
            url: `${repository.scheme}://${repository.host}`,
            expected: repository.scheme === 'http' ? 'an http or https URL' : 'an https URL',
            found: realm === undefined ? 'no URL' : (0,redact/* redactUrl */.B)(realm),
        });
    }
    realm.username = '';
    realm.password = '';
    realm.hash = '';
    return { realm, service: parameters.get('service') };
}
function foreign({ realm }, registry) {
    return new errors/* BuildcacheError */.fO('denied', 'the registry asks for its credentials to be sent to another host', {
        url: registry,
        expected: 'a token endpoint on its own host or domain',
        found: (0,redact/* redactUrl */.B)(realm),
        hint: `if it is to be trusted, add the same credentials for ${realm.host} to docker's config.json`,
    });
}
/** Of what the registry asks for, what our own scopes do not cover: some rewrite names on the way. */
function furtherScopes(asked, ours) {
    const scopes = (asked ?? '')
        .slice(0, 2_048)
        .split(' ')
        .filter((scope) => /^[\x21-\x7e]+$/.test(scope));
    return scopes.filter((scope) => {
        const at = scope.lastIndexOf(':');
        const own = ours.find((each) => each.slice(0, each.lastIndexOf(':')) === scope.slice(0, at));
        const rights = own?.slice(at + 1).split(',');
        return (rights === undefined ||
            !scope
                .slice(at + 1)
                .split(',')
                .every((right) => rights.includes(right)));
    });
}
function whatWouldHelp(host) {
    const login = `log in with "docker login${host === registry_reference/* DOCKER_HUB */.Xb ? '' : ` ${host}`}"`;
    const pair = 'set access_pair of the mirror';
    return host === 'ghcr.io'
        ? `${pair}, give github-token (packages: read or write), or ${login}`
        : `${pair}, or ${login}`;
}
function whatToCheck({ host, name }) {
    if (host === 'ghcr.io') {
        return `check that they may use ${name}: the job needs "packages: write" (to read: "packages: read"), and the package must give this repository access`;
    }
    return `check them, and what they may do with ${name}`;
}

// EXTERNAL MODULE: ./build/core/abort.js
var abort = __webpack_require__(67844);
// EXTERNAL MODULE: ./build/core/retry.js
var core_retry = __webpack_require__(68216);
;// CONCATENATED MODULE: ./build/storage/registry-error.js
/** What a registry's refusal means: its status, and its own words (`{"errors": [{code, message}]}`), safely quoted. */




/** Enough for any honest explanation. */
const BODY_MOST = 64 * 1024;
const MESSAGE_MOST = 200;
/** Takes the body in, as far as it is of use, and frees the connection. */
async function readRefusal({ status, body }) {
    const chunks = [];
    let length = 0;
    try {
        for await (const chunk of body) {
            length += chunk.length;
            if (length > BODY_MOST)
                break;
            chunks.push(chunk);
        }
    }
    catch {
        // The status says enough.
    }
    const first = firstError(Buffer.concat(chunks).toString('utf8'));
    if (first === undefined)
        return { status, code: '', message: '', spoken: false };
    const { code, message } = first;
    return {
        status,
        code: typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) ? code : '',
        message: typeof message === 'string' ? message : '',
        spoken: true,
    };
}
/** @param scrub takes secrets out of what the registry says */
function refusalError(refusal, response, url, scrub) {
    const { status, code } = refusal;
    const [ours, message, hint] = meaning(refusal);
    const retryAfter = (0,http/* retryAfterSeconds */.C)(response);
    // Who speaks as registries do is one, and not the proxy before it.
    const way = refusal.spoken || response.through === undefined ? '' : ` through ${response.through}`;
    const said = (0,errors/* oneLine */.TN)(scrub(refusal.message)).slice(0, MESSAGE_MOST);
    return new errors/* BuildcacheError */.fO(ours, message, {
        url: (0,redact/* redactUrl */.B)(url),
        status,
        found: [`HTTP ${status}${code === '' ? '' : ` ${code}`}${way}`, said]
            .filter((part) => part !== '')
            .join(': '),
        ...(hint === undefined ? {} : { hint }),
        ...(retryAfter === undefined ? {} : { retryAfter }),
    });
}
function meaning({ status, code }) {
    if (status === 429 || code === 'TOOMANYREQUESTS')
        return ['throttled', 'the registry asks to slow down', SLOW];
    if (status === 401 || status === 403)
        return ['denied', 'the registry refuses access', CHECK];
    if (status >= 500 || status === 408)
        return ['server-error', 'the registry failed', 'try again later'];
    if (status === 413)
        return ['too-large', 'the registry does not take this much at once'];
    const known = BY_CODE[code];
    if (known !== undefined)
        return known;
    if (status === 405)
        return BY_CODE['UNSUPPORTED'] ?? ['unsupported', 'unsupported'];
    if (status === 404)
        return ['not-found', 'the registry has no such thing'];
    return ['protocol', 'the registry does not accept the request'];
}
const SLOW = 'lower --jobs or try again later';
const CHECK = 'check the credentials and what they may do';
/** The specification's table, "Error Codes". */
const BY_CODE = {
    UNAUTHORIZED: ['denied', 'the registry refuses access', CHECK],
    DENIED: ['denied', 'the registry refuses access', CHECK],
    UNSUPPORTED: ['unsupported', 'the registry does not do this'],
    NAME_INVALID: ['usage', 'the registry does not take this name for a repository'],
    NAME_UNKNOWN: [
        'not-found',
        'the registry knows no such repository',
        'check its name; some registries want it created before the first push',
    ],
    DIGEST_INVALID: ['corrupt', 'the registry got bytes with another digest'],
    SIZE_INVALID: ['corrupt', 'the registry got bytes of another length'],
    BLOB_UNKNOWN: ['not-found', 'the registry does not have this blob'],
    MANIFEST_BLOB_UNKNOWN: [
        'not-found',
        'the registry does not have what the manifest refers to',
        'push again',
    ],
    MANIFEST_UNKNOWN: ['not-found', 'the registry has no such manifest'],
    MANIFEST_INVALID: ['protocol', 'the registry does not accept the manifest'],
};
function firstError(text) {
    try {
        const document = JSON.parse(text);
        const errors = (0,json/* isObject */.Gv)(document) ? document['errors'] : undefined;
        const first = Array.isArray(errors) ? errors[0] : undefined;
        return (0,json/* isObject */.Gv)(first) ? first : undefined;
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/storage/registry-connection.js








/** Redirects followed for one request. */
const MAX_REDIRECTS = 8;
function connectRegistry(client, options) {
    const { repository, authorizer } = options;
    const root = new URL(`${repository.scheme}://${repository.host}/v2/`);
    const ownScope = `repository:${repository.name}:${options.actions}`;
    const urlOf = (path) => new URL(`${repository.name}/${path}`, root);
    const refusal = async (answer) => refusalError(await readRefusal(answer), answer, answer.url, authorizer.scrub);
    /** Follows redirects; the token stays with the registry's origin. */
    const follow = async (request, authorization) => {
        const { method, to, headers, body, signal } = request;
        let url = to instanceof URL ? to : urlOf(to);
        for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
            const trusted = url.origin === root.origin && authorization !== undefined;
            const response = await client.request({
                method,
                url,
                headers: { ...headers, ...(trusted ? { authorization } : {}) },
                ...(body === undefined ? {} : { body: await body() }),
                signal,
            });
            const { status } = response;
            const location = response.headers.get('location');
            const reading = method === 'GET' || method === 'HEAD';
            const redirected = reading
                ? [301, 302, 303, 307, 308].includes(status)
                : status === 307 || status === 308;
            if (!redirected || location === undefined)
                return { ...response, url };
            const target = (0,http/* redirectTarget */.E)(location, url);
            if (request.atHome === true && target.origin !== root.origin)
                return { ...response, url };
            await (0,http_client/* drain */.Z)(response.body);
            url = target;
        }
        throw new errors/* BuildcacheError */.fO('protocol', `redirected more than ${MAX_REDIRECTS} times`, {
            url: (0,redact/* redactUrl */.B)(urlOf('')),
            expected: 'an answer',
            found: `a redirect to ${(0,redact/* redactUrl */.B)(url)}`,
        });
    };
    const exchange = async (request) => {
        const { signal } = request;
        (0,abort/* throwIfCancelled */.dZ)(signal);
        const scopes = [ownScope, ...(request.scopes ?? [])];
        let authorization = await authorizer.authorization(scopes, signal);
        let answer = await follow(request, authorization);
        // What a redirect's host wants is none of our credentials' business.
        if (answer.status === 401 && answer.url.origin === root.origin) {
            await (0,http_client/* drain */.Z)(answer.body);
            const challenges = answer.headers.get('www-authenticate');
            authorization = await authorizer.renew(challenges, scopes, authorization, signal);
            answer = await follow(request, authorization);
        }
        const { status } = answer;
        if ((status === 401 || status === 403) && answer.url.origin === root.origin) {
            const { facts } = await refusal(answer);
            const error = await authorizer.refused(status, signal);
            throw new errors/* BuildcacheError */.fO(error.code, error.message, {
                ...facts,
                ...error.facts,
                url: (0,redact/* redactUrl */.B)(answer.url),
            });
        }
        if (status === 401 || status === 403 || status === 408 || status === 429 || status >= 500) {
            throw await refusal(answer);
        }
        return answer;
    };
    const retry = async (attempt, signal) => {
        try {
            return await (0,core_retry/* retrying */.R$)(attempt, options.retry, signal);
        }
        catch (error) {
            (0,abort/* throwIfCancelled */.dZ)(signal); // as our own error, however it came about
            throw error;
        }
    };
    const ask = (request) => retry(() => exchange(request), request.signal);
    const checkRegistry = (0,once/* once */.O)(async (signal) => {
        const answer = await ask({ method: 'GET', to: root, signal });
        await (0,http_client/* drain */.Z)(answer.body);
        if (answer.status === 200 && !isPage(answer))
            return;
        throw new errors/* BuildcacheError */.fO('protocol', 'who answers there is no registry', {
            url: (0,redact/* redactUrl */.B)(root),
            expected: 'an OCI registry',
            found: isPage(answer) ? 'a web page' : `HTTP ${answer.status}`,
            hint: 'check the host name',
        });
    });
    return {
        repository,
        retry,
        urlOf,
        exchange,
        ask,
        refusal,
        async absent(answer, signal) {
            const { spoken } = await readRefusal(answer);
            const json = answer.headers.get('content-type')?.includes('json') === true;
            if (!spoken && !json && answer.url.origin === root.origin)
                await checkRegistry(signal);
        },
    };
}
/** A log-in page or an application for people, where a document belongs. */
function isPage({ headers }) {
    return /^\s*text\/html/i.test(headers.get('content-type') ?? '');
}

// EXTERNAL MODULE: ./build/storage/content-coding.js
var content_coding = __webpack_require__(15358);
;// CONCATENATED MODULE: ./build/storage/registry-read.js
/** Reading from a repository: manifests, blobs, tags; and deleting manifests. */








const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const DOCKER_INDEX = 'application/vnd.docker.distribution.manifest.list.v2+json';
/** What registries must take at least ("Pushing Manifests"), and none takes more. */
const MANIFEST_MOST = 4 * 1024 * 1024;
/** Tags of one page, where the registry heeds what is asked for; and where it answers with all. */
const PAGE = 1_000;
const PAGE_BYTES_MOST = 64 * 1024 * 1024;
const PAGES_MOST = 10_000;
/** More specs than any cache has; who lists them keeps them in memory. */
const TAGS_MOST = 4_000_000;
/** As `RegistryReader.manifest`. */
async function readManifest(connection, reference, { accept, signal }) {
    const to = manifestPath(reference);
    // A body cut short is asked for again too.
    return await connection.retry(async () => {
        const answer = await connection.exchange({
            method: 'GET',
            to,
            headers: { accept: accepted(accept) },
            signal,
        });
        if (answer.status === 404)
            return void (await connection.absent(answer, signal));
        if (answer.status !== 200)
            throw await connection.refusal(answer);
        const announced = announcedDigest(answer);
        const known = (0,registry_reference/* isDigest */.Bc)(reference) ? reference : announced;
        const bytes = await registry_read_bodyOf(answer, MANIFEST_MOST, 'the manifest', known);
        const digest = (0,registry_reference/* digestOf */.ol)(bytes);
        for (const expected of [(0,registry_reference/* isDigest */.Bc)(reference) ? reference : undefined, announced]) {
            if (expected !== undefined && expected !== digest)
                throw otherDigest(answer.url, expected, digest);
        }
        return { bytes, mediaType: mediaTypeOf(answer), digest };
    }, signal);
}
/** As `RegistryReader.headManifest`. */
async function headManifest(connection, reference, options) {
    const { accept, signal } = options;
    const headers = { accept: accepted(accept) };
    const answer = await connection.ask({ method: 'HEAD', to: manifestPath(reference), headers, signal });
    if (answer.status === 404)
        return void (await connection.absent(answer, signal));
    if (answer.status !== 200 && answer.status !== 405)
        throw await connection.refusal(answer);
    await (0,http_client/* drain */.Z)(answer.body);
    const digest = answer.status === 405 ? undefined : announcedDigest(answer);
    const size = lengthOf(answer);
    if (digest !== undefined && size !== undefined && !isPage(answer)) {
        if ((0,registry_reference/* isDigest */.Bc)(reference) && reference !== digest)
            throw otherDigest(answer.url, reference, digest);
        return { mediaType: mediaTypeOf(answer), digest, size };
    }
    // Registries need not say; then its bytes do.
    const manifest = await readManifest(connection, reference, options);
    if (manifest === undefined)
        return undefined;
    return { mediaType: manifest.mediaType, digest: manifest.digest, size: manifest.bytes.length };
}
/** As `RegistryReader.blob`. */
async function openBlob(connection, digest, { range, signal }) {
    const headers = range === undefined ? {} : { range: `bytes=${range.start}-${range.end ?? ''}` };
    const answer = await connection.ask({ method: 'GET', to: blobPath(digest), headers, signal });
    if (answer.status === 404)
        return void (await connection.absent(answer, signal));
    const partial = answer.status === 206 ? contentRange(answer) : undefined;
    if (answer.status !== 200 && partial === undefined)
        throw await connection.refusal(answer);
    const size = partial === undefined ? lengthOf(answer) : partial.total;
    const packed = (0,content_coding/* packingOf */.bp)(answer.headers.get('content-encoding'), answer.headers.get('content-length'));
    return { key: digest, size, packed, body: answer.body, offset: partial?.start ?? 0 };
}
/** As `RegistryReader.headBlob`. */
async function headBlob(connection, digest, signal) {
    const answer = await connection.ask({ method: 'HEAD', to: blobPath(digest), signal });
    if (answer.status === 404)
        return void (await connection.absent(answer, signal));
    if (answer.status === 405) {
        // Who knows no HEAD shows it by the first byte.
        await (0,http_client/* drain */.Z)(answer.body);
        const object = await openBlob(connection, digest, { range: { start: 0, end: 0 }, signal });
        if (object === undefined)
            return undefined;
        await (0,http_client/* drain */.Z)(object.body);
        return { size: object.size };
    }
    if (answer.status !== 200)
        throw await connection.refusal(answer);
    await (0,http_client/* drain */.Z)(answer.body);
    return { size: lengthOf(answer) };
}
/** As `RegistryReader.tags`. */
async function* listTags(connection, signal) {
    let next = connection.urlOf(`tags/list?n=${PAGE}`);
    const visited = new Set();
    let count = 0;
    while (next !== undefined) {
        const to = next;
        if (visited.has(to.href) || visited.size >= PAGES_MOST)
            throw endless(to);
        visited.add(to.href);
        const { document, answer } = await readJson(connection, to, 'the list of tags', signal);
        const tags = (0,json/* isObject */.Gv)(document) ? document['tags'] : undefined;
        if (!Array.isArray(tags) && tags !== null)
            throw notAList(answer.url);
        // A name that can be no tag is not one that could be asked for.
        count += tags?.length ?? 0;
        if (count > TAGS_MOST)
            throw endless(to);
        for (const tag of tags ?? [])
            if ((0,registry_reference/* isTag */.dz)(tag))
                yield tag;
        next = nextPage(answer, connection);
    }
}
/** As `Registry.deleteManifest`. */
async function deleteManifest(connection, reference, signal) {
    const scopes = [`repository:${connection.repository.name}:delete`];
    const answer = await connection.ask({ method: 'DELETE', to: manifestPath(reference), scopes, signal });
    if (answer.status === 404) {
        await connection.absent(answer, signal);
        return false;
    }
    if (answer.status >= 200 && answer.status < 300) {
        await (0,http_client/* drain */.Z)(answer.body);
        return true;
    }
    const error = await connection.refusal(answer);
    // Registries that know no deletes, or none by tag, say so in various ways.
    if (error.code === 'denied' || error.code === 'throttled')
        throw error;
    throw new errors/* BuildcacheError */.fO('unsupported', `the registry does not delete ${(0,registry_reference/* isDigest */.Bc)(reference) ? 'manifests' : 'tags'}`, {
        ...error.facts,
        hint: (0,registry_reference/* isDigest */.Bc)(reference)
            ? 'turn deletes on in the registry, or use its own clean-up'
            : 'delete by digest instead',
    });
}
/**
 * A JSON document of the registry's, with its answer for what comes next.
 * @param atHome not to follow a redirect to another host
 * @throws BuildcacheError `not-found` for a 404; `protocol` for what is no JSON
 */
async function readJson(connection, to, what, signal, atHome = false) {
    return await connection.retry(async () => {
        const answer = await connection.exchange({
            method: 'GET',
            to,
            headers: { accept: 'application/json' },
            atHome,
            signal,
        });
        if (answer.status === 404)
            throw await notFound(connection, answer, signal);
        if (answer.status !== 200)
            throw await connection.refusal(answer);
        const bytes = await registry_read_bodyOf(answer, PAGE_BYTES_MOST, what);
        try {
            return { document: JSON.parse(bytes.toString('utf8')), answer };
        }
        catch {
            throw notAList(answer.url);
        }
    }, signal);
}
/** The page after this one (RFC 8288). Some proxies change scheme and port; another host it may not be. */
function nextPage({ headers, url }, { urlOf }) {
    const link = headers.get('link') ?? '';
    const target = /<([^>]*)>[^,]*;\s*rel="?next"?(?=\s*(?:[;,]|$))/i.exec(link)?.[1];
    if (target === undefined)
        return undefined;
    const next = URL.canParse(target, url.href) ? new URL(target, url.href) : undefined;
    if (next?.hostname !== urlOf('').hostname) {
        throw new errors/* BuildcacheError */.fO('protocol', 'the registry continues its list elsewhere', {
            url: (0,redact/* redactUrl */.B)(url),
            expected: 'a link to the same host',
            found: next === undefined ? 'no URL' : (0,redact/* redactUrl */.B)(next),
        });
    }
    return new URL(next.pathname + next.search, urlOf(''));
}
function manifestPath(reference) {
    const known = (0,registry_reference/* isTag */.dz)(reference) || (0,registry_reference/* isDigest */.Bc)(reference);
    if (known)
        return `manifests/${reference}`;
    throw new errors/* BuildcacheError */.fO('bad-input', 'neither a tag nor a digest', {
        found: JSON.stringify(reference.slice(0, 200)),
    });
}
function blobPath(digest) {
    if ((0,registry_reference/* isDigest */.Bc)(digest))
        return `blobs/${digest}`;
    throw new errors/* BuildcacheError */.fO('bad-input', 'not a digest', { expected: 'sha256:<64 hexadecimal digits>' });
}
/** Of an algorithm we do not know, a digest is no announcement. */
function announcedDigest({ headers }) {
    const digest = headers.get('docker-content-digest');
    return (0,registry_reference/* isDigest */.Bc)(digest) ? digest : undefined;
}
function otherDigest(url, expected, found) {
    return new errors/* BuildcacheError */.fO('corrupt', 'its digest is wrong', { url: (0,redact/* redactUrl */.B)(url), expected, found });
}
function accepted(accept = [OCI_MANIFEST, OCI_INDEX, DOCKER_MANIFEST, DOCKER_INDEX]) {
    return accept.join(', ');
}
function mediaTypeOf({ headers }) {
    return headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
}
function lengthOf({ headers }) {
    const length = headers.get('content-length');
    // A compressed transfer's length is not the object's.
    return length !== undefined && !headers.has('content-encoding') ? Number(length) : undefined;
}
function contentRange({ headers }) {
    const match = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '');
    if (match === null)
        return undefined;
    return { start: Number(match[1]), total: match[2] === '*' ? undefined : Number(match[2]) };
}
async function registry_read_bodyOf(answer, maxBytes, what, digest) {
    if (isPage(answer)) {
        await (0,http_client/* drain */.Z)(answer.body);
        throw new errors/* BuildcacheError */.fO('protocol', 'a web page came in place of a document', {
            url: (0,redact/* redactUrl */.B)(answer.url),
            expected: what,
            found: 'text/html',
            hint: 'check the host name, and whether a proxy wants a log-in',
        });
    }
    const packed = (0,content_coding/* packingOf */.bp)(answer.headers.get('content-encoding'), answer.headers.get('content-length'));
    return await (0,read/* readDocument */.u0)({ key: '', size: lengthOf(answer), packed, offset: 0, body: answer.body }, { maxBytes, what, sha256: digest === undefined ? undefined : (0,registry_reference/* hexOf */.ZD)(digest) });
}
async function notFound(connection, answer, signal) {
    await connection.absent(answer, signal);
    return new errors/* BuildcacheError */.fO('not-found', 'the registry knows no such repository', {
        url: (0,redact/* redactUrl */.B)(answer.url),
        status: 404,
        hint: 'check its name; it comes to be with the first push',
    });
}
function notAList(url) {
    return new errors/* BuildcacheError */.fO('protocol', 'the registry answered with something else', {
        url: (0,redact/* redactUrl */.B)(url),
        expected: 'a JSON document of the distribution specification',
    });
}
/** Who gives us pages for ever is not believed. */
function endless(url) {
    return new errors/* BuildcacheError */.fO('protocol', "the registry's list does not end", { url: (0,redact/* redactUrl */.B)(url) });
}

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/storage/blob-content.js
var blob_content = __webpack_require__(39363);
;// CONCATENATED MODULE: ./build/storage/registry-upload.js







/** Bytes of a chunk where one piece is too much, unless the registry wants more. */
const CHUNK = 16 * 1024 * 1024;
/** As `Registry.putBlob`. */
async function putBlob(connection, source, digest, signal) {
    const content = (0,blob_content/* contentOf */.$)(source);
    // Of what a registry has lost a part of it has another size; some say 0 to any HEAD.
    const isThere = async (by) => {
        const stored = await headBlob(by, digest, signal);
        return stored !== undefined && (stored.size || content.size) === content.size;
    };
    if (await isThere(connection))
        return false;
    // Below, the retries are those of the whole: none of their own for the steps.
    const steps = { ...connection, ask: connection.exchange };
    let session;
    let chunked = false;
    for (;;) {
        try {
            await connection.retry(async () => {
                let offset = 0;
                if (session !== undefined) {
                    // The connection broke: before the answer came, or in the middle.
                    if (await isThere(steps))
                        return;
                    const reached = await progressOf(connection, session, content.size, signal);
                    if (reached === undefined)
                        session = undefined;
                    else
                        offset = reached;
                }
                session ??= await startUpload(connection, signal);
                await upload(connection, session, content, { offset, digest, chunked }, signal);
            }, signal);
            return true;
        }
        catch (error) {
            if (chunked || !(error instanceof errors/* BuildcacheError */.fO) || error.code !== 'too-large')
                throw error;
            chunked = true;
            session = undefined;
        }
    }
}
/** As `Registry.mountBlob`. */
async function mountBlob(connection, digest, from, signal) {
    if (!(0,registry_reference/* isDigest */.Bc)(digest) || !(0,registry_reference/* isRepositoryName */.en)(from)) {
        throw new errors/* BuildcacheError */.fO('bad-input', 'not a blob of a repository', { expected: 'a digest and a name' });
    }
    const request = {
        method: 'POST',
        to: `blobs/uploads/?mount=${encodeURIComponent(digest)}&from=${encodeURIComponent(from)}`,
        headers: { 'content-length': '0' },
        scopes: [`repository:${from}:pull`],
        signal,
    };
    const answer = await connection.ask(request).catch((error) => {
        // Perhaps of the other repository only; else the upload will say so.
        if ((0,errors/* errorCode */.CA)(error) === 'denied')
            return undefined;
        throw error;
    });
    if (answer === undefined)
        return false;
    await (0,http_client/* drain */.Z)(answer.body);
    if (answer.status === 201)
        return true;
    if (answer.status === 202) {
        // It has begun an upload instead, which nobody will finish.
        const location = locationOf(answer);
        const end = await connection.exchange({ method: 'DELETE', to: location, signal }).catch(() => undefined);
        if (end !== undefined)
            await (0,http_client/* drain */.Z)(end.body).catch(() => undefined);
    }
    return false;
}
/** As `Registry.putManifest`; and whether the registry keeps the list of its subject's referrers. */
async function putManifest(connection, reference, bytes, mediaType, signal) {
    const digest = (0,registry_reference/* digestOf */.ol)(bytes);
    if ((0,registry_reference/* isDigest */.Bc)(reference) && reference !== digest) {
        throw new errors/* BuildcacheError */.fO('bad-input', 'the manifest has another digest', {
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
    if (answer.status < 200 || answer.status >= 300)
        throw await connection.refusal(answer);
    await (0,http_client/* drain */.Z)(answer.body);
    checkAnnounced(answer, digest);
    return { digest, knowsSubject: answer.headers.has('oci-subject') };
}
async function startUpload(connection, signal) {
    const headers = { 'content-length': '0' };
    const answer = await connection.exchange({ method: 'POST', to: 'blobs/uploads/', headers, signal });
    if (answer.status !== 202)
        throw await connection.refusal(answer);
    await (0,http_client/* drain */.Z)(answer.body);
    const least = Number(answer.headers.get('oci-chunk-min-length') ?? 0);
    return { location: locationOf(answer), chunkLeast: Number.isSafeInteger(least) ? least : 0 };
}
/** How many bytes have arrived; undefined when it is as well to begin again. */
async function progressOf(connection, session, size, signal) {
    const answer = await connection.exchange({ method: 'GET', to: session.location, signal });
    await (0,http_client/* drain */.Z)(answer.body);
    const reached = answer.status < 300 ? reachedIn(answer) : undefined;
    if (reached === undefined || reached > size)
        return undefined;
    if (answer.headers.has('location'))
        session.location = locationOf(answer);
    return reached;
}
async function upload(connection, session, content, { offset, digest, chunked }, signal) {
    const { size } = content;
    const whole = !chunked && offset === 0;
    const chunk = chunked ? Math.max(CHUNK, session.chunkLeast) : size;
    for (let at = offset; !whole && at < size;) {
        const end = Math.min(at + chunk, size);
        const range = { 'content-range': `${at}-${end - 1}` };
        const answer = await send(connection, 'PATCH', session.location, content, { start: at, end }, range, signal);
        // It has another part of it than we think: ask, and go on from there.
        if (answer.status === 416)
            throw lostItsPlace(answer);
        if (answer.status < 200 || answer.status >= 300)
            throw await connection.refusal(answer);
        await (0,http_client/* drain */.Z)(answer.body);
        session.location = locationOf(answer);
        const reached = Math.min(reachedIn(answer) ?? end, end);
        if (reached <= at)
            throw lostItsPlace(answer);
        at = reached;
    }
    const rest = whole ? { start: 0, end: size } : { start: size, end: size };
    const answer = await send(connection, 'PUT', withDigest(session.location, digest), content, rest, {}, signal);
    if (answer.status < 200 || answer.status >= 300)
        throw await connection.refusal(answer);
    await (0,http_client/* drain */.Z)(answer.body);
    checkAnnounced(answer, digest);
}
async function send(connection, method, to, content, { start, end }, headers, signal) {
    const type = { 'content-type': 'application/octet-stream', 'content-length': String(end - start) };
    const opened = [];
    const body = async () => {
        const stream = await content.open(start, end);
        stream.on('error', () => { }); // the request fails with it
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
    }
    finally {
        for (const stream of opened)
            stream.destroy();
    }
}
/** `0-<last byte>`; some say `bytes=` before. What is said of nothing and of one byte is the same. */
function reachedIn({ headers }) {
    const last = /^(?:bytes=)?0-(\d{1,15})$/.exec(headers.get('range') ?? '')?.[1];
    return last === undefined || last === '0' ? undefined : Number(last) + 1;
}
function locationOf(answer) {
    const location = answer.headers.get('location');
    if (location !== undefined)
        return (0,http/* redirectTarget */.E)(location, answer.url);
    throw new errors/* BuildcacheError */.fO('protocol', 'the registry does not say where the upload goes on', {
        url: (0,redact/* redactUrl */.B)(answer.url),
        expected: 'a Location header',
        found: 'none',
    });
}
/** Appended, not parsed: the rest of the query may be signed as it is. */
function withDigest(location, digest) {
    return new URL(`${location.href}${location.search === '' ? '?' : '&'}digest=${encodeURIComponent(digest)}`);
}
function checkAnnounced(answer, digest) {
    const announced = announcedDigest(answer);
    if (announced !== undefined && announced !== digest)
        throw otherDigest(answer.url, digest, announced);
}
function lostItsPlace(answer) {
    return new errors/* BuildcacheError */.fO('server-error', 'the registry has lost track of the upload', {
        url: (0,redact/* redactUrl */.B)(answer.url),
        status: answer.status,
        hint: 'try again',
    });
}

;// CONCATENATED MODULE: ./build/storage/registry-referrers.js
/**
 * Which manifests say that another one is their `subject`: from the referrers API, or, where a registry has
 * none, from an index under the tag `sha256-<hex>` that those who push keep (distribution specification 1.1,
 * "Listing Referrers" and "Unavailable Referrers API").
 */







/** Nobody signs that often. */
const registry_referrers_PAGES_MOST = 100;
/** How often we write again when somebody else's list has replaced ours. */
const ATTEMPTS = 8;
function referrersOf(connection) {
    let hasApi = true;
    /** Those of one process go one after another. */
    const turns = new Map();
    return {
        async list(subject, artifactType, signal) {
            const listed = hasApi ? await listFromApi(connection, subject, artifactType, signal) : undefined;
            hasApi = listed !== undefined;
            const all = listed ?? descriptorsOf(await readFallback(connection, subject, signal));
            // Registries need not filter.
            return all.filter((each) => each.artifactType === artifactType);
        },
        async add(bytes, mediaType, signal) {
            const subject = subjectOf(bytes);
            if (subject === undefined)
                return;
            const before = turns.get(subject)?.catch(() => undefined);
            const mine = (async () => {
                await before;
                await addToFallback(connection, subject, describe(bytes, mediaType), signal);
            })();
            turns.set(subject, mine);
            try {
                await mine;
            }
            finally {
                if (turns.get(subject) === mine)
                    turns.delete(subject);
            }
        },
    };
}
/** No condition comes with a put, so what was written is read back until it has stayed. */
async function addToFallback(connection, subject, descriptor, signal) {
    for (let attempt = 0; attempt <= ATTEMPTS; attempt++) {
        const present = await readFallback(connection, subject, signal);
        const known = listOf(present, connection, subject);
        if (descriptorsOf(present).some(({ digest }) => digest === descriptor.digest))
            return;
        const pause = attempt === 0 ? 0 : Math.random() * 50 * 2 ** attempt;
        await (0,promises_.setTimeout)(pause, undefined, signal === undefined ? {} : { signal });
        // What others have written there stays as it is, also what we know nothing of.
        const before = (0,json/* isObject */.Gv)(present) ? present : { schemaVersion: 2, mediaType: OCI_INDEX };
        const bytes = Buffer.from((0,json/* stringifyCompact */.LW)({ ...before, manifests: [...known, descriptor] }));
        await putManifest(connection, fallbackTag(subject), bytes, OCI_INDEX, signal);
    }
    throw new errors/* BuildcacheError */.fO('conflict', 'others keep replacing the list of referrers', {
        url: (0,redact/* redactUrl */.B)(connection.urlOf(`manifests/${fallbackTag(subject)}`)),
        hint: 'try again',
    });
}
/** Undefined where there is no such API. */
async function listFromApi(connection, subject, artifactType, signal) {
    const found = [];
    const type = encodeURIComponent(artifactType);
    let next = connection.urlOf(`referrers/${subject}?artifactType=${type}`);
    for (let page = 0; next !== undefined; page++) {
        if (page === registry_referrers_PAGES_MOST)
            throw endless(next);
        try {
            const { document, answer } = await readJson(connection, next, 'the list of referrers', signal, true);
            found.push(...descriptorsOf(document));
            next = nextPage(answer, connection);
        }
        catch (error) {
            // Registries without it say so in more than one way. ghcr.io sends us to pages for people, which soon say 429.
            const without = ['not-found', 'unsupported', 'protocol'];
            if (page > 0 || !without.includes((0,errors/* errorCode */.CA)(error)))
                throw error;
            return undefined;
        }
    }
    return found;
}
async function readFallback(connection, subject, signal) {
    const tag = fallbackTag(subject);
    const index = await readManifest(connection, tag, { accept: [OCI_INDEX], signal });
    return index && (parsed(index.bytes) ?? null);
}
/** @throws BuildcacheError `bad-input` for what is no list: putting another in its place would lose what it says */
function listOf(document, connection, subject) {
    const manifests = (0,json/* isObject */.Gv)(document) ? document['manifests'] : undefined;
    if (document === undefined)
        return [];
    if (Array.isArray(manifests))
        return manifests;
    throw new errors/* BuildcacheError */.fO('bad-input', 'the list of what refers to an image is malformed', {
        url: (0,redact/* redactUrl */.B)(connection.urlOf(`manifests/${fallbackTag(subject)}`)),
        expected: 'an image index with a list "manifests"',
        found: (0,json/* kindOf */.I)(document),
        hint: 'delete that tag if nobody needs it, and push again',
    });
}
function fallbackTag(subject) {
    return `sha256-${(0,registry_reference/* hexOf */.ZD)(subject)}`;
}
/** @param document attacker-controlled; what is no descriptor is not a referrer */
function descriptorsOf(document) {
    const manifests = (0,json/* isObject */.Gv)(document) ? document['manifests'] : undefined;
    if (!Array.isArray(manifests))
        return [];
    return manifests.flatMap((each) => {
        if (!(0,json/* isObject */.Gv)(each))
            return [];
        const { mediaType, digest, size, artifactType, annotations } = each;
        if (typeof mediaType !== 'string' || !(0,registry_reference/* isDigest */.Bc)(digest) || typeof size !== 'number')
            return [];
        return [
            {
                mediaType,
                digest,
                size,
                ...(typeof artifactType === 'string' ? { artifactType } : {}),
                ...(isStrings(annotations) ? { annotations } : {}),
            },
        ];
    });
}
function describe(bytes, mediaType) {
    const document = parsed(bytes);
    const manifest = (0,json/* isObject */.Gv)(document) ? document : {};
    const { artifactType, config, annotations } = manifest;
    // Without a type of its own, a manifest's is its config's.
    const type = artifactType ?? ((0,json/* isObject */.Gv)(config) ? config['mediaType'] : undefined);
    return {
        mediaType,
        digest: (0,registry_reference/* digestOf */.ol)(bytes),
        size: bytes.length,
        ...(typeof type === 'string' ? { artifactType: type } : {}),
        ...(isStrings(annotations) ? { annotations } : {}),
    };
}
function subjectOf(bytes) {
    const document = parsed(bytes);
    const subject = (0,json/* isObject */.Gv)(document) ? document['subject'] : undefined;
    const digest = (0,json/* isObject */.Gv)(subject) ? subject['digest'] : undefined;
    return (0,registry_reference/* isDigest */.Bc)(digest) ? digest : undefined;
}
function parsed(bytes) {
    try {
        return (0,json/* parseJson */.qF)(Buffer.from(bytes).toString('utf8'), 'a manifest');
    }
    catch {
        return undefined;
    }
}
function isStrings(value) {
    return (0,json/* isObject */.Gv)(value) && Object.values(value).every((each) => typeof each === 'string');
}

;// CONCATENATED MODULE: ./build/storage/registry.js






/** Asks for the right to pull only. The client is closed with it. */
function openRegistryReader(client, options) {
    return registry_open(client, options, 'pull').reader;
}
/** Asks for the rights to pull and push, at once. */
function openRegistry(client, options) {
    const { connection, reader, referrers } = registry_open(client, options, 'pull,push');
    return {
        ...reader,
        putBlob: (source, digest, { signal } = {}) => putBlob(connection, source, digest, signal),
        mountBlob: (digest, from, { signal } = {}) => mountBlob(connection, digest, from, signal),
        putManifest: async (reference, bytes, mediaType, { signal } = {}) => {
            const { digest, knowsSubject } = await putManifest(connection, reference, bytes, mediaType, signal);
            if (!knowsSubject)
                await referrers.add(bytes, mediaType, signal);
            return digest;
        },
        deleteManifest: (reference, { signal } = {}) => deleteManifest(connection, reference, signal),
    };
}
function registry_open(client, options, actions) {
    const { repository, retry } = options;
    const authorizer = openAuthorizer(client, repository, options.credentials);
    const connection = connectRegistry(client, { repository, retry, authorizer, actions });
    const referrers = referrersOf(connection);
    const reader = {
        url: (0,registry_reference/* repositoryUrl */.Ek)(repository),
        repository,
        manifest: (reference, request = {}) => readManifest(connection, reference, request),
        headManifest: (reference, request = {}) => headManifest(connection, reference, request),
        blob: (digest, request = {}) => openBlob(connection, digest, request),
        headBlob: (digest, { signal } = {}) => headBlob(connection, digest, signal),
        tags: ({ signal } = {}) => listTags(connection, signal),
        referrers: (digest, artifactType, { signal } = {}) => referrers.list(digest, artifactType, signal),
        close: () => client.close(),
    };
    return { connection, reader, referrers };
}


/***/ })

};
