export const id = 4801;
export const ids = [4801,3327];
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

/***/ 84801:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  credentialFinder: () => (/* binding */ credentialFinder)
});

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(31421);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/core/abort.js
var abort = __webpack_require__(67844);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/core/json.js
var json = __webpack_require__(28314);
// EXTERNAL MODULE: ./build/storage/registry-reference.js
var registry_reference = __webpack_require__(53327);
;// CONCATENATED MODULE: ./build/storage/docker-config.js
/**
 * Credentials as `docker login` and `podman login` leave them: `config.json` (containers/image calls it
 * `auth.json`) with `auths`, keyed by host or, podman's, by host and path; and programs that keep them,
 * `docker-credential-<name>`, one for a host (`credHelpers`) or for all (`credsStore`).
 */








/** Milliseconds a helper may take: some ask a cloud for a token. */
const HELPER_MS = 30_000;
/**
 * Docker's file first, then podman's.
 * @throws BuildcacheError `bad-input` for a file that is not JSON, `denied` for one that cannot be read
 */
async function findDockerCredentials(target, env, signal) {
    const remarks = [];
    for (const { file, source } of configFiles(env)) {
        const config = await readConfig(file);
        if (config === undefined)
            continue;
        const credentials = await findIn(config, target, { env, signal, remarks });
        if (credentials !== undefined)
            return { credentials, source, remarks };
    }
    return { credentials: undefined, source: 'nowhere', remarks };
}
function configFiles(env) {
    const docker = env['DOCKER_CONFIG'] || (0,external_node_path_.join)(env['HOME'] || (0,external_node_os_.homedir)(), '.docker');
    const files = [{ file: (0,external_node_path_.join)(docker, 'config.json'), source: "docker's config.json" }];
    const run = env['XDG_RUNTIME_DIR'];
    if (run)
        files.push({ file: (0,external_node_path_.join)(run, 'containers', 'auth.json'), source: "podman's auth.json" });
    return files;
}
async function readConfig(file) {
    let text;
    try {
        text = await (0,promises_.readFile)(file, 'utf8');
    }
    catch (error) {
        const code = (0,errors/* systemCode */.xU)(error);
        if (code === 'ENOENT' || code === 'ENOTDIR')
            return undefined;
        throw (0,errors/* fileError */.zS)(error, file, 'read the credentials');
    }
    let config;
    try {
        config = JSON.parse(text);
    }
    catch {
        config = undefined; // nothing of its text goes into a message: it holds passwords
    }
    if ((0,json/* isObject */.Gv)(config))
        return config;
    throw new errors/* BuildcacheError */.fO('bad-input', 'the file of credentials is malformed', {
        file,
        expected: 'a JSON object, as docker login writes it',
        hint: 'mend or delete it and log in again',
    });
}
async function findIn(config, { host, name }, circumstances) {
    const auths = (0,json/* isObject */.Gv)(config['auths']) ? config['auths'] : {};
    for (const path of pathsOf(host, name)) {
        const entry = decodeEntry(own(auths, path));
        if (entry !== undefined)
            return entry;
    }
    const helpers = (0,json/* isObject */.Gv)(config['credHelpers']) ? config['credHelpers'] : {};
    const keys = keysOf(host);
    for (const key of keys) {
        const helper = own(helpers, key);
        if (typeof helper === 'string')
            return await askHelper(helper, key, circumstances);
    }
    const store = config['credsStore'];
    if (typeof store === 'string' && store !== '') {
        // A store knows what docker has put there: under the keys that are left in `auths`, mostly.
        const known = keys.filter((key) => Object.hasOwn(auths, key));
        for (const key of known.length > 0 ? known : keys.slice(0, 1)) {
            const entry = await askHelper(store, key, circumstances);
            if (entry !== undefined)
                return entry;
        }
    }
    for (const key of keys) {
        const entry = decodeEntry(own(auths, key));
        if (entry !== undefined)
            return entry;
    }
    return undefined;
}
/** `host/a/b`, `host/a`: podman's, the most specific first. */
function pathsOf(host, name) {
    const parts = name === '' ? [] : name.split('/');
    return parts.map((_, i) => [host, ...parts.slice(0, parts.length - i)].join('/'));
}
/** A host as docker and others have written it over the years. */
function keysOf(host) {
    const hosts = host === registry_reference/* DOCKER_HUB */.Xb ? [registry_reference/* DOCKER_HUB */.Xb, 'docker.io', 'registry-1.docker.io'] : [host];
    const keys = hosts.flatMap((each) => [
        ...[each, `https://${each}`, `https://${each}/`, `https://${each}/v1/`, `https://${each}/v2/`],
        ...[`http://${each}`, `http://${each}/`],
    ]);
    // What docker itself writes for its hub.
    return host === registry_reference/* DOCKER_HUB */.Xb ? [`https://${registry_reference/* DOCKER_HUB */.Xb}/v1/`, ...keys] : keys;
}
function own(object, key) {
    return Object.hasOwn(object, key) ? object[key] : undefined;
}
function decodeEntry(entry) {
    if (!(0,json/* isObject */.Gv)(entry))
        return undefined;
    const { identitytoken, auth, username, password } = entry;
    if (isFilled(identitytoken))
        return { kind: 'identity', token: identitytoken };
    if (isFilled(auth)) {
        const pair = Buffer.from(auth, 'base64').toString('utf8').replace(/\0+$/, '');
        const colon = pair.indexOf(':');
        if (colon > 0)
            return { kind: 'pair', id: pair.slice(0, colon), secret: pair.slice(colon + 1) };
    }
    if (isFilled(username) && isFilled(password))
        return { kind: 'pair', id: username, secret: password };
    return undefined;
}
/** As docker/docker-credential-helpers: the key on stdin, JSON on stdout; what it says otherwise is a remark. */
async function askHelper(name, key, { env, signal, remarks }) {
    const program = `docker-credential-${name}`;
    if (!/^[A-Za-z0-9][\w.-]*$/.test(name)) {
        remarks.push(`a credential helper of a name that is none: ${JSON.stringify(name.slice(0, 60))}`);
        return undefined;
    }
    const { output, failure } = await run(program, key, env, signal);
    if (failure !== undefined) {
        // What it prints in place of credentials may be anything.
        if (!/credentials not found/i.test(output))
            remarks.push(`${program} failed (${failure})`);
        return undefined;
    }
    try {
        const answer = JSON.parse(output);
        if ((0,json/* isObject */.Gv)(answer)) {
            const { Username: id, Secret: secret } = answer;
            if (id === '<token>' && isFilled(secret))
                return { kind: 'identity', token: secret };
            if (isFilled(id) && isFilled(secret))
                return { kind: 'pair', id, secret };
        }
    }
    catch {
        // said below
    }
    remarks.push(`${program} answered with no credentials`);
    return undefined;
}
function run(program, input, env, signal) {
    return new Promise((resolve, reject) => {
        const options = {
            env: { ...env },
            timeout: HELPER_MS,
            maxBuffer: 1024 * 1024,
            ...(signal === undefined ? {} : { signal }),
        };
        const child = (0,external_node_child_process_.execFile)(program, ['get'], options, (error, output) => {
            if (error === null)
                return resolve({ output, failure: undefined });
            if (signal?.aborted === true)
                return reject((0,abort/* cancelled */.KW)(signal));
            const code = (0,errors/* systemCode */.xU)(error);
            const failure = code === 'ENOENT'
                ? 'it is not on the PATH'
                : error.killed === true
                    ? 'it took too long'
                    : (code ?? `it exited with ${String(error.code ?? error.signal)}`);
            resolve({ output, failure });
        });
        // A helper that does not read, or is not there, closes its end.
        child.stdin?.on('error', () => { });
        child.stdin?.end(`${input}\n`);
    });
}
function isFilled(value) {
    return typeof value === 'string' && value !== '';
}

