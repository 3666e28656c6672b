export const id = 7901;
export const ids = [7901];
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

/***/ 27901:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Z: () => (/* binding */ drain),
  openHttpClient: () => (/* binding */ openHttpClient)
});

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: ./build/core/abort.js
var abort = __webpack_require__(67844);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/core/redact.js
var redact = __webpack_require__(193);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(73136);
// EXTERNAL MODULE: ./build/storage/proxy.js
var storage_proxy = __webpack_require__(90286);
;// CONCATENATED MODULE: ./build/storage/http-transport.js



/** Connecting takes no longer, however patient one is with what comes afterwards. */
const CONNECT_MS = 10_000;
/** A connection nobody has used for so long is closed: what lies between may have forgotten it. */
const IDLE_MS = 30_000;
/** An error with a code, as the runtime's own have. */
class TransportFailure extends Error {
    code;
    constructor(code) {
        super(code);
        this.code = code;
    }
}
/** Opens connections when they are first needed, and keeps them alive. */
function openTransport(options) {
    const senders = new Map();
    const underWay = new Set();
    let isClosed = false;
    const senderFor = (protocol, proxy) => {
        const way = `${protocol} ${proxy?.url.href} ${proxy?.authorization}`;
        const sender = senders.get(way) ?? openSender(protocol, proxy, options);
        senders.set(way, sender);
        return sender;
    };
    return {
        async request(request, way) {
            const { proxy } = way;
            const { send, agent, turn } = await senderFor(request.url.protocol, proxy);
            const end = await turn?.(request.url.host, request.signal);
            const start = (settings) => {
                if (isClosed)
                    throw new TransportFailure('SOCKET');
                const started = send({ ...settings, agent });
                underWay.add(started);
                return started.once('close', () => {
                    underWay.delete(started);
                    end?.();
                });
            };
            try {
                return await exchange(start, request, way);
            }
            catch (error) {
                end?.();
                throw error;
            }
        },
        async close() {
            isClosed = true;
            for (const request of underWay)
                request.destroy();
            for (const sender of senders.values())
                (await sender).agent.destroy();
        },
    };
}
async function openSender(protocol, proxy, options) {
    const pool = { keepAlive: true, maxSockets: options.connections, timeout: IDLE_MS };
    // What is said in plain text is said to the proxy.
    if (protocol === 'http:' && (proxy?.url.protocol ?? protocol) === 'http:') {
        const { Agent, request } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 37067, 19));
        return { send: request, agent: new Agent(pool) };
    }
    const { Agent, request } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 44708, 19));
    const settings = { ...pool, ...(await tlsSettings(options)) };
    if (protocol === 'http:' || proxy === undefined)
        return { send: request, agent: new Agent(settings) };
    const { takingTurns, tunnelAgent } = await __webpack_require__.e(/* import() */ 4283).then(__webpack_require__.bind(__webpack_require__, 44283));
    const limit = (socket, tunnel) => limitSilence(socket, tunnel, () => undefined, options.timeoutMs);
    return {
        send: request,
        agent: tunnelAgent(proxy, { ...settings, limitSilence: limit }),
        turn: takingTurns(options.connections),
    };
}
async function tlsSettings({ verifyTls, ca, env }) {
    return {
        ...(verifyTls ? {} : { rejectUnauthorized: false }),
        ...(ca === undefined ? {} : { ca: [...(await usualAuthorities(env)), ca] }),
    };
}
/** Those of the runtime: naming further ones replaces them, those of NODE_EXTRA_CA_CERTS included. */
async function usualAuthorities(env) {
    const { getCACertificates, rootCertificates } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 41692, 19));
    // Older runtimes do not say which they are.
    if (getCACertificates !== undefined)
        return getCACertificates('default');
    const extra = env['NODE_EXTRA_CA_CERTS'];
    if (!extra)
        return rootCertificates;
    const { readFile } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 51455, 19));
    // The runtime itself has warned of one that cannot be read.
    return [
        ...rootCertificates,
        ...(await readFile(extra, 'utf8').then((pem) => [pem], () => [])),
    ];
}
function exchange(send, { method, url, headers, body, signal }, { proxy, timeoutMs }) {
    return new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const isPlain = proxy !== undefined && url.protocol === 'http:';
        const request = send({
            ...(isPlain ? toProxy(proxy, url) : (0,external_node_url_.urlToHttpOptions)(url)),
            auth: null, // credentials are headers
            method,
            headers: { ...headers, ...lengthOf(body), ...(isPlain ? proxyHeaders(proxy, url) : {}) },
        });
        let response;
        // Not left to the request's own option for it: that takes longer than all else done for a small request.
        const onAbort = () => {
            const error = new TransportFailure('SOCKET');
            (response ?? request).destroy(error);
            reject(error); // now: one that waits for a connection closes when there is one
        };
        signal?.addEventListener('abort', onAbort);
        request.on('error', reject); // after the answer has begun it is the body that fails
        request.on('response', (message) => {
            response = message;
            // Answered before all was sent: the rest is not wanted, and nobody else can use the connection.
            message.once('end', () => {
                if (!request.writableFinished)
                    request.destroy();
            });
            resolve({ status: message.statusCode ?? 0, headers: message.headersDistinct, body: message });
        });
        request.on('close', () => {
            signal?.removeEventListener('abort', onAbort);
            if (response === undefined)
                reject(new TransportFailure('SOCKET'));
        });
        request.on('socket', (socket) => {
            if (!socket.listeners('error').includes(ignore))
                socket.on('error', ignore);
            limitSilence(socket, request, () => response, timeoutMs);
        });
        if (body instanceof external_node_stream_.Readable)
            sendStream(body, headers?.['content-length'], request);
        else
            request.end(body);
    });
}
function toProxy(proxy, url) {
    return { ...(0,storage_proxy/* addressOf */.ci)(proxy), path: `${url.origin}${url.pathname}${url.search}` };
}
function proxyHeaders({ authorization }, url) {
    return { host: url.host, ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }) };
}
/**
 * Requests hear of their connection's errors. Between two, Node leaves it without a listener for a moment, in which an
 * error would end the process.
 */
