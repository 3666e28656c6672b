export const id = 4824;
export const ids = [4824];
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


/***/ })

};
