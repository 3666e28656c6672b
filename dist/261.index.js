export const id = 261;
export const ids = [261];
export const modules = {

/***/ 67489:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ openIndexStore)
/* harmony export */ });
/* unused harmony export NO_INDEX_STORE */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(82552);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(28314);
/* harmony import */ var _compact_format_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(55746);
/* harmony import */ var _compact_index_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(71449);
/* harmony import */ var _random_access_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(72777);
/**
 * Indices kept on disk between runs: documents by their SHA-256, and what each mirror pointed at when it was
 * last asked. Beside a document lies its compact form, from which most questions are answered. Only ever a shortcut: whatever is wrong with it reads as "not there", and what it holds is
 * verified again when it is read.
 */







/** Bytes gathered before they are written. */
const WRITE_BYTES = 1024 * 1024;
/** Documents nobody has used for this long are deleted. */
const KEEP_MS = 30 * 24 * 3600 * 1000;
/** @param folder created when something is first kept */
function openIndexStore(folder) {
    const pointer = (mirror) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, `mirror-${(0,_core_digest_js__WEBPACK_IMPORTED_MODULE_2__/* .sha256 */ .sc)(mirror).slice(0, 32)}.json`);
    const document = (digest) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, `${digest}.index`);
    const compact = (digest) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, `${digest}.compact-${_compact_format_js__WEBPACK_IMPORTED_MODULE_4__/* .COMPACT_VERSION */ .ZI}`);
    let counter = 0;
    return {
        async recall(mirror) {
            const file = pointer(mirror);
            const [text, info] = await Promise.all([ignoring((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file, 'utf8')), ignoring((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(file))]);
            if (text === undefined || info === undefined)
                return undefined;
            const remembered = parsePointer(text);
            // A clock set back must not make an old answer fresh for ever.
            return remembered && { ...remembered, age: Math.abs(Date.now() - info.mtimeMs) };
        },
        async remember(mirror, location, digest) {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(folder, { recursive: true });
            await replaceFile(pointer(mirror), JSON.stringify({ location, document: digest }));
        },
        async read(digest) {
            const file = document(digest);
            const handle = await ignoring((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.open)(file, 'r'));
            if (handle === undefined)
                return undefined;
            await ignoring((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.utimes)(file, new Date(), new Date()));
            return handle.createReadStream({ highWaterMark: 256 * 1024 });
        },
        async write() {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(folder, { recursive: true });
            const temporary = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, `.tmp-${process.pid}-${Date.now()}-${counter++}`);
            const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.open)(temporary, 'wx');
            // A server's pieces are small; each write is a trip to the thread pool.
            let held = [];
            let size = 0;
            const flush = async () => {
                const bytes = Buffer.concat(held, size);
                held = [];
                size = 0;
                await handle.appendFile(bytes);
            };
            return {
                async write(chunk) {
                    held.push(chunk);
                    size += chunk.length;
                    if (size >= WRITE_BYTES)
                        await flush();
                },
                async commit(digest) {
                    await flush();
                    await handle.close();
                    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rename)(temporary, document(digest));
                    await dropUnused(folder);
                },
                async discard() {
                    await ignoring(handle.close());
                    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(temporary, { force: true });
                },
            };
        },
        async writeCompact(digest, parts) {
            const temporary = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, `.tmp-${process.pid}-${Date.now()}-${counter++}`);
            try {
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(temporary, parts);
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rename)(temporary, compact(digest));
            }
            finally {
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(temporary, { force: true });
            }
        },
        async openCompact(digest) {
            const large = await access(document(digest));
            const small = large && (await access(compact(digest)));
            if (small !== undefined)
                return (0,_compact_index_js__WEBPACK_IMPORTED_MODULE_5__/* .openCompactIndex */ .g)(small, large);
            await large?.close();
            return undefined;
        },
        openDocument: (digest) => access(document(digest)),
    };
}
async function access(file) {
    const handle = await ignoring((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.open)(file, 'r'));
    if (handle === undefined)
        return undefined;
    await ignoring((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.utimes)(file, new Date(), new Date()));
    return (0,_random_access_js__WEBPACK_IMPORTED_MODULE_6__/* .accessFile */ .B)(handle);
}
/** A store that keeps nothing. */
const NO_INDEX_STORE = {
    recall: async () => undefined,
    remember: async () => undefined,
    read: async () => undefined,
    write: async () => ({
        write: async () => undefined,
        commit: async () => undefined,
        discard: async () => undefined,
    }),
    writeCompact: async () => undefined,
    openCompact: async () => undefined,
    openDocument: async () => undefined,
};
function parsePointer(text) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        return undefined;
    }
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(value) || !(0,_core_digest_js__WEBPACK_IMPORTED_MODULE_2__/* .isSha256 */ ._h)(value['document']) || !(0,_core_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(value['location']))
        return undefined;
    const { key, sha256: digest, size, etag, compression } = value['location'];
    if (typeof key !== 'string' || (compression !== 'gzip' && compression !== 'none'))
        return undefined;
    const location = {
        key,
        compression,
        sha256: (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_2__/* .isSha256 */ ._h)(digest) ? digest : undefined,
        size: typeof size === 'number' ? size : undefined,
        etag: typeof etag === 'string' ? etag : undefined,
    };
    return { location, document: value['document'] };
}
async function replaceFile(file, text) {
    const temporary = `${file}.${process.pid}.tmp`;
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(temporary, text);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rename)(temporary, file);
}
async function dropUnused(folder) {
    const limit = Date.now() - KEEP_MS;
    for (const name of (await ignoring((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder))) ?? []) {
        const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name);
        const info = await ignoring((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(file));
        if (info !== undefined && info.mtimeMs < limit)
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(file, { force: true });
    }
}
async function ignoring(promise) {
    try {
        return await promise;
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 15496:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ findPresence)
/* harmony export */ });
/* harmony import */ var p_limit__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(70370);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _listing_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(48739);
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
        if (options.verify === 'exists' && indices.some(({ listing }) => listing?.listed.has(spec.hash))) {
            states.set(spec.hash, { state: 'present', by: 'index' });
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
                    return { state: 'present', by: 'entry' };
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
            if (!isForbidden(error) || !(await this.#hidesAbsence()))
                throw error;
            this.#forbiddenAsMissing++;
            return false;
        }
    }
    /** Whether a 403 for one entry may be read as "not there": the mirror itself must just have answered. */
    async #hidesAbsence() {
        const { forbidden, signal } = this.#options;
        if (forbidden !== 'auto')
            return forbidden === 'missing';
        this.#readable ??= this.#indices.some(({ listing }) => listing?.answered)
            ? Promise.resolve(true)
            : isMarked(this.#indices, signal);
        return this.#readable;
    }
}
/** What came is not what it should be, but it came. */
function isDamage({ code }) {
    return code === 'corrupt' || code === 'bad-input' || code === 'too-large';
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

/***/ 73261:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  define: () => (/* binding */ verb_push_define)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./node_modules/commander/esm.mjs
var esm = __webpack_require__(48179);
// EXTERNAL MODULE: ./build/cache/index-store.js
var index_store = __webpack_require__(67489);
// EXTERNAL MODULE: ./build/cache/presence.js
var presence = __webpack_require__(15496);
// EXTERNAL MODULE: ./build/cache/signing.js
var signing = __webpack_require__(46326);
// EXTERNAL MODULE: ./build/commands/push.js + 11 modules
var push = __webpack_require__(7462);
// EXTERNAL MODULE: ./build/core/abort.js
var abort = __webpack_require__(67844);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/mirrors/environment.js + 1 modules
var mirrors_environment = __webpack_require__(52875);
// EXTERNAL MODULE: ./build/mirrors/open.js + 1 modules
var mirrors_open = __webpack_require__(89954);
// EXTERNAL MODULE: ./build/mirrors/open-target.js + 5 modules
var open_target = __webpack_require__(66699);
;// CONCATENATED MODULE: ./build/plan/push-result.js
/** 0 all is there, 1 part of it failed. */
function pushExitCode({ mirrors }) {
    const isFine = mirrors.every(({ outcomes, index, keyFailed }) => keyFailed === undefined &&
        !(index !== undefined && 'failed' in index) &&
        [...outcomes.values()].every(({ kind }) => kind !== 'failed' && kind !== 'not-tried'));
    return isFine ? 0 : 1;
}

// EXTERNAL MODULE: ./build/spec/format.js
var format = __webpack_require__(40731);
// EXTERNAL MODULE: ./build/spec/graph.js
var spec_graph = __webpack_require__(85746);
// EXTERNAL MODULE: ./build/plan/selection.js
var selection = __webpack_require__(60000);
;// CONCATENATED MODULE: ./build/plan/push-selection.js
/** Which installed specs a push is about: those named, or an environment's roots, and what they need. */




/**
 * @param graph its roots are what is meant when nothing is named, and win where a name means several specs
 * @throws BuildcacheError `usage` when a constraint means several specs, naming them; `not-found` when it means none
 */
async function selectToPush(graph, selection) {
    const isRoot = new Set(graph.roots.map(({ hash }) => hash));
    const chosen = selection.specs.length === 0
        ? isRoot
        : new Set(await Promise.all(selection.specs.map((text) => onlyMatch(graph, isRoot, text))));
    const follow = selection.buildDependencies ? undefined : (0,spec_graph/* ofTypes */.v)('link', 'run');
    const withDependencies = selection.only !== 'package';
    const nodes = withDependencies
        ? (0,spec_graph/* postOrder */.b)(graph, chosen, follow)
        : [...chosen].flatMap((hash) => graph.nodes.get(hash) ?? []);
    const wanted = nodes.filter(({ hash, external }) => external === undefined && (selection.only !== 'dependencies' || !chosen.has(hash)));
    const kept = await withoutExcluded(graph, wanted, selection.exclude);
    return {
        specs: wanted.filter(({ hash }) => kept.has(hash)),
        roots: chosen,
        excluded: wanted.filter(({ hash }) => !kept.has(hash)),
    };
}
/** Named in a message. */
const SHOWN = 8;
async function onlyMatch(graph, isRoot, text) {
    const all = await (0,selection/* selectSpecs */.rk)(graph, { ...selection/* EVERYTHING */.Qz, specs: [text] }).catch((error) => {
        if ((0,errors/* errorCode */.CA)(error) !== 'not-found')
            throw error;
        throw new errors/* BuildcacheError */.fO('not-found', `nothing in the environment or the install tree matches ${JSON.stringify(text)}`, {
            hint: 'external specs are never pushed; look at what there is with `spack find -L`',
        });
    });
    const roots = all.filter(({ hash }) => isRoot.has(hash));
    const matches = roots.length === 0 ? all : roots;
    const [first] = matches;
    if (first !== undefined && matches.length === 1)
        return first.hash;
    const shown = matches.slice(0, SHOWN).map(format/* shortSpec */.Gx).join(', ');
    const more = matches.length > SHOWN ? ` and ${matches.length - SHOWN} more` : '';
    throw new errors/* BuildcacheError */.fO('usage', `${JSON.stringify(text)} matches ${matches.length} specs`, {
        expected: 'one',
        found: shown + more,
        hint: `name one by its hash: /${first?.hash.slice(0, 7) ?? ''}`,
    });
}
async function withoutExcluded(graph, specs, exclude) {
    if (exclude.length === 0)
        return new Set(specs.map(({ hash }) => hash));
    const roots = specs.map(({ hash }) => ({ hash, spec: '' }));
    const kept = await (0,selection/* selectSpecs */.rk)({ nodes: graph.nodes, roots }, { ...selection/* EVERYTHING */.Qz, rootsOnly: true, exclude });
    return new Set(kept.map(({ hash }) => hash));
}

// EXTERNAL MODULE: ./build/report/push-text.js
var push_text = __webpack_require__(51887);
;// CONCATENATED MODULE: ./build/report/push-json.js
/** What a push came to, for machines. */



/** What `push --json` prints. Fields are added, never changed: `version` says when that is not so. */
function pushJson(result) {
    return {
        version: 1,
        exit_code: pushExitCode(result),
        dry_run: result.dryRun,
        mirrors: result.mirrors.map((mirror) => ({
            name: mirror.name,
            url: mirror.url,
            signed: mirror.signed,
            counts: (0,push_text/* countOutcomes */.XF)(mirror),
            index: mirror.index ?? null,
            key_failed: mirror.keyFailed ?? null,
            notes: mirror.notes,
            specs: result.specs.map((spec) => {
                const { kind, ...facts } = mirror.outcomes.get(spec.hash) ?? { kind: 'not-tried' };
                return {
                    name: spec.name,
                    version: spec.version,
                    hash: spec.hash,
                    short_spec: (0,format/* shortSpec */.Gx)(spec),
                    outcome: kind,
                    ...facts,
                };
            }),
        })),
    };
}

// EXTERNAL MODULE: ./build/report/terminal.js
var terminal = __webpack_require__(63299);
// EXTERNAL MODULE: ./build/tree/install-tree.js
var install_tree = __webpack_require__(88983);
// EXTERNAL MODULE: ./build/entry/shared-options.js + 1 modules
var shared_options = __webpack_require__(49601);
// EXTERNAL MODULE: ./build/entry/signing-key.js
var signing_key = __webpack_require__(19786);
;// CONCATENATED MODULE: ./build/entry/verb-push.js
/** `buildcache push MIRROR [SPEC…]`: options in, pushed specs and exit code out. */




















function verb_push_define(command, context) {
    (0,shared_options/* addSharedOptions */.J0)(command)
        .argument('<mirror>', 'where to push to: a configured name, a path or a URL')
        .argument('[spec...]', 'what to push, with what it needs (default: the roots of the environment)')
        .option('-f, --force', 'replace what is there already', false)
        .addOption(new esm/* Option */.c$('-u, --unsigned', 'push without signatures').conflicts(['signed', 'key']))
        .addOption(new esm/* Option */.c$('--signed', 'push with signatures'))
        .option('-k, --key <fingerprint>', 'which of several keys to sign with; implies --signed')
        .option('--signing-key-file <file>', 'an armored secret key (default: $BUILDCACHE_SIGNING_KEY)')
        .option('--rebuild-index, --update-index', 'list what was pushed in the index', false)
        .addOption(new esm/* Option */.c$('--only <what>', 'the named specs, what they need, or both')
        .choices(['package', 'dependencies', 'package,dependencies'])
        .default('package,dependencies'))
        .addOption(new esm/* Option */.c$('--with-build-dependencies', 'also what is needed to build only')
        .default(false)
        .conflicts('withoutBuildDependencies'))
        .option('--without-build-dependencies', 'only what is linked or run (the default)', false)
        .option('--fail-fast', 'stop at the first failure', false)
        .option('--private', 'a private mirror: --exclude does not apply', false)
        .option('--exclude <spec>', 'do not push what matches, unless --private (repeatable)', shared_options/* collect */.Fo, [])
        .option('--allow-missing', 'a dependency that is not installed is no failure', false)
        .option('--skip-present-in <mirror>', 'do not push what that mirror has (repeatable)', shared_options/* collect */.Fo, [])
        .option('--dry-run', 'say what would be pushed', false)
        .option('--store <dir>', 'the root of the install tree (default: $SPACK_ROOT/opt/spack)')
        .option('--spack-prefix <dir>', "Spack's own prefix, for the build info (default: $SPACK_ROOT, else the store)")
        .action((mirror, specs, options) => run(mirror, specs, options, context));
}
async function run(argument, specs, options, context) {
    const { mirror, upstreams, around } = await readMirrors(argument, options, context);
    const { reporter } = around;
    const store = storeRoot(options, context);
    const tree = await (0,install_tree/* readInstallTree */._)(store);
    const graph = await readGraph(tree, specs, options, around, context);
    const selected = await selectToPush(graph, {
        specs,
        only: options.only,
        buildDependencies: options.withBuildDependencies,
        exclude: options.private ? [] : options.exclude,
    });
    if (selected.specs.length === 0) {
        throw new errors/* BuildcacheError */.fO('usage', 'nothing to push', {
            hint: 'external specs are never pushed; check the selection',
        });
    }
    for (const spec of selected.excluded)
        reporter.info(`excluded: ${spec.name}@${spec.version}`);
    const signer = await chooseSigner(mirror, options, context);
    const elsewhere = await findElsewhere(upstreams, selected.specs, graph, around, context.signal);
    const cache = await (0,open_target/* openPushMirror */.Q)(mirror, around.connection);
    try {
        const target = { name: mirror.name, cache, signer, elsewhere };
        const result = await (0,push/* push */.V)({
            ...options,
            ...selected,
            tree,
            graph,
            targets: [target],
            spackPrefix: (0,external_node_path_.resolve)(context.cwd, options.spackPrefix ?? (context.env['SPACK_ROOT'] || store)),
            signal: context.signal,
            onOutcome: (_, spec, outcome) => {
                const line = (0,push_text/* outcomeLine */.RW)(spec, outcome, undefined);
                // A terminal has its bar; what went wrong is said at the end.
                if (context.stderr.isTTY)
                    reporter.debug(line);
                else
                    reporter.info(line);
            },
        }, reporter);
        for (const { name, notes } of result.mirrors)
            for (const note of notes)
                reporter.warn(`${name}: ${note}`);
        if (options.json)
            context.stdout.write(`${JSON.stringify(pushJson(result), null, 2)}\n`);
        else if (!options.quiet)
            context.stdout.write(`${(0,push_text/* pushText */.cq)(result, (0,terminal/* terminalStyle */.w)(around.color)).join('\n')}\n`);
        if (result.cancelled)
            throw (0,abort/* cancelled */.K)(context.signal);
        context.exit(pushExitCode(result));
    }
    finally {
        await cache.close();
    }
}
async function readMirrors(argument, options, context) {
    if (options.mirrorUrl.length > 0) {
        throw new errors/* BuildcacheError */.fO('usage', 'push takes its mirror as the first argument, not with --mirror-url', {
            hint: `buildcache push ${options.mirrorUrl[0]} [SPEC…]`,
        });
    }
    const around = await (0,shared_options/* readSurroundings */.St)({ ...options, mirrorUrl: [argument, ...options.skipPresentIn] }, context);
    const [mirror, ...upstreams] = around.mirrors;
    if (mirror === undefined)
        throw new errors/* BuildcacheError */.fO('internal', 'a mirror got lost');
    // The one mirror of a command line has a name that only Spack's files want.
    return { mirror: { ...mirror, name: argument }, upstreams, around };
}
function storeRoot({ store }, { env, cwd }) {
    if (store !== undefined)
        return (0,external_node_path_.resolve)(cwd, store);
    if (env['SPACK_ROOT'])
        return (0,external_node_path_.resolve)(env['SPACK_ROOT'], 'opt', 'spack');
    throw new errors/* BuildcacheError */.fO('usage', 'which install tree to push from is not known', {
        hint: "name its root with --store (config:install_tree:root in Spack's configuration)",
    });
}
/** The specs of the environment, if there is one, over those of the install tree; what is meant by default as roots. */
async function readGraph(tree, specs, options, { environment }, { env }) {
    const isNamed = options.environment !== undefined || Boolean(env['SPACK_ENV']);
    if (isNamed || (await isThere(environment.lockfile))) {
        const { nodes, roots } = await (0,mirrors_environment/* readEnvironment */.Qo)(environment);
        return { nodes: new Map([...tree.nodes, ...nodes]), roots };
    }
    if (specs.length === 0) {
        throw new errors/* BuildcacheError */.fO('usage', 'there is nothing to push: no spec was named and there is no environment', {
            hint: 'name specs after the mirror, or an environment with --environment',
        });
    }
    const installed = [...tree.records.values()].filter(({ installed: is }) => is);
    return { nodes: tree.nodes, roots: installed.map(({ node }) => ({ hash: node.hash, spec: node.name })) };
}
async function isThere(file) {
    return await (0,promises_.access)(file).then(() => true, () => false);
}
async function chooseSigner(mirror, options, context) {
    const asked = options.signed === true || options.key !== undefined;
    if (!asked && (options.unsigned === true || !mirror.signed))
        return undefined;
    const { secretKeys, source, passphrase } = await (0,signing_key/* readSigningKey */.jy)(options.signingKeyFile, context);
    return await (0,signing/* openSigner */.H)({ secretKeys, source, passphrase, choose: options.key, mirror: mirror.name });
}
async function findElsewhere(upstreams, specs, graph, around, signal) {
    const found = new Map();
    for (const upstream of upstreams) {
        const { readers, close } = await (0,mirrors_open/* openMirror */.Y)(upstream, graph, around.connection);
        try {
            const { states, notes } = await (0,presence/* findPresence */.H)(readers, upstream.fetch.url, specs, {
                verify: 'exists',
                forbidden: 'auto',
                jobs: around.connection.jobs,
                store: (0,index_store/* openIndexStore */.W)(around.indexFolder),
                ttlMs: around.indexTtlMs,
                signal,
            });
            for (const note of notes)
                around.reporter.warn(`${upstream.name}: ${note}`);
            for (const [hash, { state }] of states)
                if (state === 'present')
                    found.set(hash, upstream.name);
        }
        finally {
            await close();
        }
    }
    return found;
}


/***/ }),

