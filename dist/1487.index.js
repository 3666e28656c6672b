export const id = 1487;
export const ids = [1487,3296];
export const modules = {

/***/ 73296:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HW: () => (/* binding */ isReservedTag),
/* harmony export */   W3: () => (/* binding */ specTag),
/* harmony export */   YV: () => (/* binding */ couldBeTagOf),
/* harmony export */   qA: () => (/* binding */ INDEX_TAG),
/* harmony export */   wu: () => (/* binding */ hashInTag)
/* harmony export */ });
/** Where Spack keeps the index: what looks like an image and is none. */
const INDEX_TAG = 'index.spack';
/** The most a tag may have, by the OCI distribution specification. */
const LONGEST = 128;
/** The tag of a spec's image, as Spack makes it; one that would be too long loses its middle. */
function specTag({ name, version, hash }) {
    const tag = tagCharacters(`${name}-${version}-${hash}.spack`);
    return tag.length > LONGEST ? tag.slice(0, 64) + tag.slice(-64) : tag;
}
/** The DAG hash in a tag; undefined when it is no spec's. */
function hashInTag(tag) {
    return /-([a-z2-7]{32})\.spack$/.exec(tag)?.[1];
}
/** Whether a tag may be of a spec of that package, whose name may not be all there. */
function couldBeTagOf(tag, packageName) {
    return tag.startsWith(tagCharacters(`${packageName}-`).slice(0, 64));
}
/** Whether a tag has a meaning of its own: Spack's, or a list of what refers to a manifest. */
function isReservedTag(tag) {
    return tag.endsWith('.spack') || /^sha256-[0-9a-f]{64}$/.test(tag);
}
function tagCharacters(text) {
    return text.replace(/[^\w.-]/g, '_');
}


/***/ }),

/***/ 34651:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $C: () => (/* binding */ KEY_INDEX),
/* harmony export */   H3: () => (/* binding */ updateKeyIndex),
/* harmony export */   Qr: () => (/* binding */ keyManifestKey),
/* harmony export */   TH: () => (/* binding */ listKeys),
/* harmony export */   jQ: () => (/* binding */ publishKey)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _fetch_document_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(93355);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(57356);
/* harmony import */ var _put_blob_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(52394);
/** Public keys and the list of them in layout 3, where `spack buildcache keys` finds them. */




const KEYS = 'v3/manifests/key/';
const KEY_INDEX = `${KEYS}keys.manifest.json`;
const ATTEMPTS = 50;
function keyManifestKey(fingerprint) {
    return `${KEYS}${fingerprint}.key.manifest.json`;
}
/**
 * Publishes a public key, and the list of keys with it. Nothing is written where both are there.
 * @param armored its text
 * @returns whether anything was written
 */
