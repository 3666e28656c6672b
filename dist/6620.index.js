export const id = 6620;
export const ids = [6620];
export const modules = {

/***/ 89831:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ makeFolder)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/**
 * A folder with its missing parents. Node's own `recursive` never ends where the system says "no such file" of a parent
 * that is there (automounted folders, /proc), and says so itself of a read-only file system.
 */



/** Parents may be removed by somebody else meanwhile, so often. */
const ATTEMPTS = 3;
/** @throws the system's error for what stood in the way: `EROFS`, `EACCES`, `ENOTDIR`, … */
async function makeFolder(folder) {
    for (let attempt = 1;; attempt++) {
        try {
            return void (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(folder));
        }
        catch (error) {
            const parent = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(folder);
            const lacksParent = (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) === 'ENOENT' && parent !== folder;
            if (!lacksParent || attempt === ATTEMPTS) {
                if (await isFolder(folder))
                    return;
                throw error;
            }
            await makeFolder(parent);
        }
    }
}
async function isFolder(path) {
    return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path).then((found) => found.isDirectory(), () => false);
}


/***/ }),

/***/ 23020:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R0: () => (/* binding */ writeWholeFile),
/* harmony export */   nM: () => (/* binding */ removeFile),
/* harmony export */   wB: () => (/* binding */ canWriteFolder)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(62807);
/* harmony import */ var _make_folder_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(89831);
/** Files that are whole or not there: written beside their place, then renamed into it. */





/** Creates missing folders. @throws `denied`, `io`, … naming the file */
async function writeWholeFile(file, content) {
    const temporary = `${file}.${process.pid}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(4).toString('hex')}.tmp`;
    try {
        await (0,_make_folder_js__WEBPACK_IMPORTED_MODULE_4__/* .makeFolder */ .f)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(file));
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(temporary, content, { flag: 'wx' });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(temporary, file);
    }
    catch (error) {
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .fileError */ .zS)(error, file, 'write it');
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(temporary, { force: true }).catch(() => undefined);
    }
}
/** Removes a file if it is there. @throws as {@link writeWholeFile} */
async function removeFile(file) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(file, { force: true });
    }
    catch (error) {
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .fileError */ .zS)(error, file, 'remove it');
    }
}
/** Whether files can be made in a folder, which is made if need be. */
async function canWriteFolder(folder) {
    try {
        await (0,_make_folder_js__WEBPACK_IMPORTED_MODULE_4__/* .makeFolder */ .f)(folder);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.access)(folder, node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.constants.W_OK);
        return true;
    }
    catch {
        return false;
    }
}


/***/ }),

/***/ 98669:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  define: () => (/* binding */ verb_keys_define)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/cache/keyring.js
var keyring = __webpack_require__(84400);
// EXTERNAL MODULE: ./build/cache/public-key.js
var public_key = __webpack_require__(4150);
// EXTERNAL MODULE: ./build/cache/keys.js
var keys = __webpack_require__(90845);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/mirrors/open.js
var mirrors_open = __webpack_require__(95227);
;// CONCATENATED MODULE: ./build/commands/keys.js