;// CONCATENATED MODULE: ./build/storage/registry-credentials.js
/**
 * Credentials for a registry, in the order in which somebody meant them: the mirror's own, what docker or podman
 * were logged in with, and for ghcr.io the job's token. Looked for when a registry asks, since helpers are
 * programs that take their time.
 */

function credentialFinder({ own, githubToken, env }) {
    return async ({ host, name }, signal) => {
        if (own?.host === host) {
            const { credentials } = own;
            const pair = credentials.kind === 'pair' ? credentials : tokenPair(host, credentials.token);
            return { credentials: pair, source: "the mirror's configuration", remarks: [] };
        }
        // Before the job's token, which is always there: who logs in means it.
        const docker = await findDockerCredentials({ host, name }, env, signal);
        if (docker.credentials === undefined && host === 'ghcr.io' && githubToken) {
            return { credentials: tokenPair(host, githubToken), source: 'github-token', remarks: docker.remarks };
        }
        return docker;
    };
}
/** The user names that go with access tokens where it matters; elsewhere any does. */
function tokenPair(host, token) {
    const user = /(?:^|\.)quay\.io$/.test(host)
        ? '$oauthtoken'
        : /(?:^|\.)(?:pkg\.dev|gcr\.io)$/.test(host)
            ? 'oauth2accesstoken'
            : 'token';
    return { kind: 'pair', id: user, secret: token };
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


/***/ })

};
