export const id = 4824;
export const ids = [4824,4802];
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


/***/ })

};