function ignore() { }
/** Node frames a body by itself only for some methods. */
function lengthOf(body) {
    if (body === undefined || body instanceof external_node_stream_.Readable)
        return {};
    return { 'content-length': String(Buffer.byteLength(body)) };
}
/**
 * Ends an exchange in which nothing moves in either direction for too long. That takes two silences of half the time in
 * a row: after the first what had come while this process was busy with something else is read.
 */
function limitSilence(socket, request, answer, timeoutMs) {
    let half = (socket.connecting ? Math.min(timeoutMs, CONNECT_MS) : timeoutMs) / 2;
    let moved;
    const onSilence = () => {
        const response = answer();
        // What has come, or its end, waits for its reader: the silence is ours.
        const isOurs = response !== undefined && (response.complete || response.readableLength > 0);
        const before = moved;
        moved = isOurs ? undefined : socket.bytesRead + socket.bytesWritten;
        if (moved === undefined || moved !== before)
            socket.setTimeout(half);
        else if (socket.connecting)
            request.destroy(new TransportFailure('CONNECT_TIMEOUT'));
        else if (response === undefined)
            request.destroy(new TransportFailure('HEADERS_TIMEOUT'));
        else
            response.destroy(new TransportFailure('BODY_TIMEOUT'));
    };
    socket.setTimeout(half);
    if (socket.connecting) {
        socket.once('connect', () => {
            half = timeoutMs / 2;
            socket.setTimeout(half);
        });
    }
    socket.on('timeout', onSilence);
    // The connection goes on to others.
    request.once('close', () => socket.off('timeout', onSilence));
}
/** @param length what is announced, if anything is */
function sendStream(body, length, request) {
    const source = length === undefined ? body : external_node_stream_.Readable.from(counted(body, Number(length)));
    source.on('error', (error) => request.destroy(error));
    request.once('close', () => body.destroy());
    source.pipe(request);
}
/** Fails when there are more or fewer bytes than were announced, which would garble what follows. */
async function* counted(body, length) {
    let sent = 0;
    for await (const chunk of body) {
        sent += chunk.length;
        if (sent > length)
            throw new TransportFailure('REQ_CONTENT_LENGTH_MISMATCH');
        yield chunk;
    }
    if (sent < length)
        throw new TransportFailure('REQ_CONTENT_LENGTH_MISMATCH');
}

