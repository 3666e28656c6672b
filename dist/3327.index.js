export const id = 3327;
export const ids = [3327];
export const modules = {

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


/***/ })

};