async function publishKey(storage, fingerprint, armored, signal) {
    const sent = await publishDocument(storage, keyManifestKey(fingerprint), 'key', Buffer.from(armored), signal);
    return (await updateKeyIndex(storage, signal)) || sent;
}
/** Lists the keys that are published. @returns whether the list had to be written */
async function updateKeyIndex(storage, signal) {
    // Who adds a key lists them afterwards: whoever is last sees all. Two at once write the same or go again.
    for (let i = 0; i < ATTEMPTS; i++) {
        const text = keyIndexText(await listKeys(storage, signal));
        const sent = await publishDocument(storage, KEY_INDEX, 'keyIndex', Buffer.from(text), signal);
        if (text === keyIndexText(await listKeys(storage, signal)))
            return sent || i > 0;
    }
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('conflict', 'others kept adding keys', { url: (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_1__/* .documentUrl */ .LJ)(storage, KEY_INDEX) });
}
/** The fingerprints keys are published under, as far as the storage can tell; unverified. */
async function listKeys(storage, signal) {
    const fingerprints = [];
    for await (const { key } of storage.list(KEYS, { signal })) {
        const name = /^([^/]+)\.key\.manifest\.json$/.exec(key.slice(KEYS.length))?.[1];
        if (name !== undefined)
            fingerprints.push(name);
    }
    return fingerprints.sort();
}
function keyIndexText(fingerprints) {
    return JSON.stringify({ keys: Object.fromEntries(fingerprints.map((name) => [name, {}])) });
}
/** A blob and the manifest that names it, unless they are there. */
async function publishDocument(storage, key, kind, bytes, signal) {
    const record = (0,_put_blob_js__WEBPACK_IMPORTED_MODULE_3__/* .blobRecord */ .RB)(kind, bytes, 'none');
    if (await isPublished(storage, key, kind, record.sha256, signal)) {
        if (await (0,_put_blob_js__WEBPACK_IMPORTED_MODULE_3__/* .hasBlob */ .is)(storage, record, signal))
            return false;
    }
    const blob = await (0,_put_blob_js__WEBPACK_IMPORTED_MODULE_3__/* .putBlob */ .HT)(storage, bytes, record, signal);
    await (0,_put_blob_js__WEBPACK_IMPORTED_MODULE_3__/* .putManifest */ .RV)(storage, key, [record], { signal });
    // As for entries: a prune may have taken it meanwhile.
    if (blob === 'reused')
        await (0,_put_blob_js__WEBPACK_IMPORTED_MODULE_3__/* .putBlob */ .HT)(storage, bytes, record, signal);
    return true;
}
async function isPublished(storage, key, kind, digest, signal) {
    const found = await (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_1__/* .fetchDocument */ .sW)(storage, key, { what: 'the manifest of a key', signal });
    if (found === undefined)
        return false;
    try {
        return (0,_manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .findRecord */ .Tq)((0,_manifest_js__WEBPACK_IMPORTED_MODULE_2__/* .parseManifest */ .Ng)(found, (0,_fetch_document_js__WEBPACK_IMPORTED_MODULE_1__/* .documentUrl */ .LJ)(storage, key)), kind)?.sha256 === digest;
    }
    catch (error) {
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .errorCode */ .CA)(error) === 'bad-input')
            return false;
        throw error;
    }
}


/***/ }),

/***/ 52394:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HT: () => (/* binding */ putBlob),
/* harmony export */   RB: () => (/* binding */ blobRecord),
/* harmony export */   RV: () => (/* binding */ putManifest),
/* harmony export */   is: () => (/* binding */ hasBlob),
/* harmony export */   qi: () => (/* binding */ unlessDenied)
/* harmony export */ });
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(82552);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _layout3_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(65314);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(57356);
/**
 * Writing layout 3's two kinds of documents: blobs under the digest of their content, and the manifests that name
 * them. A blob is written before what names it, so that nothing ever names what is not there.
 */




/** What a manifest says of a blob. @param mediaType where the kind has several */
function blobRecord(kind, content, compression, mediaType = _manifest_js__WEBPACK_IMPORTED_MODULE_3__/* .MEDIA_TYPE */ .Ap[kind]) {
    const isBytes = content instanceof Uint8Array;
    return {
        mediaType,
        compression,
        size: isBytes ? content.length : content.size,
        sha256: isBytes ? (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .sha256 */ .sc)(content) : content.sha256,
    };
}
/**
 * What a question before writing comes to when it is not allowed: stores that may not be listed answer so for what is
 * not there, and whether we may write the write itself will tell.
 */