;// CONCATENATED MODULE: ./build/storage/patience.js
/**
 * How long servers are waited for in all. Each request has its time-out, is tried again, and there are many; a server that
 * hangs would cost all of that multiplied. So what was waited for nothing adds up, by server: at 1.8 times the time-out (54
 * seconds of the usual 30) it is not asked again. Each answer makes up for a second, so that who works for hours is forgiven
 * a few stumbles, and who answers one question in ten is not waited for ten times.
 */


/** @param timeoutMs 0: as long as it takes */
function patience(timeoutMs, now = Date.now) {
    if (timeoutMs === 0)
        return { left: () => 0, silent: () => true, heard: () => undefined };
    const most = MORE_THAN_ONCE * timeoutMs;
    /** Requests wait side by side: no moment counts twice. */
    const servers = new Map();
    const leftOf = (waited) => (most - waited < timeoutMs / 10 ? 0 : most - waited);
    return {
        left(url) {
            const waited = servers.get(url.origin)?.waited ?? 0;
            const left = leftOf(waited);
            if (left > 0)
                return Math.min(timeoutMs, left);
            throw new errors/* BuildcacheError */.fO('unreachable', 'the server is not asked again', {
                url: (0,redact/* redactUrl */.B)(url),
                found: `no answer in ${Math.round(waited / 1000)} seconds`,
                hint: 'try again later, or with a longer --timeout',
                givenUp: true,
            });
        },
        silent(url, since) {
            const before = servers.get(url.origin) ?? { waited: 0, until: 0 };
            const until = now();
            const waited = before.waited + until - Math.min(until, Math.max(since, before.until));
            servers.set(url.origin, { waited, until });
            return leftOf(waited) > 0;
        },
        heard(url) {
            const server = servers.get(url.origin);
            if (server !== undefined)
                server.waited = Math.max(0, server.waited - FORGIVEN_MS);
        },
    };
}
const MORE_THAN_ONCE = 1.8;
const FORGIVEN_MS = 1_000;

;// CONCATENATED MODULE: ./build/storage/http-client.js
/**
 * One HTTP client for all mirrors: keep-alive, bounded connections, time-outs, proxies from
 * the environment, custom CAs, and every failure as one of our errors. No retries here, no redirects either:
 * both need to know what is being asked for.
 */