/** @throws BuildcacheError for a keyring that cannot be read or written; mirrors that fail are problems of theirs */
async function keys_keys(options) {
    const known = new Set();
    for (const { text, source } of await (0,keyring/* readKeyring */.ad)(options.keyring)) {
        for (const { fingerprint } of await (0,public_key/* readPublicKeys */.eK)(text, source))
            known.add(fingerprint);
    }
    const mirrors = [];
    for (const mirror of options.mirrors)
        mirrors.push(await mirrorKeys(mirror, known, options));
    const offered = new Set(mirrors.flatMap((each) => each.keys.map(({ key }) => key.fingerprint)));
    return { mirrors, missing: options.fingerprints.filter((each) => !offered.has(each)) };
}
async function mirrorKeys(mirror, known, options) {
    const { signal, fingerprints } = options;
    try {
        const { readers, notes, close } = await (0,mirrors_open/* openMirror */.Y)(mirror, { nodes: new Map(), roots: [] }, options.connection);
        try {
            const offered = await (0,keys/* fetchKeys */.H)(readers, signal);
            const wanted = offered.keys.filter(({ fingerprint }) => fingerprints.length === 0 || fingerprints.includes(fingerprint));
            const found = [];
            for (const key of wanted)
                found.push({ key, state: await settle(key, known, options) });
            return { mirror: mirror.name, keys: found, problems: [...notes, ...offered.problems] };
        }
        finally {
            await close();
        }
    }
    catch (error) {
        signal.throwIfAborted();
        return { mirror: mirror.name, keys: [], problems: [(0,errors/* describeError */.Uc)(error)] };
    }
}
async function settle(key, known, options) {
    const isKnown = known.has(key.fingerprint);
    if (!options.trust)
        return isKnown ? 'trusted' : 'untrusted';
    // A newer copy that says that a trusted key was revoked is what one wants to hear.
    if (key.problem !== undefined && !isKnown)
        return 'refused';
    const done = await (0,keyring/* addToKeyring */.qV)(options.keyring, key, options.force);
    known.add(key.fingerprint);
    return done === 'unchanged' ? 'trusted' : done;
}
/**
 * Publishes public keys, and the list of keys with them.
 * @throws BuildcacheError as the storage does; `unsupported` for a mirror in layout 2
 */
async function publishKeys(cache, published, signal) {
    await cache.prepare(signal);
    const results = [];
    for (const { fingerprint, key } of published) {
        results.push({ fingerprint, sent: await cache.publishKey(fingerprint, key.armor(), signal) });
    }
    return results;
}

// EXTERNAL MODULE: ./build/mirrors/open-target.js + 6 modules
var open_target = __webpack_require__(78014);
// EXTERNAL MODULE: ./build/entry/shared-options.js
var shared_options = __webpack_require__(23589);
// EXTERNAL MODULE: ./build/entry/trust-options.js + 1 modules
var trust_options = __webpack_require__(29385);
;// CONCATENATED MODULE: ./build/entry/verb-keys.js
/** `buildcache keys`: options in, keys and exit code out. */