async function unlessDenied(question, otherwise) {
    return await question.catch((error) => {
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorCode */ .CA)(error) === 'denied')
            return otherwise;
        throw error;
    });
}
/** Whether the blob is there in its whole length. */
async function hasBlob(storage, { sha256: digest, size }, signal) {
    const asked = storage.head((0,_layout3_js__WEBPACK_IMPORTED_MODULE_2__/* .blobKey */ .bd)(digest), { signal, withoutEtag: true });
    const found = await unlessDenied(asked, undefined);
    return found !== undefined && (found.size === undefined || found.size === size);
}
/** Sends a blob unless it is there. @returns whether it was there */
async function putBlob(storage, content, record, signal) {
    if (await hasBlob(storage, record, signal))
        return 'reused';
    await storage.put((0,_layout3_js__WEBPACK_IMPORTED_MODULE_2__/* .blobKey */ .bd)(record.sha256), content, { signal });
    return 'sent';
}
/** An unsigned manifest. @throws BuildcacheError `conflict` when the condition does not hold */
async function putManifest(storage, key, records, { others, ...options } = {}) {
    await storage.put(key, Buffer.from((0,_manifest_js__WEBPACK_IMPORTED_MODULE_3__/* .formatManifest */ .L_)(records, others)), {
        contentType: 'application/json',
        ...options,
    });
}


/***/ }),

/***/ 89555:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ updateIndex)
/* harmony export */ });
/* harmony import */ var _cache_index_update_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8479);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);


/**
 * @throws BuildcacheError `usage` for a view that is there and may not be replaced; `unsupported` for layout 2; else as
 *   the storage does
 */
async function updateIndex(options) {
    const { cache, only, existing, keys, full, jobs, signal } = options;
    if (cache.index.isView && existing === 'refuse')
        await requireNoView(cache, signal);
    await cache.prepare(signal);
    const problems = [];
    const onProblem = (text) => void problems.push(text);
    const index = await (0,_cache_index_update_js__WEBPACK_IMPORTED_MODULE_0__/* .remakeIndex */ .wM)(cache, {
        only,
        append: existing === 'append',
        full,
        jobs,
        onProblem,
        signal,
    });
    const keysChanged = keys && (await cache.updateKeyIndex(signal));
    return { url: cache.reader.storage.url, index, keysChanged, problems };
}
async function requireNoView({ index }, signal) {
    if (!(await index.read(signal)).exists)
        return;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('usage', 'there is an index of that name already', {
        url: index.url,
        hint: 'replace it with --force, or add to it with --append',
    });
}


/***/ }),

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

/***/ 72483:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ readOneMirror)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _shared_options_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(23589);
/** Verbs about one mirror, which is their first argument. */


/** @throws BuildcacheError `usage` for a mirror that is not known, and for `--mirror-url` */
async function readOneMirror(verb, argument, options, context) {
    if (options.mirrorUrl.length > 0) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', `${verb} takes its mirror as an argument, not with --mirror-url`);
    }
    const around = await (0,_shared_options_js__WEBPACK_IMPORTED_MODULE_1__/* .readSurroundings */ .St)({ ...options, mirrorUrl: [argument] }, context);
    const [mirror] = around.mirrors;
    if (mirror === undefined)
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('internal', 'a mirror got lost');
    // The one mirror of a command line has a name that only Spack's files want.
    return { mirror: { ...mirror, name: argument }, around };
}


/***/ }),

/***/ 69832:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dq: () => (/* binding */ addYes),
/* harmony export */   TR: () => (/* binding */ refuse),
/* harmony export */   Z9: () => (/* binding */ refuseScope),
/* harmony export */   pU: () => (/* binding */ addYesToAll)
/* harmony export */ });
/* harmony import */ var commander__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48179);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/** Options of Spack's verbs that have nothing to do here: accepted where that is harmless, else refused with what to use. */


/** For a verb that asks nothing, so that there is nothing to say yes to. */
function addYesToAll(command) {
    return command.option('-y, --yes-to-all', 'as in Spack; nothing is asked here', false);
}
/** Spack's long form of `--yes`, for a verb that has that. */
function addYes(command, description) {
    return command
        .option('-y, --yes', description, false)
        .addOption(new commander__WEBPACK_IMPORTED_MODULE_0__/* .Option */ .c$('--yes-to-all').implies({ yes: true }).hideHelp());
}
/** @param hint what to use instead of a configuration scope */
function refuseScope(command, hint) {
    return refuse(command, '--scope <scope>', "Spack's configuration scopes are not read here", hint);
}
/**
 * @param flags as commander wants them
 * @param why that this is not here; `hint` says what is
 */
