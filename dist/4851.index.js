export const id = 4851;
export const ids = [4851];
export const modules = {

/***/ 15496:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ findPresence)
/* harmony export */ });
/* harmony import */ var p_limit__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(70370);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _listing_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(44481);
/**
 * The gate's question: which of these specs does a mirror have? Three answers: present, missing, and unknown
 * with a reason. What the index lists is believed (unless more is asked for), what it does not list is asked
 * for, so that an index that is gone, damaged or stale never makes a spec look missing.
 */



/** After so many failures in a row, the rest is not asked for: the mirror is down, not the spec. */
const GIVE_UP_AFTER = 4;
/**
 * @param readers the mirror's layouts, newest first
 * @param id what tells this mirror from another in the local store of indices
 * @returns a state for every spec; failures are states too
 * @throws only when cancelled
 */
async function findPresence(readers, id, specs, options) {
    const notes = [];
    const indices = await readIndices(readers, id, specs, options, notes);
    const asked = await readersToAsk(indices, options.signal);
    const states = new Map();
    const open = [];
    for (const spec of specs) {
        const lister = indices.find(({ listing }) => listing?.listed.has(spec.hash))?.reader;
        if (options.verify === 'exists' && lister !== undefined) {
            states.set(spec.hash, { state: 'present', by: 'index', layout: lister.layout });
        }
        else {
            open.push(spec);
        }
    }
    const asker = new Asker(asked.readers, indices, options);
    await asker.askAll(open, asked.failure, states);
    notes.push(...asker.notes());
    return { states, notes, index: indices.find(({ listing }) => listing !== undefined)?.listing?.from };
}
/** Each layout's index. A damaged one is noted and passed over; one that could not be read is kept as a failure. */
async function readIndices(readers, id, specs, options, notes) {
    const wanted = new Set(specs.map((spec) => spec.hash));
    return Promise.all(readers.map(async (reader) => {
        try {
            const listing = await (0,_listing_js__WEBPACK_IMPORTED_MODULE_1__/* .listWanted */ .UK)(reader, `${id} ${reader.layout}`, wanted, options);
            return { reader, listing, failure: undefined };
        }
        catch (error) {
            options.signal?.throwIfAborted();
            const failure = asBuildcacheError(error);
            const damaged = isDamage(failure);
            if (damaged)
                notes.push(`its index cannot be used, every spec was asked for: ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .describeError */ .Uc)(failure)}`);
            return { reader, listing: undefined, failure: damaged ? undefined : failure };
        }
    }));
}
/**
 * The layouts worth asking for single specs. A mirror that says it is layout 3 and has no layout-2 index is
 * asked in layout 3 only; otherwise every layout is.
 */