/***/ 60000:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Qz: () => (/* binding */ EVERYTHING),
/* harmony export */   fg: () => (/* binding */ isGlob),
/* harmony export */   rk: () => (/* binding */ selectSpecs)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _spec_decode_node_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(39595);
/* harmony import */ var _spec_graph_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(85746);
/** Which specs of an environment a command works with. */



const EVERYTHING = {
    rootsOnly: false,
    noBuildDeps: false,
    specs: [],
    hashes: [],
    include: [],
    exclude: [],
};
/**
 * The concrete, non-external specs selected, dependencies before dependents, each hash once.
 * @throws `usage` for a pattern that cannot be read, `not-found` for a positive that matches nothing
 */
async function selectSpecs(graph, selection) {
    const base = baseNodes(graph, selection).filter((node) => node.external === undefined);
    const positives = await Promise.all([
        ...selection.specs.map((text) => matcher(text)),
        ...selection.hashes.map((text) => hashMatcher(text.replace(/^\//, ''), text)),
    ]);
    const include = await Promise.all(selection.include.map((text) => matcher(text)));
    const exclude = await Promise.all(selection.exclude.map((text) => matcher(text)));
    for (const positive of positives) {
        if (!base.some((node) => positive.matches(graph, node))) {
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('not-found', `no spec of the environment matches ${JSON.stringify(positive.text)}`, {
                hint: 'external specs are never selected; look at the environment with spack find -L',
            });
        }
    }
    const any = (matchers, node) => matchers.some((one) => one.matches(graph, node));
    return base.filter((node) => (positives.length === 0 || any(positives, node)) &&
        (include.length === 0 || any(include, node)) &&
        !any(exclude, node));
}
function baseNodes(graph, { rootsOnly, noBuildDeps }) {
    const roots = new Set(graph.roots.map((root) => root.hash));
    const nodes = (0,_spec_graph_js__WEBPACK_IMPORTED_MODULE_2__/* .postOrder */ .b)(graph, roots, noBuildDeps ? (0,_spec_graph_js__WEBPACK_IMPORTED_MODULE_2__/* .ofTypes */ .v)('link', 'run') : undefined);
    return rootsOnly ? nodes.filter((node) => roots.has(node.hash)) : nodes;
}
/** A glob over names, a hash, or a spec constraint; one argument is one constraint. */
async function matcher(text) {
    if (/^\/[a-z2-7]+$/.test(text))
        return hashMatcher(text.slice(1), text);
    // A plain name is the commonest constraint and needs no parser.
    if (/^\w[\w-]*$/.test(text))
        return { text, matches: (_, node) => node.name === text };
    if (isGlob(text)) {
        const { default: picomatch } = await __webpack_require__.e(/* import() */ 6).then(__webpack_require__.t.bind(__webpack_require__, 14006, 19));
        const isMatch = picomatch(text);
        return { text, matches: (_, node) => isMatch(node.name) };
    }
    const [{ parseSpec }, { satisfies }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(682), __webpack_require__.e(939)]).then(__webpack_require__.bind(__webpack_require__, 16939)),
        Promise.all(/* import() */[__webpack_require__.e(682), __webpack_require__.e(801)]).then(__webpack_require__.bind(__webpack_require__, 31801)),
    ]);
    const constraint = parseSpec(text);
    return { text, matches: (graph, node) => satisfies(graph, node, constraint) };
}
/** `py-*`, `{hdf5,netcdf}-*`: no constraint can begin with a name that has such characters. */
function isGlob(text) {
    return /^[\w{},[\]!-]*[*?{[][\w{},[\]!*?-]*$/.test(text);
}
function hashMatcher(prefix, text) {
    if (prefix === '' || !(0,_spec_decode_node_js__WEBPACK_IMPORTED_MODULE_1__/* .isDagHash */ .X)(prefix.padEnd(32, 'a'))) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', `not a hash: ${JSON.stringify(text)}`, {
            expected: 'up to 32 characters of lower-case base32',
        });
    }
    return { text, matches: (_, node) => node.hash.startsWith(prefix) };
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
/* harmony export */   _: () => (/* binding */ readInstallTree)
/* harmony export */ });
/* unused harmony export withoutPadding */
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
const PLACEHOLDER = '__spack_path_placeholder__';
/** Padding is that placeholder as folders, over and over; the last is cut off or has a `_` too many, for the length. */
function withoutPadding(root) {
    const parts = root.split('/');
    const padding = parts.findIndex((part, i) => part === PLACEHOLDER || (i === parts.length - 1 && isRest(part)));
    if (padding === -1)
        return root;
    const isPadding = parts
        .slice(padding)
        .every((part, i, all) => part === PLACEHOLDER || (i === all.length - 1 && isRest(part)));
    return isPadding ? parts.slice(0, padding).join('/') : root;
}
/** A shorter beginning might be anything: `_`. */
function isRest(part) {
    return part === `${PLACEHOLDER}_` || (PLACEHOLDER.startsWith(part) && part.startsWith('__spack'));
}


/***/ })

};