function refuse(command, flags, why, hint) {
    const option = new commander__WEBPACK_IMPORTED_MODULE_0__/* .Option */ .c$(flags).hideHelp();
    const usage = () => new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('usage', `${option.long ?? flags}: ${why}`, { hint });
    if (option.required) {
        option.argParser(() => {
            throw usage();
        });
    }
    else {
        command.hook('preAction', (_, used) => {
            if (used.getOptionValue(option.attributeName()) === true)
                throw usage();
        });
    }
    return command.addOption(option);
}


/***/ }),

/***/ 63171:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   define: () => (/* binding */ define)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var commander__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(48179);
/* harmony import */ var _commands_update_index_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(89555);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(62807);
/* harmony import */ var _mirrors_environment_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(10432);
/* harmony import */ var _mirrors_open_target_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(16356);
/* harmony import */ var _one_mirror_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(72483);
/* harmony import */ var _shared_options_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(23589);
/* harmony import */ var _spack_options_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(69832);
/** `buildcache update-index MIRROR`: options in, a new index and exit code out. */









function define(command, context) {
    (0,_shared_options_js__WEBPACK_IMPORTED_MODULE_7__/* .addSharedOptions */ .J0)(command, { mirrorArgument: true })
        .argument('<mirror>', 'a configured name, a path or a URL')
        .argument('[environment...]', 'for a view: folders or lockfiles (default: the environment)')
        .option('-k, --keys', 'also the list of keys', false)
        .option('-n, --name <view>', 'an index of its own, of the specs of the environments')
        .addOption(new commander__WEBPACK_IMPORTED_MODULE_1__/* .Option */ .c$('-f, --force', 'replace a view that is there').default(false).conflicts('append'))
        .option('-a, --append', 'add to a view that is there', false)
        .option('--full', 'read every spec again, also those the present index knows', false);
    (0,_spack_options_js__WEBPACK_IMPORTED_MODULE_8__/* .addYesToAll */ .pU)(command).action((mirror, sources, options) => run(mirror, sources, options, context));
}
async function run(argument, sources, options, context) {
    const { mirror, around } = await (0,_one_mirror_js__WEBPACK_IMPORTED_MODULE_6__/* .readOneMirror */ .g)('update-index', argument, options, context);
    const view = options.name ?? mirror.push.view;
    const isAboutView = sources.length > 0 || options.append;
    if (isAboutView && view === undefined) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildcacheError */ .fO('usage', 'environments and --append are for views, and no view is named', {
            hint: "name one with --name, or view: in the mirror's configuration",
        });
    }
    const only = view === undefined ? undefined : await hashesOf(sources, around.environment, context);
    if (only?.size === 0)
        around.reporter.warn('there are no specs for the view');
    const cache = await (0,_mirrors_open_target_js__WEBPACK_IMPORTED_MODULE_5__/* .openPushMirror */ .Q)(mirror, around.connection, view);
    try {
        const result = await (0,_commands_update_index_js__WEBPACK_IMPORTED_MODULE_2__/* .updateIndex */ .U)({
            cache,
            only,
            existing: options.append ? 'append' : options.force ? 'replace' : 'refuse',
            keys: options.keys,
            full: options.full,
            jobs: around.connection.jobs,
            signal: context.signal,
        });
        for (const problem of result.problems)
            around.reporter.warn(problem);
        const { index, problems } = result;
        if (options.json) {
            context.stdout.write(`${JSON.stringify({ version: 1, url: result.url, index, keys_changed: result.keysChanged, problems }, null, 2)}\n`);
        }
        else if (!options.quiet) {
            const what = index.changed ? `now has ${index.records} records` : 'was right already';
            context.stdout.write(`The index ${what}; ${index.read} specs were read.${result.keysChanged ? ' The list of keys was updated.' : ''}\n`);
        }
        context.exit(problems.length === 0 ? 0 : 1);
    }
    finally {
        await cache.close();
    }
}
/** All concrete specs of these environments, or of the one that is in effect. */
async function hashesOf(sources, environment, { cwd, env }) {
    const found = sources.length === 0
        ? [environment]
        : await Promise.all(sources.map((source) => (0,_mirrors_environment_js__WEBPACK_IMPORTED_MODULE_4__/* .findEnvironment */ .jY)((0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(cwd, source), env)));
    const hashes = new Set();
    for (const files of found)
        for (const hash of (await (0,_mirrors_environment_js__WEBPACK_IMPORTED_MODULE_4__/* .readEnvironment */ .Qo)(files)).nodes.keys())
            hashes.add(hash);
    return hashes;
}


/***/ }),