async function readersToAsk(indices, signal) {
    const failure = indices.find((index) => index.failure !== undefined)?.failure;
    let marked = indices.some(({ reader, listing }) => reader.layout !== 'v2' && listing !== undefined);
    // Worth asking where the mirror answers at all: a 403 may be its word for "not there".
    if (!marked && (failure === undefined || isForbidden(failure)))
        marked = await isMarked(indices, signal);
    const wanted = indices.filter(({ reader, listing, failure: unread }) => reader.layout !== 'v2' ||
        listing !== undefined ||
        !marked ||
        (unread !== undefined && !isForbidden(unread)));
    // The layout that has an index most likely has the specs.
    const readers = wanted.toSorted((a, b) => Number(b.listing !== undefined) - Number(a.listing !== undefined));
    return { readers: readers.map(({ reader }) => reader), failure };
}
async function isMarked(indices, signal) {
    for (const { reader } of indices) {
        try {
            if (await reader.isMarked(signal))
                return true;
        }
        catch {
            signal?.throwIfAborted(); // otherwise: not readable, which is all that matters here
        }
    }
    return false;
}
/** Asks a mirror for single specs, and stops asking when it gives no answers. */
class Asker {
    #readers;
    #indices;
    #options;
    #failuresInARow = 0;
    #lastFailure;
    #forbiddenAsMissing = 0;
    #readable;
    constructor(readers, indices, options) {
        this.#readers = readers;
        this.#indices = indices;
        this.#options = options;
    }
    /** @param doubt why the mirror may be out of reach: then one spec is asked for before the others */
    async askAll(specs, doubt, states) {
        const { jobs, signal, onProgress } = this.#options;
        const [first, ...others] = specs;
        if (first === undefined)
            return;
        let done = 0;
        const ask = async (spec) => {
            signal?.throwIfAborted();
            states.set(spec.hash, this.#givenUp() ?? (await this.#ask(spec)));
            onProgress?.(++done, specs.length);
        };
        if (doubt === undefined) {
            const limit = (0,p_limit__WEBPACK_IMPORTED_MODULE_2__/* ["default"] */ .A)(jobs);
            await Promise.all(specs.map((spec) => limit(ask, spec)));
            return;
        }
        await ask(first);
        if (this.#failuresInARow > 0)
            this.#failuresInARow = GIVE_UP_AFTER;
        const limit = (0,p_limit__WEBPACK_IMPORTED_MODULE_2__/* ["default"] */ .A)(jobs);
        await Promise.all(others.map((spec) => limit(ask, spec)));
    }
    notes() {
        if (this.#forbiddenAsMissing === 0)
            return [];
        return [
            `it answers 403 for what is not there (${this.#forbiddenAsMissing} specs): read as missing, since the mirror is ` +
                'readable otherwise. Set forbidden to "unknown" if its credentials may be incomplete',
        ];
    }
    #givenUp() {
        if (this.#failuresInARow < GIVE_UP_AFTER || this.#lastFailure === undefined)
            return undefined;
        return unknown(this.#lastFailure);
    }
    async #ask(spec) {
        let failure;
        let damage;
        for (const reader of this.#readers) {
            try {
                const found = await this.#verified(reader, spec);
                if (found === true) {
                    this.#failuresInARow = 0;
                    return { state: 'present', by: 'entry', layout: reader.layout };
                }
                if (found !== false)
                    damage ??= found;
            }
            catch (error) {
                this.#options.signal?.throwIfAborted();
                failure ??= asBuildcacheError(error);
                // The layouts share a server: when it is down for one, the other's time-outs would only add to the wait.
                if (isDown(failure))
                    break;
            }
        }
        if (failure !== undefined) {
            // A damaged entry says that the mirror is up.
            if (isDamage(failure))
                this.#failuresInARow = 0;
            else
                this.#failuresInARow++;
            this.#lastFailure = failure;
            return unknown(failure);
        }
        this.#failuresInARow = 0;
        const listed = this.#indices.some(({ listing }) => listing?.listed.has(spec.hash));
        const reason = damage ?? (listed ? 'the index lists it, but it is not there' : undefined);
        return { state: 'missing', ...(reason === undefined ? {} : { reason }) };
    }
    /** True: present. False: not there. Text: there, but what it names is not. */
    async #verified(reader, spec) {
        const { verify, signal } = this.#options;
        try {
            if (verify === 'exists')
                return await reader.has(spec, signal);
            const entry = await reader.read(spec, signal);
            if (entry === undefined)
                return false;
            if (verify === 'manifests')
                return true;
            for (const blob of entry.spec === undefined ? [entry.tarball] : [entry.tarball, entry.spec]) {
                const info = await reader.storage.head(blob.key, { signal });
                if (info === undefined)
                    return `its manifest names a blob that is not there: ${blob.key}`;
                if (blob.size !== undefined && info.size !== undefined && info.size !== blob.size) {
                    return `a blob has ${info.size} bytes instead of ${blob.size}: ${blob.key}`;
                }
            }
            return true;
        }
        catch (error) {
            if (!isForbidden(error) || !(await this.#hidesAbsence(reader)))
                throw error;
            this.#forbiddenAsMissing++;
            return false;
        }
    }
    /** Whether a 403 for one entry may be read as "not there": the mirror itself must just have answered. */
    async #hidesAbsence({ layout }) {
        const { forbidden, signal } = this.#options;
        if (forbidden !== 'auto')
            return forbidden === 'missing';
        if (layout === 'oci')
            return false; // registries say 404
        this.#readable ??= this.#indices.some(({ listing }) => listing?.answered)
            ? Promise.resolve(true)
            : isMarked(this.#indices, signal);
        return this.#readable;
    }
}
/** What came is not what it should be, or more than we can read, but it came. */
function isDamage({ code }) {
    return code === 'corrupt' || code === 'bad-input' || code === 'too-large' || code === 'unsupported';
}
function isForbidden(error) {
    return error instanceof _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO && error.code === 'denied' && error.facts.status === 403;
}
function isDown({ code }) {
    return code === 'unreachable' || code === 'server-error' || code === 'throttled';
}
function unknown(error) {
    return { state: 'unknown', reason: (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .describeError */ .Uc)(error), code: error.code };
}
function asBuildcacheError(error) {
    if (error instanceof _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO)
        return error;
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('internal', error instanceof Error ? error.message : String(error), {}, error);
}


/***/ }),

/***/ 39884:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ addCopyListOptions),
/* harmony export */   w: () => (/* binding */ copyListFile)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/** Options of verbs that write a copy-list. */

/** @param what goes into the list */
function addCopyListOptions(command, what) {
    return command
        .option('--copy-to <mirror>', `write a copy-list of ${what}, for \`sync\` to bring it to this mirror`)
        .option('--copy-list <file>', 'where the copy-list is written, with --copy-to', 'copy-list.json');
}
/** The file; undefined where none is to be written. */
function copyListFile({ copyTo, copyList }, { cwd }) {
    return copyTo === undefined ? undefined : (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(cwd, copyList);
}


/***/ }),

