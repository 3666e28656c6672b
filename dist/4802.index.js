export const id = 4802;
export const ids = [4802];
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


/***/ })

};