/***/ 28273:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ specFormatOf),
/* harmony export */   S: () => (/* binding */ readDatabase)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28314);
/* harmony import */ var _decode_node_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(39595);
/**
 * Reads the install database `<store>/.spack-db/index.json`, versions 5 to 9. Version 5 carries spec format 1,
 * where a node is keyed by its name and so are its dependencies.
 */



/** The spec format that a database or index of this version carries; undefined for versions we do not read. */
function specFormatOf(version) {
    return FORMAT_OF[version];
}
const FORMAT_OF = { 5: 3, 6: 3, 7: 4, 8: 5, 9: 6 };
/** @throws `bad-input`; `unsupported` for other versions, with the way out */
function readDatabase(text, file) {
    const document = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .qF)(text, file);
    const database = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(document) ? document['database'] : undefined;
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(database) || !(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(database['installs'])) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', 'not an install database', {
            file,
            expected: 'an object "database" with "installs"',
            found: (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .kindOf */ .I)(database ?? document),
            hint: 'run `spack reindex` to rebuild it',
        });
    }
    const version = Number((0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .shown */ .SP)(database['version']));
    const format = FORMAT_OF[version];
    if (format === undefined) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('unsupported', `database version ${(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .shown */ .SP)(database['version'])} is not supported`, {
            file,
            expected: 'version 5 to 9',
            hint: version < 5 ? 'run `spack reindex` with Spack 0.23 or 1.x' : 'update buildcache-action',
        });
    }
    const records = new Map();
    for (const [hash, value] of Object.entries(database['installs'])) {
        records.set(hash, decodeRecord(value, hash, format, version, file));
    }
    return { version, records };
}
function decodeRecord(value, hash, format, version, file) {
    const at = `database.installs.${hash}`;
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value) || !(0,_decode_node_js__WEBPACK_IMPORTED_MODULE_2__/* .isDagHash */ .X)(hash)) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `${at} is malformed`, {
            file,
            expected: 'an install record under a DAG hash',
            found: (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .kindOf */ .I)(value),
        });
    }
    const dict = version === 5 ? fromNameKeyed(value['spec'], hash) : value['spec'];
    const node = (0,_decode_node_js__WEBPACK_IMPORTED_MODULE_2__/* .decodeNode */ .j)(dict, format, file, `${at}.spec`);
    if (node.hash !== hash) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `${at} is another spec`, {
            file,
            expected: hash,
            found: node.hash,
        });
    }
    const { path, installation_time: time, deprecated_for: deprecated, origin } = value;
    return {
        node,
        path: typeof path === 'string' && path !== 'None' ? path : undefined,
        installed: value['installed'] === true,
        explicit: value['explicit'] === true,
        installationTime: time instanceof _core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .NumberToken */ .X1 ? Number(time.token) : typeof time === 'number' ? time : undefined,
        deprecatedFor: typeof deprecated === 'string' ? deprecated : undefined,
        origin: typeof origin === 'string' ? origin : undefined,
    };
}
/** Spec format 1's `{name: {…, dependencies: {name: {hash, type}}}}` in format 3's shape. */
function fromNameKeyed(value, hash) {
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value))
        return value;
    const [name] = Object.keys(value);
    const inner = name === undefined ? undefined : value[name];
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(inner))
        return value;
    const edges = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(inner['dependencies']) ? Object.entries(inner['dependencies']) : [];
    const dependencies = edges.map(([dependency, edge]) => ({
        name: dependency,
        ...((0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(edge) ? edge : {}),
    }));
    return { name, hash, ...inner, dependencies };
}