/***/ 83742:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ namedEnvironment)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var _mirrors_environment_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(52875);
/** The environment where a verb can do without one. */


/**
 * @returns undefined when none was named and there is none in the working directory
 * @throws as `readEnvironment`, also when one was named and has no lockfile
 */
async function namedEnvironment(files, { environment }, env) {
    const isNamed = environment !== undefined || Boolean(env['SPACK_ENV']);
    if (isNamed || (await isThere(files.lockfile)))
        return await (0,_mirrors_environment_js__WEBPACK_IMPORTED_MODULE_1__/* .readEnvironment */ .Qo)(files);
    return undefined;
}
async function isThere(file) {
    return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.access)(file).then(() => true, () => false);
}


/***/ }),

/***/ 19786:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $9: () => (/* binding */ KEY_VARIABLE),
/* harmony export */   GT: () => (/* binding */ PASSPHRASE_VARIABLE),
/* harmony export */   jy: () => (/* binding */ readSigningKey)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/** Where the secret key comes from: a file, else a variable. Its text goes to the signer and nowhere else. */



const KEY_VARIABLE = 'BUILDCACHE_SIGNING_KEY';
const PASSPHRASE_VARIABLE = 'BUILDCACHE_SIGNING_PASSPHRASE';
/** @throws BuildcacheError when the file cannot be read */
async function readSigningKey(file, { env, cwd }) {
    const passphrase = env[PASSPHRASE_VARIABLE];
    if (file === undefined)
        return { secretKeys: env[KEY_VARIABLE], passphrase, source: `$${KEY_VARIABLE}` };
    const source = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(cwd, file);
    try {
        return { secretKeys: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(source, 'utf8'), passphrase, source };
    }
    catch (error) {
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .fileError */ .zS)(error, source, 'read the secret key');
    }
}


/***/ }),

/***/ 36899:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $0: () => (/* binding */ addSigningOptions),
/* harmony export */   JI: () => (/* binding */ isSigned),
/* harmony export */   k8: () => (/* binding */ signerFor)
/* harmony export */ });
/* harmony import */ var commander__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48179);
/* harmony import */ var _cache_signing_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(46326);
/* harmony import */ var _signing_key_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19786);
/** Whether and with what the command line signs: options over what the mirror is configured for. */



function addSigningOptions(command) {
    return command
        .addOption(new commander__WEBPACK_IMPORTED_MODULE_0__/* .Option */ .c$('-u, --unsigned', 'push without signatures').conflicts(['signed', 'key']))
        .addOption(new commander__WEBPACK_IMPORTED_MODULE_0__/* .Option */ .c$('--signed', 'push with signatures'))
        .option('-k, --key <fingerprint>', 'which of several keys to sign with; implies --signed')
        .option('--signing-key-file <file>', 'an armored secret key (default: $BUILDCACHE_SIGNING_KEY)');
}
function isSigned(mirror, { signed, unsigned, key }) {
    return signed === true || key !== undefined || (unsigned !== true && mirror.signed);
}
/** @throws BuildcacheError where there is no key that can sign */
async function signerFor(mirror, options, context) {
    const { secretKeys, source, passphrase } = await (0,_signing_key_js__WEBPACK_IMPORTED_MODULE_2__/* .readSigningKey */ .jy)(options.signingKeyFile, context);
    return await (0,_cache_signing_js__WEBPACK_IMPORTED_MODULE_1__/* .openSigner */ .H)({ secretKeys, source, passphrase, choose: options.key, mirror: mirror.name });
}