async function openHttpClient(options) {
    const transport = openTransport(options);
    const patient = patience(options.timeoutMs);
    return {
        async request(request) {
            const { url, signal } = request;
            const headers = { 'user-agent': 'buildcache-action', ...request.headers };
            const started = Date.now();
            let proxy;
            let timeoutMs = options.timeoutMs;
            const failed = (error) => {
                // Who waited for a connection heard nothing because nobody was asked.
                const since = Math.max(started, Date.now() - timeoutMs);
                const givenUp = signal?.aborted !== true && isSilence(error) && !patient.silent(url, since);
                return transportError(error, { url, proxy, signal, givenUp });
            };
            try {
                proxy = (0,storage_proxy/* proxyFor */.iJ)(url, options.env);
                timeoutMs = patient.left(url);
                const response = await transport.request({ ...request, headers }, { proxy, timeoutMs });
                if (response.status === 407 && proxy !== undefined)
                    throw await wantsCredentials(proxy, response, url);
                return {
                    status: response.status,
                    headers: headerMap(response.headers),
                    ...(proxy === undefined ? {} : { through: (0,storage_proxy/* describeProxy */.GK)(proxy) }),
                    body: watched(response.body, failed, () => patient.heard(url)),
                };
            }
            catch (error) {
                if (request.body instanceof external_node_stream_.Readable)
                    request.body.destroy();
                throw failed(error);
            }
        },
        close: () => transport.close(),
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
async function wantsCredentials(proxy, { headers, body }, url) {
    body.on('error', () => undefined).destroy();
    const challenges = [headers['proxy-authenticate'] ?? []].flat().join(', ');
    return (await __webpack_require__.e(/* import() */ 4283).then(__webpack_require__.bind(__webpack_require__, 44283))).proxyWantsCredentials(proxy, challenges, (0,redact/* redactUrl */.B)(url));
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
function watched(body, failed, onEnd) {
    const destroy = body.destroy.bind(body);
    body.destroy = (error) => destroy(error === undefined || error === null ? undefined : failed(error));
    return body.once('end', onEnd);
}
/** Whether nobody said anything, rather than no. */
function isSilence(error) {
    return /^(?:CONNECT|HEADERS|BODY)_TIMEOUT$/.test(failureCode(error) ?? '');
}
function transportError(error, { url, proxy, signal, givenUp }) {
    if (error instanceof errors/* BuildcacheError */.fO)
        return error;
    if (signal?.aborted)
        return (0,abort/* cancelled */.KW)(signal);
    const code = failureCode(error);
    if (code === 'REQ_CONTENT_LENGTH_MISMATCH') {
        return new errors/* BuildcacheError */.fO('io', 'what was being sent changed on the way', { url: (0,redact/* redactUrl */.B)(url) }, error);
    }
    const message = code?.startsWith('HPE_') === true ? 'what came is no HTTP' : TRANSPORT[code ?? ''];
    const reason = message ?? `the connection failed (${code ?? (error instanceof Error ? error.message : 'unknown')})`;
    return new errors/* BuildcacheError */.fO('unreachable', proxy === undefined ? reason : `by way of ${(0,storage_proxy/* describeProxy */.GK)(proxy)}: ${reason}`, { url: (0,redact/* redactUrl */.B)(url), ...(hintFor(code, proxy) ?? {}), ...(givenUp ? { givenUp } : {}) }, error);
}
/** One word for the same failure, whichever transport it came from. */
function failureCode(error) {
    if (!(error instanceof Error))
        return undefined;
    // Node says so also of connections that were closed in good order, but too early.
    if (/^(?:aborted|socket hang up)$/.test(error.message))
        return 'SOCKET';
    return ((0,errors/* systemCode */.xU)(error) ?? (0,errors/* systemCode */.xU)(error.cause))?.replace(/^UND_ERR_/, '');
}
const TRANSPORT = {
    ECONNREFUSED: 'the connection was refused',
    ECONNRESET: 'the connection was reset',
    EPIPE: 'the connection was reset',
    SOCKET: 'the connection was closed before the answer was complete',
    RES_CONTENT_LENGTH_MISMATCH: 'the answer is shorter than announced',
    CONNECT_TIMEOUT: 'connecting took too long',
    HEADERS_TIMEOUT: 'the server did not answer in time',
    BODY_TIMEOUT: 'the server stalled in the middle of its answer',
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
function hintFor(code, proxy) {
    if (code === undefined)
        return undefined;
    if (code === 'ECONNREFUSED' || code === 'ENOTFOUND') {
        // Then it is the proxy that was not found: it says itself of a server that is not.
        const settings = proxy === undefined ? 'the URL and the proxy settings' : proxy.variable;
        return { hint: `check ${settings}` };
    }
    if (/CERT|ISSUER|LEAF/.test(code))
        return { hint: 'name its authority with --ca-file (or NODE_EXTRA_CA_CERTS)' };
    return undefined;
}


/***/ }),

/***/ 90286:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GK: () => (/* binding */ describeProxy),
/* harmony export */   ci: () => (/* binding */ addressOf),
/* harmony export */   iJ: () => (/* binding */ proxyFor)
/* harmony export */ });
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77030);
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73136);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/* harmony import */ var _core_redact_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(193);
/* harmony import */ var _core_user_info_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(22368);