/***/ }),

/***/ 85746:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bV: () => (/* binding */ postOrder),
/* harmony export */   vz: () => (/* binding */ ofTypes),
/* harmony export */   yw: () => (/* binding */ recordOrder)
/* harmony export */ });
/**
 * All nodes reachable from the given hashes, dependencies before dependents (post-order, children in the
 * document's order), each once. Edges to nodes the graph does not hold are passed over.
 * @param follow which edges to walk; all of them when not given
 */
function postOrder(graph, hashes, follow) {
    return walk(graph, hashes, follow, () => false);
}
/**
 * The same, with what spliced nodes were built as, after their dependencies: an index or a database that has a record
 * of a spliced spec needs records of all these, or Spack 1.2 and newer refuse the whole document.
 * @param isFollowed whose dependencies and build spec are looked at; everybody's when not given
 */
function recordOrder(graph, hashes, isFollowed = () => true) {
    return walk(graph, hashes, (_, from) => isFollowed(from), isFollowed);
}
function walk(graph, hashes, follow, toBuildSpec) {
    const seen = new Set();
    const order = [];
    // An explicit stack: a lockfile may describe a chain deeper than the call stack.
    const stack = [];
    const enter = (hash) => {
        const node = graph.nodes.get(hash);
        if (node === undefined || seen.has(hash))
            return;
        seen.add(hash);
        stack.push({ node, next: 0 });
    };
    for (const hash of hashes) {
        enter(hash);
        for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
            const { buildSpec, dependencies } = top.node;
            const at = top.next++;
            const edge = dependencies[at];
            if (edge !== undefined) {
                if (follow === undefined || follow(edge.deptypes, top.node))
                    enter(edge.hash);
            }
            else if (at === dependencies.length && buildSpec !== undefined && toBuildSpec(top.node)) {
                enter(buildSpec.hash);
            }
            else {
                order.push(top.node);
                stack.pop();
            }
        }
    }
    return order;
}
/** An edge filter for {@link postOrder}: edges having at least one of these types. */
function ofTypes(...types) {
    return (deptypes) => deptypes.some((type) => types.includes(type));
}


/***/ }),

/***/ 70370:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  A: () => (/* binding */ pLimit)
});

// UNUSED EXPORTS: limitFunction

;// CONCATENATED MODULE: ./node_modules/yocto-queue/index.js
/*
How it works:
`this.#head` is an instance of `Node` which keeps track of its current value and nests another instance of `Node` that keeps the value that comes after it. When a value is provided to `.enqueue()`, the code needs to iterate through `this.#head`, going deeper and deeper to find the last value. However, iterating through every single item is slow. This problem is solved by saving a reference to the last value as `this.#tail` so that it can reference it to add a new value.
*/

class Node {
	value;
	next;

	constructor(value) {
		this.value = value;
	}
}

class Queue {
	#head;
	#tail;
	#size;

	constructor() {
		this.clear();
	}

	enqueue(value) {
		const node = new Node(value);

		if (this.#head) {
			this.#tail.next = node;
			this.#tail = node;
		} else {
			this.#head = node;
			this.#tail = node;
		}

		this.#size++;
	}

	dequeue() {
		const current = this.#head;
		if (!current) {
			return;
		}

		this.#head = this.#head.next;
		this.#size--;

		// Clean up tail reference when queue becomes empty
		if (!this.#head) {
			this.#tail = undefined;
		}

		return current.value;
	}

	peek() {
		if (!this.#head) {
			return;
		}

		return this.#head.value;

		// TODO: Node.js 18.
		// return this.#head?.value;
	}

	clear() {
		this.#head = undefined;
		this.#tail = undefined;
		this.#size = 0;
	}

	get size() {
		return this.#size;
	}