/***/ }),

/***/ 53961:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BZ: () => (/* binding */ spackPrefix),
/* harmony export */   VW: () => (/* binding */ addStoreOptions),
/* harmony export */   q1: () => (/* binding */ storeRoot)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/** The install tree a verb works on: its options and what they come to. */


function addStoreOptions(command) {
    return command
        .option('--store <dir>', 'the root of the install tree (default: $SPACK_ROOT/opt/spack)')
        .option('--spack-prefix <dir>', "Spack's own prefix, for the build info (default: $SPACK_ROOT, else the store)");
}
/** @throws BuildcacheError `usage` when it is not known */
function storeRoot({ store }, { env, cwd }) {
    if (store !== undefined)
        return (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(cwd, store);
    if (env['SPACK_ROOT'])
        return (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(env['SPACK_ROOT'], 'opt', 'spack');
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('usage', 'which install tree to push from is not known', {
        hint: "name its root with --store (config:install_tree:root in Spack's configuration)",
    });
}
/** What is written into the build info. */
function spackPrefix(options, { env, cwd }, store) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(cwd, options.spackPrefix ?? (env['SPACK_ROOT'] || store));
}


/***/ }),

/***/ 84488:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ copiesOfPresent),
/* harmony export */   d: () => (/* binding */ copiesOfPushes)
/* harmony export */ });
/* harmony import */ var _cache_entry_url_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(75517);

/**
 * What is present, each spec from the first of the mirrors that has it. Where the mirror to copy to was asked as well,
 * what it has is left out; where it was not, nobody asks it: whoever copies will.
 * @param mirrors those that were checked, in the order in which they are preferred
 */
function copiesOfPresent({ decisions, nodes, answers }, mirrors, to) {
    const isThere = (mirror, { hash }) => {
        const state = answers.find(({ name }) => name === mirror.name)?.states.get(hash);
        return state?.state === 'present' ? state.layout : undefined;
    };
    const targets = mirrors.filter((mirror) => isSamePlace(mirror, to));
    const sources = mirrors.filter((mirror) => !targets.includes(mirror));
    return decisions.flatMap(({ node }) => {
        if (targets.some((target) => isThere(target, node) !== undefined))
            return [];
        for (const source of sources) {
            const layout = isThere(source, node);
            if (layout !== undefined)
                return [copyItem(node, nodes, source, layout, to)];
        }
        return [];
    });
}
/**
 * What mirrors have after a push: what was sent, and what was there already. Each spec from the first that has it.
 * @param mirrors those that were pushed to
 */