function verb_keys_define(command, context) {
    (0,shared_options/* addSharedOptions */.J0)(command)
        .argument('[fingerprint...]', 'only these keys')
        .option('-i, --install', 'with --trust: keep the keys among those this user trusts', false)
        .option('-t, --trust', 'with --install: trust what these keys sign', false)
        .option('-f, --force', 'replace what is kept of a key, instead of adding to it', false)
        .option('--publish <keyfile>', 'publish the public keys in this file to the one mirror named with -m')
        .action((fingerprints, options) => run(fingerprints.map(fingerprintOf), options, context));
}
async function run(fingerprints, options, context) {
    const around = await (0,shared_options/* readSurroundings */.St)(options, context);
    if (options.publish !== undefined)
        return await publish(options.publish, fingerprints, options, around, context);
    const { mirrors, reporter, connection } = around;
    const signed = mirrors.filter((mirror) => mirror.signed);
    if (signed.length === 0) {
        throw new errors/* BuildcacheError */.fO('usage', 'there is no signed mirror to ask for keys', {
            hint: 'name one with --mirror-url, or configure it in spack.yaml',
        });
    }
    const keyring = (0,trust_options/* keyringFolder */.sW)(context.env);
    const trust = options.install && options.trust;
    const { force } = options;
    const result = await keys_keys({
        mirrors: signed,
        connection,
        keyring,
        fingerprints,
        trust,
        force,
        signal: context.signal,
    });
    if (options.json)
        context.stdout.write(`${JSON.stringify(keysJson(result), null, 2)}\n`);
    else if (!options.quiet)
        context.stdout.write(keysText(result));
    for (const { mirror, problems } of result.mirrors) {
        for (const problem of problems)
            reporter.warn(`${mirror}: ${problem}`);
    }
    for (const fingerprint of result.missing)
        reporter.error(`no mirror offers the key ${fingerprint}`);
    const half = options.install !== options.trust;
    if (half)
        reporter.warn('nothing was installed: that takes both --install and --trust');
    const all = result.mirrors.flatMap((mirror) => mirror.keys);
    for (const { key, state } of all) {
        if (state === 'refused')
            reporter.error(`the key ${key.fingerprint} was not installed: it is ${key.problem}`);
    }
    const bad = half || result.missing.length > 0 || all.some(({ state }) => state === 'refused');
    const unread = result.mirrors.some(({ problems }) => problems.length > 0);
    context.exit(all.length === 0 && unread ? 2 : bad || unread ? 1 : 0);
}
async function publish(file, fingerprints, options, { mirrors, connection }, context) {
    const [mirror] = mirrors;
    if (options.mirrorUrl.length !== 1 || mirror === undefined) {
        throw new errors/* BuildcacheError */.fO('usage', '--publish wants one mirror', { hint: 'name it with --mirror-url' });
    }
    const { text, source } = await (0,keyring/* readKeyFile */.ml)((0,external_node_path_.resolve)(context.cwd, file));
    const inFile = await (0,public_key/* readPublicKeys */.eK)(text, source);
    const wanted = inFile.filter(({ fingerprint }) => fingerprints.length === 0 || fingerprints.includes(fingerprint));
    if (wanted.length === 0)
        throw new errors/* BuildcacheError */.fO('not-found', 'no such key in the file', { file: source });
    const cache = await (0,open_target/* openPushMirror */.Q)({ ...mirror, name: options.mirrorUrl[0] ?? '' }, connection);
    try {
        const published = await publishKeys(cache, wanted, context.signal);
        if (options.json) {
            context.stdout.write(`${JSON.stringify({ version: 1, url: cache.reader.storage.url, published }, null, 2)}\n`);
        }
        else if (!options.quiet) {
            for (const { fingerprint, sent } of published) {
                context.stdout.write(`${fingerprint} ${sent ? 'published' : 'was there already'}\n`);
            }
        }
        context.exit(0);
    }
    finally {
        await cache.close();
    }
}
const STATES = {
    trusted: 'trusted',
    untrusted: 'not trusted',
    added: 'trusted from now on',
    updated: 'trusted, updated',
    refused: 'not trusted',
};
function keysText({ mirrors }) {
    const lines = mirrors.flatMap(({ mirror, keys: found }) => [
        (0,errors/* oneLine */.TN)(`${mirror}: ${found.length === 0 ? 'no keys' : ''}`.trimEnd()),
        ...found.flatMap(({ key, state }) => [
            `  ${key.fingerprint}  ${STATES[state]}`,
            ...key.userIds.map((id) => (0,errors/* oneLine */.TN)(`    ${id}`)),
            `    ${key.problem ?? lifetime(key)}`,
        ]),
    ]);
    return lines.map((line) => `${line}\n`).join('');
}
function lifetime({ created, expires }) {
    const day = (date) => date.toISOString().slice(0, 10);
    return `made ${day(created)}, ${expires === undefined ? 'does not expire' : `expires ${day(expires)}`}`;
}
function keysJson({ mirrors, missing }) {
    return {
        version: 1,
        mirrors: mirrors.map(({ mirror, keys: found, problems }) => ({
            name: mirror,
            keys: found.map(({ key, state }) => ({
                fingerprint: key.fingerprint,
                user_ids: key.userIds,
                created: key.created.toISOString(),
                expires: key.expires?.toISOString() ?? null,
                problem: key.problem ?? null,
                state,
            })),
            problems,
        })),
        missing,
    };
}
function fingerprintOf(text) {
    const fingerprint = (0,public_key/* parseFingerprint */.sr)(text);
    if (fingerprint !== undefined)
        return fingerprint;
    throw new errors/* BuildcacheError */.fO('usage', `not a fingerprint: ${JSON.stringify(text)}`, {
        expected: '40 hexadecimal digits',
    });
}


/***/ })

};