	* [Symbol.iterator]() {
		let current = this.#head;

		while (current) {
			yield current.value;
			current = current.next;
		}
	}

	* drain() {
		while (this.#head) {
			yield this.dequeue();
		}
	}
}

;// CONCATENATED MODULE: ./node_modules/p-limit/index.js


function pLimit(concurrency) {
	let rejectOnClear = false;

	if (typeof concurrency === 'object') {
		({concurrency, rejectOnClear = false} = concurrency);
	}

	validateConcurrency(concurrency);

	if (typeof rejectOnClear !== 'boolean') {
		throw new TypeError('Expected `rejectOnClear` to be a boolean');
	}

	const queue = new Queue();
	let activeCount = 0;

	const resumeNext = () => {
		// Process the next queued function if we're under the concurrency limit
		if (activeCount < concurrency && queue.size > 0) {
			activeCount++;
			queue.dequeue().run();
		}
	};

	const next = () => {
		activeCount--;
		resumeNext();
	};

	const run = async (function_, resolve, arguments_) => {
		// Execute the function and capture the result promise
		const result = (async () => function_(...arguments_))();

		// Resolve immediately with the promise (don't wait for completion)
		resolve(result);

		// Wait for the function to complete (success or failure)
		// We catch errors here to prevent unhandled rejections,
		// but the original promise rejection is preserved for the caller
		try {
			await result;
		} catch {}

		// Decrement active count and process next queued function
		next();
	};

	const enqueue = (function_, resolve, reject, arguments_) => {
		const queueItem = {reject};

		// Queue the internal resolve function instead of the run function
		// to preserve the asynchronous execution context.
		new Promise(internalResolve => { // eslint-disable-line promise/param-names
			queueItem.run = internalResolve;
			queue.enqueue(queueItem);
		}).then(run.bind(undefined, function_, resolve, arguments_)); // eslint-disable-line promise/prefer-await-to-then

		// Start processing immediately if we haven't reached the concurrency limit
		if (activeCount < concurrency) {
			resumeNext();
		}
	};

	const generator = (function_, ...arguments_) => new Promise((resolve, reject) => {
		enqueue(function_, resolve, reject, arguments_);
	});

	Object.defineProperties(generator, {
		activeCount: {
			get: () => activeCount,
		},
		pendingCount: {
			get: () => queue.size,
		},
		clearQueue: {
			value() {
				if (!rejectOnClear) {
					queue.clear();
					return;
				}

				const abortError = AbortSignal.abort().reason;

				while (queue.size > 0) {
					queue.dequeue().reject(abortError);
				}
			},
		},
		concurrency: {
			get: () => concurrency,

			set(newConcurrency) {
				validateConcurrency(newConcurrency);
				concurrency = newConcurrency;

				queueMicrotask(() => {
					// eslint-disable-next-line no-unmodified-loop-condition
					while (activeCount < concurrency && queue.size > 0) {
						resumeNext();
					}
				});
			},
		},
		map: {
			async value(iterable, function_) {
				const promises = [];

				try {
					Array.from(iterable, (value, index) => {
						const promise = generator(function_, value, index);
						promises.push(promise);
						return promise;
					});
				} catch (error) {
					// The iterable threw, so `Promise.all` never observes the already scheduled promises. Observe them here to avoid unhandled rejections.
					for (const promise of promises) {
						promise.catch(() => {}); // eslint-disable-line promise/prefer-await-to-then
					}

					throw error;
				}

				return Promise.all(promises);
			},
		},
	});

	return generator;
}

function limitFunction(function_, options) {
	const limit = pLimit(options);

	const limitedFunction = (...arguments_) => limit(() => function_(...arguments_));
	Object.defineProperty(limitedFunction, 'clearQueue', {
		value: limit.clearQueue,
	});

	return limitedFunction;
}

function validateConcurrency(concurrency) {
	if (!((Number.isInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY) && concurrency > 0)) {
		throw new TypeError('Expected `concurrency` to be a number from 1 and up');
	}
}


/***/ })

};