function copiesOfPushes(pushes, nodes, mirrors, to) {
    const items = new Map();
    for (const { name, outcomes } of pushes) {
        const from = mirrors.find((mirror) => mirror.name === name);
        if (from === undefined || isSamePlace(from, to))
            continue;
        for (const [hash, { kind }] of outcomes) {
            const node = kind === 'pushed' || kind === 'present' ? nodes.get(hash) : undefined;
            if (node === undefined || items.has(hash))
                continue;
            items.set(hash, copyItem(node, nodes, from, isRegistry(from) ? 'oci' : 'v3', to));
        }
    }
    return [...items.values()];
}
/** Where a mirror is read: not all have a URL for each direction. */
function readUrl({ fetch, push }) {
    return fetch.url === '' ? push.url : fetch.url;
}
/** Where a mirror is written. */
function writeUrl({ fetch, push }) {
    return push.url === '' ? fetch.url : push.url;
}
function copyItem(node, nodes, from, layout, to) {
    return {
        hash: node.hash,
        src: (0,_cache_entry_url_js__WEBPACK_IMPORTED_MODULE_0__/* .entryPlace */ .s6)(readUrl(from), layout, node, nodes, from.signed),
        dest: (0,_cache_entry_url_js__WEBPACK_IMPORTED_MODULE_0__/* .entryPlace */ .s6)(writeUrl(to), isRegistry(to) ? 'oci' : 'v3', node, nodes, to.signed),
    };
}
function isRegistry(mirror) {
    return /^oci(?:\+http)?:/i.test(writeUrl(mirror));
}
function isSamePlace(a, b) {
    return (0,_cache_entry_url_js__WEBPACK_IMPORTED_MODULE_0__/* .mirrorBase */ .Vv)(writeUrl(a)) === (0,_cache_entry_url_js__WEBPACK_IMPORTED_MODULE_0__/* .mirrorBase */ .Vv)(writeUrl(b));
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
 * Reads the install database `<store>/.spack-db/index.json`, versions 5 to 8. Version 5 carries spec format 1,
 * where a node is keyed by its name and so are its dependencies.
 */



/** The spec format that a database or index of this version carries; undefined for versions we do not read. */
function specFormatOf(version) {
    return FORMAT_OF[version];
}
const FORMAT_OF = { 5: 3, 6: 3, 7: 4, 8: 5 };
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
            expected: 'version 5 to 8',
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

/***/ 88983:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Kx: () => (/* binding */ PLACEHOLDER),
/* harmony export */   _o: () => (/* binding */ readInstallTree),
/* harmony export */   gl: () => (/* binding */ withoutPadding)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/* harmony import */ var _spec_database_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(28273);
/**
 * An install tree as Spack keeps it: its root, what its database says is installed, and where. Read without taking
 * Spack's lock: the database is replaced by renaming, so what is read is whole.
 */




/**
 * @param root the install tree's root, absolute. Where it is padded, with or without the padding
 * @throws BuildcacheError `not-found` when there is no install database, `bad-input` and `unsupported` for one that
 *   cannot be read
 */
async function readInstallTree(root, options = {}) {
    const top = node_path__WEBPACK_IMPORTED_MODULE_1__.resolve(root);
    const at = node_path__WEBPACK_IMPORTED_MODULE_1__.resolve(options.readFrom ?? root);
    const file = node_path__WEBPACK_IMPORTED_MODULE_1__.join(at, '.spack-db', 'index.json');
    let text;
    try {
        text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file, 'utf8');
    }
    catch (error) {
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) !== 'ENOENT')
            throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .fileError */ .zS)(error, file, 'read the install database');
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('not-found', 'there is no install database: this is not an install tree', { file, hint: "name the install tree's root with --store (see `spack config get config`)" }, error);
    }
    const { records } = (0,_spec_database_js__WEBPACK_IMPORTED_MODULE_3__/* .readDatabase */ .S)(text, file);
    return {
        root: top,
        sbangPath: node_path__WEBPACK_IMPORTED_MODULE_1__.join(withoutPadding(top), 'bin', 'sbang'),
        records,
        nodes: new Map([...records].map(([hash, { node }]) => [hash, node])),
        prefixOf: (hash) => records.get(hash)?.path,
        filesOf: (prefix) => node_path__WEBPACK_IMPORTED_MODULE_1__.resolve(at, node_path__WEBPACK_IMPORTED_MODULE_1__.relative(top, prefix)),
    };
}
/** What padding is made of, as folders. */
const PLACEHOLDER = '__spack_path_placeholder__';
/** Padding is that placeholder as folders, over and over; the last is cut off or has a `_` too many, for the length. */
function withoutPadding(root) {
    const parts = root.split('/');
    const full = parts.indexOf(PLACEHOLDER);
    const last = parts.at(-1) ?? '';
    if (full === -1) {
        // Padding of less than one placeholder; a shorter beginning of it might be anything: `_`.
        return isRest(last) && last.startsWith('__spack') ? parts.slice(0, -1).join('/') : root;
    }
    const isPadding = parts
        .slice(full)
        .every((part, i, all) => part === PLACEHOLDER || (i === all.length - 1 && isRest(part)));
    return isPadding ? parts.slice(0, full).join('/') : root;
}
function isRest(part) {
    return part === `${PLACEHOLDER}_` || (part !== '' && PLACEHOLDER.startsWith(part));
}


/***/ })

};