/**
 * @returns undefined when the server is asked directly
 * @throws BuildcacheError `usage` for what is no URL, `unsupported` for a kind of proxy that we do not speak to
 */
function proxyFor(target, env) {
    const variable = variablesFor(target.protocol).find((name) => env[name] !== undefined);
    const text = variable === undefined ? '' : (env[variable] ?? '').trim();
    if (variable === undefined || text === '' || isExcepted(target, env))
        return undefined;
    return parseProxy(text, variable);
}
/** For messages: `the proxy http://proxy:3128 (of http_proxy)`. */
function describeProxy({ url, variable }) {
    return `the proxy ${url.origin} (of ${variable})`;
}
/** Where to connect to. TLS is with the proxy then, whoever the request's `Host` is. */
function addressOf({ url }) {
    const host = bare(url.hostname);
    return { ...(0,node_url__WEBPACK_IMPORTED_MODULE_1__.urlToHttpOptions)(url), servername: (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(host) === 0 ? host : '' };
}
function variablesFor(protocol) {
    const own = protocol === 'https:' ? 'https_proxy' : 'http_proxy';
    return [own, own.toUpperCase(), 'all_proxy', 'ALL_PROXY'];
}
/** A host without a scheme is one of a proxy that speaks HTTP, as curl takes it. */
function parseProxy(text, variable) {
    const full = text.includes('://') ? text : `http://${text}`;
    const url = URL.canParse(full) ? new URL(full) : undefined;
    if (url === undefined || url.hostname === '') {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('usage', `${variable} does not name a proxy`, {
            expected: 'http://host:port',
            found: 'no URL', // what it is may hold a password anywhere
            hint: `correct ${variable}; in a user or password, percent-encode what is no letter or digit`,
        });
    }
    if (url.protocol !== 'http:' && url.protocol !== 'https:') {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('unsupported', `the proxy that ${variable} names is of a kind not supported`, {
            expected: 'http://host:port or https://host:port',
            found: (0,_core_redact_js__WEBPACK_IMPORTED_MODULE_3__/* .redactUrl */ .B)(`${url.protocol}//${url.host}`),
            hint: `name an HTTP proxy in ${variable}, or what is to be asked directly in no_proxy`,
        });
    }
    const { username, password } = (0,_core_user_info_js__WEBPACK_IMPORTED_MODULE_4__/* .decodedUserInfo */ .C)(url);
    const authorization = username === '' && password === ''
        ? undefined
        : `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    return { url: new URL(url.origin), variable, authorization };
}
/** Host names and what is below them, addresses, blocks of addresses, and `*`; each may have a port. */
function isExcepted(target, env) {
    const list = env['no_proxy'] ?? env['NO_PROXY'] ?? '';
    const host = bare(target.hostname);
    const port = target.port === '' ? (target.protocol === 'https:' ? '443' : '80') : target.port;
    return list.split(/[\s,]+/).some((entry) => {
        if (entry === '' || entry === '*')
            return entry === '*';
        const [, name = entry, only] = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(entry) ?? [];
        return (only === undefined || only === port) && covers(bare(name), host);
    });
}
function covers(pattern, host) {
    const family = (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(host);
    const [address = '', bits] = pattern.split('/');
    const kind = (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(address);
    if (kind !== 0)
        return kind === family && isInBlock(host, address, bits, kind === 6 ? 'ipv6' : 'ipv4');
    if (family !== 0)
        return false;
    const name = pattern.replace(/^\*?\./, '');
    return name !== '' && (host === name || host.endsWith(`.${name}`));
}
function isInBlock(host, address, bits, family) {
    const most = family === 'ipv6' ? 128 : 32;
    if (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= most))
        return false;
    const block = new node_net__WEBPACK_IMPORTED_MODULE_0__.BlockList();
    block.addSubnet(address, bits === undefined ? most : Number(bits), family);
    return block.check(host, family);
}
/** As it is compared: without brackets, the root's dot, capitals. */
function bare(host) {
    return host
        .toLowerCase()
        .replace(/^\[(.*)\]$/, '$1')
        .replace(/\.$/, '');
}


/***/ })

};
