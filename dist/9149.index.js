export const id = 9149;
export const ids = [9149];
export const modules = {

/***/ 49149:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   googleToken: () => (/* binding */ googleToken)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/**
 * Tokens for Google Cloud Storage, as Google's own library finds them: a key file, the workload identity that
 * `google-github-actions/auth` sets up, `gcloud auth application-default login`, or the machine's own.
 */

const SCOPE = 'https://www.googleapis.com/auth/devstorage.read_write';
/**
 * The library is loaded when the first token is wanted; it renews them by itself.
 * @param keyFile what GOOGLE_APPLICATION_CREDENTIALS names
 * @returns a source that gives undefined where there are no credentials at all: buckets everybody may read
 */
function googleToken(keyFile) {
    let client;
    return async () => {
        client ??= openClient(keyFile);
        try {
            return (await (await client)?.getAccessToken())?.token ?? undefined;
        }
        catch (error) {
            client = undefined;
            throw denied(keyFile, error);
        }
    };
}
async function openClient(keyFile) {
    const { GoogleAuth } = await __webpack_require__.e(/* import() */ 492).then(__webpack_require__.t.bind(__webpack_require__, 492, 19));
    try {
        return await new GoogleAuth({
            scopes: [SCOPE],
            ...(keyFile === undefined ? {} : { keyFile }),
        }).getClient();
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
    if (error instanceof _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO)
        return error;
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('denied', 'no access token was to be had from Google', {
        ...(keyFile === undefined ? {} : { file: keyFile }),
        hint: 'check GOOGLE_APPLICATION_CREDENTIALS, or run google-github-actions/auth before',
    });
}


/***/ })

};
