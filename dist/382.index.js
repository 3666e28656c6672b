export const id = 382;
export const ids = [382];
export const modules = {

/***/ 40382:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  googleToken: () => (/* binding */ googleToken)
});

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(37067);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
;// CONCATENATED MODULE: ./build/storage/http-fetch.js
/** Our HTTP client in the shape of `fetch`, for libraries that ask their own servers: proxies and certificates are the same. */

/** Redirects are not followed. Bodies to send are text or bytes. */
function fetchThrough(client) {
    return async (input, init = {}) => {
        const url = new URL(input instanceof Request ? input.url : input);
        const { status, headers, body } = await client.request({
            method: (init.method ?? 'GET').toUpperCase(),
            url,
            headers: Object.fromEntries(new Headers(init.headers)),
            ...bodyOf(init.body),
            signal: init.signal ?? undefined,
        });
        const isEmpty = status === 204 || status === 205 || status === 304;
        if (isEmpty)
            body.resume();
        const content = isEmpty ? null : external_node_stream_.Readable.toWeb(body);
        return new Response(content, {
            status,
            headers: [...headers],
        });
    };
}
function bodyOf(body) {
    if (body === undefined || body === null)
        return {};
    if (typeof body === 'string' || body instanceof Uint8Array)
        return { body };
    if (body instanceof URLSearchParams)
        return { body: body.toString() };
    throw new TypeError('a body of a kind that is not sent');
}

;// CONCATENATED MODULE: ./build/storage/gcs-token.js
/**
 * Tokens for Google Cloud Storage, as Google's own library finds them: a key file, the workload identity that
 * `google-github-actions/auth` sets up, `gcloud auth application-default login`, or the machine's own.
 */



const SCOPE = 'https://www.googleapis.com/auth/devstorage.read_write';
/**
 * The library is loaded when the first token is wanted; it renews them by itself.
 * @param keyFile what GOOGLE_APPLICATION_CREDENTIALS names
 * @param http what Google's token service is asked through
 * @returns a source that gives undefined where there are no credentials at all: buckets everybody may read
 */
function googleToken(keyFile, http) {
    let client;
    return async () => {
        client ??= openClient(keyFile, http);
        try {
            return (await (await client)?.getAccessToken())?.token ?? undefined;
        }
        catch (error) {
            client = undefined;
            throw denied(keyFile, error);
        }
    };
}
async function openClient(keyFile, http) {
    const { GoogleAuth } = await __webpack_require__.e(/* import() */ 492).then(__webpack_require__.t.bind(__webpack_require__, 492, 19));
    try {
        const client = await new GoogleAuth({
            scopes: [SCOPE],
            // With an agent, which is not used then, the library looks for no proxy of its own.
            clientOptions: { transporterOptions: { fetchImplementation: fetchThrough(http), agent: new external_node_http_.Agent() } },
            ...(keyFile === undefined ? {} : { keyFile }),
        }).getClient();
        // The exchange of a workload's token makes itself a way of its own.
        const exchange = Reflect.get(client, 'stsCredential');
        if (typeof exchange === 'object' && exchange !== null)
            Object.assign(exchange, { transporter: client.transporter });
        return client;
    }
    catch (error) {
        const isNone = error instanceof Error && /could not load the default credentials/i.test(error.message);
        if (keyFile === undefined && isNone)
            return undefined;
        throw error;
    }
}
/** Without the library's own words, which may quote answers and keys. */
function denied(keyFile, error) {
    if (error instanceof errors/* BuildcacheError */.fO)
        return error;
    if (error instanceof Error && error.cause instanceof errors/* BuildcacheError */.fO)
        return error.cause;
    return new errors/* BuildcacheError */.fO('denied', 'no access token was to be had from Google', {
        ...(keyFile === undefined ? {} : { file: keyFile }),
        hint: 'check GOOGLE_APPLICATION_CREDENTIALS, or run google-github-actions/auth before',
    });
}


/***/ })

};
