export const id = 6445;
export const ids = [6445];
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
/** Whatever else is in the folder is somebody else's. */
const OURS = /^(?:mirror-[0-9a-f]{32}\.json(?:\.\d+\.tmp)?|[0-9a-f]{64}\.(?:index|compact-\d+)|\.tmp-[\d-]+)$/;
async function dropUnused(folder) {
    const limit = Date.now() - KEEP_MS;
    for (const name of ((await ignoring((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder))) ?? []).filter((each) => OURS.test(each))) {
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

/***/ 21979:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ checkSpecs),
/* harmony export */   z: () => (/* binding */ check)
/* harmony export */ });
/* harmony import */ var _cache_presence_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(15496);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _core_redact_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(193);
/* harmony import */ var _mirrors_environment_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(10432);
/* harmony import */ var _mirrors_filter_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(70713);
/* harmony import */ var _mirrors_mirror_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(92172);
/* harmony import */ var _mirrors_open_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(95227);
/* harmony import */ var _plan_rebuild_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(41033);
/* harmony import */ var _plan_selection_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(60000);
/* harmony import */ var _spec_entry_spec_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(69008);










/**
 * @returns a decision for every selected spec; a mirror that gives no answer makes them unknown
 * @throws `BuildcacheError` for what cannot be worked with at all: the lockfile, the selection, the mirrors
 */
async function check(options, reporter) {
    const graph = await (0,_mirrors_environment_js__WEBPACK_IMPORTED_MODULE_2__/* .readEnvironment */ .Qo)(options.environment);
    const specs = await (0,_plan_selection_js__WEBPACK_IMPORTED_MODULE_5__/* .selectSpecs */ .rk)(graph, options.selection);
    requireSomething(specs, options);
    return checkSpecs(specs, graph, options, reporter);
}
/** The same for specs that are read already. @param specs dependencies first */
async function checkSpecs(specs, graph, options, reporter) {
    const answers = await askMirrors(specs, graph, options, reporter);
    const decisions = (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_7__/* .decideRebuilds */ .pq)(specs, answers, options.needs);
    return { decisions, nodes: graph.nodes, answers, needs: options.needs, verify: options.verify };
}
function requireSomething(specs, options) {
    const { mirrors, needs, allowEmpty, environment } = options;
    if (needs.kind === 'mirror' && !mirrors.some(({ name }) => name === needs.name)) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('usage', `needs names a mirror that is not asked: "${needs.name}"`, {
            expected: `any, all, or one of: ${mirrors.map(({ name }) => name).join(', ') || '(no mirrors)'}`,
        });
    }
    if (allowEmpty)
        return;
    if (mirrors.length === 0) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('usage', 'there is no mirror to check against', {
            hint: 'configure it in spack.yaml, or name it with --mirror-url or --mirrors (in the action: the input mirrors)',
        });
    }
    if (specs.length === 0) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('usage', 'no specs to check', {
            file: environment.lockfile,
            hint: 'check the selection, or pass --allow-empty if that is fine',
        });
    }
}
async function askMirrors(specs, graph, options, reporter) {
    const progress = reporter.progress('Checking', specs.length * options.mirrors.length);
    try {
        return await Promise.all(options.mirrors.map(async (mirror) => {
            const about = { name: mirror.name, url: (0,_core_redact_js__WEBPACK_IMPORTED_MODULE_8__/* .redactUrl */ .B)(mirror.fetch.url) };
            const { served, filtered, note } = await filterSpecs(mirror, specs, graph);
            if (served.length === 0 && specs.length > 0) {
                progress.advance(specs.length);
                return { ...about, states: filtered, notes: note, index: undefined };
            }
            const { readers, notes, close } = await (0,_mirrors_open_js__WEBPACK_IMPORTED_MODULE_4__/* .openMirror */ .Y4)(mirror, graph, options.connection);
            try {
                let reported = 0;
                const entries = (0,_spec_entry_spec_js__WEBPACK_IMPORTED_MODULE_6__/* .entrySpecs */ .l_)(graph, served);
                const presence = await (0,_cache_presence_js__WEBPACK_IMPORTED_MODULE_0__/* .findPresence */ .H)(readers, (0,_mirrors_mirror_js__WEBPACK_IMPORTED_MODULE_9__/* .mirrorId */ .N)(mirror), entries, {
                    verify: options.verify,
                    forbidden: options.forbidden,
                    jobs: options.connection.jobs,
                    store: options.indexStore,
                    ttlMs: options.indexTtlMs,
                    maxIndexBytes: options.maxIndexBytes,
                    signal: options.signal,
                    onProgress: () => progress.advance(1, ++reported),
                });
                progress.advance(specs.length - reported);
                reporter.debug(`${mirror.name}: ${howTold(presence, reported)}`);
                return {
                    ...presence,
                    ...about,
                    states: new Map([
                        ...served.map((spec) => [spec.hash, stateOf(spec, presence, graph)]),
                        ...filtered,
                    ]),
                    notes: [
                        ...notes,
                        ...presence.notes,
                        ...(notes.length === 0 ? emptyNotes(presence) : []),
                        ...note,
                    ],
                };
            }
            finally {
                await close();
            }
        }));
    }
    finally {
        progress.done();
    }
}
/** Of a spliced spec that of its build spec, whose entry it is installed from: one under its own hash nobody looks for. */
function stateOf(spec, { states }, graph) {
    const state = states.get((0,_spec_entry_spec_js__WEBPACK_IMPORTED_MODULE_6__/* .entrySpec */ .mO)(graph, spec).hash);
    if (state === undefined)
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('internal', 'a spec got lost');
    const built = (0,_spec_entry_spec_js__WEBPACK_IMPORTED_MODULE_6__/* .builtAs */ .Jx)(spec);
    if (built === undefined || state.state !== 'missing')
        return state;
    const { reason } = state;
    return {
        ...state,
        reason: `it comes from ${built}${reason === undefined ? ', which is not there' : `: ${reason}`}`,
    };
}
function howTold({ index, states }, asked) {
    const listed = [...states.values()].filter((state) => state.state === 'present' && state.by === 'index').length;
    const from = { mirror: 'downloaded', 'local copy': 'unchanged since it was kept here' };
    const about = index === undefined ? 'no index' : `index ${from[index]}, ${listed} specs told by it`;
    return `${about}; ${asked} asked for one by one`;
}
/** What a mirror may serve, which it is asked for, and the states of the rest. */
async function filterSpecs(mirror, specs, graph) {
    const refuses = await (0,_mirrors_filter_js__WEBPACK_IMPORTED_MODULE_3__/* .refusalOf */ .O)(mirror, 'fetch', graph);
    const filtered = new Map();
    for (const spec of specs) {
        const why = refuses?.(spec);
        if (why === undefined)
            continue;
        filtered.set(spec.hash, { state: 'missing', filtered: true, reason: `it may not serve it: ${why}` });
    }
    const which = filtered.size === 1 ? '1 of the specs' : `${filtered.size} of the specs`;
    return {
        served: specs.filter(({ hash }) => !filtered.has(hash)),
        filtered,
        note: filtered.size === 0
            ? []
            : [`it may not serve ${which}, because of its include_binary or exclude_binary`],
    };
}
/** Also a mirror that nobody has pushed to yet looks so, or a URL with a typing error in it. */
function emptyNotes({ index, states }) {
    const isBare = index === undefined && [...states.values()].every(({ state }) => state === 'missing');
    return isBare && states.size > 0
        ? ['there is no index and none of the specs: check the URL if it is not new']
        : [];
}


/***/ }),

/***/ 56445:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  define: () => (/* binding */ verb_diff_define)
});

// EXTERNAL MODULE: ./build/cache/index-store.js
var index_store = __webpack_require__(67489);
// EXTERNAL MODULE: ./build/plan/explain/explain.js + 2 modules
var explain = __webpack_require__(70383);
// EXTERNAL MODULE: ./build/plan/explain/pool.js
var explain_pool = __webpack_require__(66546);
// EXTERNAL MODULE: ./build/plan/rebuild.js
var rebuild = __webpack_require__(41033);
// EXTERNAL MODULE: ./build/spec/graph.js
var spec_graph = __webpack_require__(85746);
// EXTERNAL MODULE: ./build/commands/check.js
var check = __webpack_require__(21979);
// EXTERNAL MODULE: ./build/commands/environment-at.js + 1 modules
var environment_at = __webpack_require__(97252);
;// CONCATENATED MODULE: ./build/commands/diff.js
/** `diff`: what has changed between two environments, why, and what of the new one would have to be built. */






/** @throws BuildcacheError for environments that cannot be read, and as `check` where there are mirrors */
async function diff(options, reporter) {
    const [before, after] = await Promise.all([
        (0,environment_at/* environmentAt */.F)(options.old, options),
        (0,environment_at/* environmentAt */.F)(options.new, options),
    ]);
    // Externals too: nobody builds them, and still they are a difference.
    const come = specsOf(after).filter(({ hash }) => !before.nodes.has(hash));
    const gone = specsOf(before).filter(({ hash }) => !after.nodes.has(hash));
    const pool = (0,explain_pool/* makePool */.R)();
    for (const node of before.nodes.values())
        pool.add(node, options.old);
    const explanation = (0,explain/* explain */.W)(come, after, pool);
    const placed = pairUp(explanation.answers, gone);
    const all = builtOnly(specsOf(after));
    const gate = options.mirrors.length === 0 ? undefined : await (0,check/* checkSpecs */.n)(all, after, options, reporter);
    return {
        old: options.old,
        new: options.new,
        ...placed,
        explanation,
        total: all.length,
        build: gate === undefined ? builtOnly(come) : (0,rebuild/* specsWith */.FT)(gate, 'rebuild'),
        gate,
        notes: [],
    };
}
/** Dependencies first. */
function specsOf(graph) {
    return (0,spec_graph/* postOrder */.bV)(graph, graph.roots.map(({ hash }) => hash));
}
function builtOnly(specs) {
    return specs.filter(({ external }) => external === undefined);
}
/** Whose place each new spec has taken: its nearest's, if that is gone and nobody nearer has it. */
function pairUp(answers, gone) {
    const free = new Map(gone.map((node) => [node.hash, node]));
    const updated = [];
    const rebuilt = [];
    const rest = [];
    const take = (isTaker, into, from) => from.filter((answer) => {
        if (answer.is !== 'changed' || !isTaker(answer.pair) || !free.delete(answer.pair.near.hash))
            return true;
        into.push(answer.pair);
        return false;
    });
    rest.push(...take(({ changes }) => changes.length === 0, rebuilt, answers));
    const added = take(() => true, updated, rest).map(({ node }) => node);
    return { added, removed: [...free.values()], updated, rebuilt };
}

// EXTERNAL MODULE: ./build/plan/explain-result.js
var explain_result = __webpack_require__(54343);
// EXTERNAL MODULE: ./build/report/explain-json.js
var explain_json = __webpack_require__(32227);
;// CONCATENATED MODULE: ./build/report/diff-json.js



/** What `diff --json` prints. @param exitCode whether a difference is to be told by the exit code */
function diffJson(result, exitCode) {
    const { added, removed, updated, rebuilt, build, gate, total, explanation } = result;
    return {
        version: 1,
        exit_code: (0,explain_result/* diffExitCode */.Z)(result, exitCode),
        old: result.old,
        new: result.new,
        counts: {
            total,
            added: added.length,
            removed: removed.length,
            updated: updated.length,
            rebuilt: rebuilt.length,
            build: build.length,
            ...(gate === undefined
                ? {}
                : { cached: (0,rebuild/* specsWith */.FT)(gate, 'present').length, unknown: (0,rebuild/* specsWith */.FT)(gate, 'unknown').length }),
        },
        added: added.map(explain_json/* specJson */.c5),
        removed: removed.map(explain_json/* specJson */.c5),
        updated: updated.map(pairJson),
        rebuilt: rebuilt.map(pairJson),
        build: build.map(explain_json/* specJson */.c5),
        mirrors: (gate?.answers ?? []).map((answer) => ({
            name: answer.name,
            url: answer.url,
            ...(0,rebuild/* countStates */.c0)(answer),
            notes: answer.notes,
        })),
        ...(0,explain_json/* explanationJson */.mV)(explanation),
    };
}
function pairJson({ wanted, near, changes }) {
    return { ...(0,explain_json/* specJson */.c5)(wanted), was: (0,explain_json/* specJson */.c5)(near), changes: changes.map(explain_json/* changeJson */.RH) };
}

// EXTERNAL MODULE: ./build/report/diff-text.js
var diff_text = __webpack_require__(69706);
// EXTERNAL MODULE: ./build/report/terminal.js
var terminal = __webpack_require__(63299);
// EXTERNAL MODULE: ./build/entry/shared-options.js
var shared_options = __webpack_require__(23589);
;// CONCATENATED MODULE: ./build/entry/verb-diff.js







function verb_diff_define(command, context) {
    (0,shared_options/* addSharedOptions */.J0)(command)
        .argument('<old>', 'an environment: a folder, a lockfile, or git:REV:PATH')
        .argument('<new>', 'the other one')
        .option('--exit-code', 'exit with 1 where they differ', false)
        .option('--markdown', 'print it as Markdown', false)
        .action((old, to, options) => run(old, to, options, context));
}
async function run(old, to, options, context) {
    // Two environments are named, neither of them one to be worked in.
    const around = await (0,shared_options/* readSurroundings */.St)({ ...options, environment: options.environment ?? '.' }, context);
    const { cwd, env, signal, stdout } = context;
    const isAsked = options.mirrorUrl.length > 0 || options.mirrors !== undefined;
    const result = await diff({
        ...around,
        mirrors: isAsked || options.environment !== undefined ? around.mirrors : [],
        cwd,
        env,
        signal,
        old,
        new: to,
        indexStore: (0,index_store/* openIndexStore */.W)(around.indexFolder),
        needs: { kind: 'all' },
        verify: 'exists',
        forbidden: 'auto',
    }, around.reporter);
    for (const { name, notes } of result.gate?.answers ?? []) {
        for (const note of notes)
            around.reporter.warn(`${name}: ${note}`);
    }
    if (options.json)
        stdout.write(`${JSON.stringify(diffJson(result, options.exitCode), null, 2)}\n`);
    else if (options.markdown) {
        const { diffMarkdown } = await __webpack_require__.e(/* import() */ 3076).then(__webpack_require__.bind(__webpack_require__, 70695));
        stdout.write(diffMarkdown(result));
    }
    else if (!options.quiet) {
        stdout.write(`${(0,diff_text/* diffText */.NI)(result, options.verbose, (0,terminal/* terminalStyle */.w)(around.color)).join('\n')}\n`);
    }
    context.exit((0,explain_result/* diffExitCode */.Z)(result, options.exitCode));
}


/***/ }),

/***/ 54343:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ explainExitCode),
/* harmony export */   Z: () => (/* binding */ diffExitCode)
/* harmony export */ });
/** 0: nothing is missing, or all that is has its answer. 2: some could not be told. */
function explainExitCode({ gate, incomplete }) {
    const isUnknown = gate?.decisions.some(({ decision }) => decision === 'unknown') ?? false;
    return incomplete || isUnknown ? 2 : 0;
}
/** With `--exit-code`, as git: 1 where they differ. 2: some could not be told. */
function diffExitCode({ added, removed, updated, rebuilt, gate }, asked) {
    if (gate?.decisions.some(({ decision }) => decision === 'unknown'))
        return 2;
    const isSame = [added, removed, updated, rebuilt].every((list) => list.length === 0);
    return asked && !isSame ? 1 : 0;
}


/***/ }),

/***/ 3196:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ rootsOfGroups),
/* harmony export */   j: () => (/* binding */ rootsOnlyIn)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _core_nearest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(42732);
/** Groups of an environment's roots, as `spack.yaml` makes them and lockfiles have them from version 7 on. */


/** The group of what is in no other, and of all roots of older lockfiles. */
const DEFAULT_GROUP = 'default';
/** Named in a message. */
const SHOWN = 20;
/**
 * The roots of some groups. Those of included environments are in none of this one's.
 * @param groups none: all roots
 * @throws BuildcacheError `usage` for a group that there is not, naming those there are
 */
function rootsOfGroups(roots, groups) {
    if (groups.length === 0)
        return roots;
    const known = new Set(roots.flatMap((root) => groupOf(root) ?? []));
    for (const group of groups)
        if (!known.has(group))
            throw noSuchGroup(group, known);
    return roots.filter((root) => groups.includes(groupOf(root) ?? ''));
}
/** Hashes of roots that are in none but these groups. */
function rootsOnlyIn(roots, groups) {
    const isOnly = (root) => groups.has(groupOf(root) ?? '');
    const others = new Set(roots.filter((root) => !isOnly(root)).map(({ hash }) => hash));
    return new Set(roots.filter((root) => isOnly(root) && !others.has(root.hash)).map(({ hash }) => hash));
}
function groupOf({ group, included }) {
    return included === true ? undefined : (group ?? DEFAULT_GROUP);
}
function noSuchGroup(group, known) {
    const meant = (0,_core_nearest_js__WEBPACK_IMPORTED_MODULE_1__/* .nearest */ .p)(group, known);
    const names = [...known].slice(0, SHOWN).join(', ');
    const more = known.size > SHOWN ? ` and ${known.size - SHOWN} more` : '';
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', `the environment has no group ${JSON.stringify(group)} with roots`, {
        expected: known.size === 0 ? 'an environment with roots' : `one of: ${names}${more}`,
        hint: meant === undefined
            ? 'concretize the environment again if the group is new in its spack.yaml'
            : `did you mean ${meant}?`,
    });
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
/* harmony import */ var _spec_graph_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(85746);
/* harmony import */ var _groups_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3196);
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
 * @throws `usage` for a pattern that cannot be read or a group that there is not, `not-found` for a positive that matches nothing
 */
async function selectSpecs(graph, selection) {
    const base = baseNodes(graph, selection).filter((node) => node.external === undefined);
    const positives = await Promise.all([
        ...selection.specs.map((text) => matcher(text, base)),
        ...selection.hashes.map((text) => hashMatcher(text.replace(/^\//, ''), text)),
    ]);
    const include = await Promise.all(selection.include.map((text) => matcher(text, base)));
    const exclude = await Promise.all(selection.exclude.map((text) => matcher(text, base)));
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
function baseNodes(graph, { groups = [], rootsOnly, noBuildDeps }) {
    const roots = new Set((0,_groups_js__WEBPACK_IMPORTED_MODULE_2__/* .rootsOfGroups */ .P)(graph.roots, groups).map((root) => root.hash));
    const nodes = (0,_spec_graph_js__WEBPACK_IMPORTED_MODULE_3__/* .postOrder */ .bV)(graph, roots, noBuildDeps ? (0,_spec_graph_js__WEBPACK_IMPORTED_MODULE_3__/* .ofTypes */ .vz)('link', 'run') : undefined);
    return rootsOnly ? nodes.filter((node) => roots.has(node.hash)) : nodes;
}
/** A glob over names, a hash, or a spec constraint; one argument is one constraint. */
async function matcher(text, base) {
    if (/^\/[a-z2-7]+$/.test(text))
        return hashMatcher(text.slice(1), text);
    // A package's name is the commonest constraint and needs no parser; one that no package has may be virtual.
    if (/^\w[\w-]*$/.test(text) && base.some(({ name }) => name === text))
        return { text, matches: (_, node) => node.name === text };
    if (isGlob(text)) {
        const { default: picomatch } = await __webpack_require__.e(/* import() */ 4006).then(__webpack_require__.t.bind(__webpack_require__, 14006, 19));
        const isMatch = picomatch(text);
        return { text, matches: (_, node) => isMatch(node.name) };
    }
    const [{ parseSpec }, { satisfies }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(9981), __webpack_require__.e(6939)]).then(__webpack_require__.bind(__webpack_require__, 16939)),
        Promise.all(/* import() */[__webpack_require__.e(9981), __webpack_require__.e(3583)]).then(__webpack_require__.bind(__webpack_require__, 13583)),
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

/***/ 69706:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C0: () => (/* binding */ diffSentences),
/* harmony export */   NI: () => (/* binding */ diffText),
/* harmony export */   Pq: () => (/* binding */ updateText)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _plan_rebuild_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(41033);
/* harmony import */ var _spec_format_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(40731);
/* harmony import */ var _check_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(93235);
/* harmony import */ var _explain_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(37258);
/* harmony import */ var _explain_words_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(97036);
/* harmony import */ var _shared_reasons_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(44186);
/** What has changed between two environments, for a person at a terminal. */







/** Specs of each list on a screen. */
const LISTED = 10;
const NAMED = 4;
/** Lines without their ends; nothing in them can end a line or reach the terminal. */
function diffText(result, verbose, style = _check_text_js__WEBPACK_IMPORTED_MODULE_1__/* .PLAIN_STYLE */ .nV) {
    const { added, removed, updated, explanation, gate } = result;
    const lines = diffSentences(result).map(_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN);
    const list = (title, mark, items) => {
        if (items.length === 0)
            return;
        const shown = verbose ? items : items.slice(0, LISTED);
        lines.push('', title, ...shown.map((item) => `  ${mark} ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(item)}`));
        if (items.length > shown.length) {
            lines.push(`    ${style.dim(`and ${items.length - shown.length} more: --verbose has them all`)}`);
        }
    };
    list('Updated:', style.doubt('~'), updated.map(updateText));
    list('Added:', style.good('+'), added.map(_spec_format_js__WEBPACK_IMPORTED_MODULE_4__/* .shortSpec */ .Gx));
    list('Removed:', style.bad('-'), removed.map(_spec_format_js__WEBPACK_IMPORTED_MODULE_4__/* .shortSpec */ .Gx));
    if (explanation.answers.length > 0)
        lines.push('', 'Because:', ...(0,_explain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .causeLines */ .t1)(explanation, verbose, style));
    for (const { reason, names } of gate === undefined ? [] : (0,_check_text_js__WEBPACK_IMPORTED_MODULE_1__/* .unknownReasons */ .i1)(gate)) {
        lines.push('', `${style.doubt('Could not tell')} for ${(0,_shared_reasons_js__WEBPACK_IMPORTED_MODULE_5__/* .nameSome */ .Kf)(names, NAMED)}:`, `  ${reason}`);
    }
    return lines;
}
/** What changed, and what there is to build, in a sentence each. */
function diffSentences(result) {
    const { added, removed, updated, rebuilt, build, gate, total } = result;
    const parts = [
        [added.length, 'added'],
        [removed.length, 'removed'],
        [updated.length, 'updated'],
        [rebuilt.length, 'rebuilt over what changed'],
    ].flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`]));
    const changed = parts.length === 0 ? 'No difference.' : `${parts.join(', ')}.`;
    if (gate === undefined) {
        if (parts.length === 0)
            return [changed];
        if (build.length === 0)
            return [changed, 'Nothing of that needs to be built.'];
        const are = build.length === 1 ? 'is' : 'are';
        return [changed, `${build.length} of ${total} ${(0,_explain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .plural */ .LS)(total, 'spec')} ${are} not in the old one.`];
    }
    const present = (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_6__/* .specsWith */ .FT)(gate, 'present').length;
    const unknown = (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_6__/* .specsWith */ .FT)(gate, 'unknown').length;
    const cached = `${build.length} of ${total} ${(0,_explain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .plural */ .LS)(total, 'spec')} would have to be built, ${present} are cached`;
    return [changed, unknown === 0 ? `${cached}.` : `${cached}; for ${unknown} it could not be told.`];
}
function updateText({ wanted, changes }) {
    return `${wanted.name}: ${(0,_explain_words_js__WEBPACK_IMPORTED_MODULE_3__/* .changesText */ .Tb)(changes)}`;
}


/***/ }),

/***/ 32227:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   RH: () => (/* binding */ changeJson),
/* harmony export */   c5: () => (/* binding */ specJson),
/* harmony export */   eP: () => (/* binding */ explainJson),
/* harmony export */   mV: () => (/* binding */ explanationJson)
/* harmony export */ });
/* harmony import */ var _plan_explain_cases_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(99195);
/* harmony import */ var _plan_explain_result_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(54343);
/* harmony import */ var _plan_rebuild_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(41033);
/* harmony import */ var _spec_format_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(40731);
/* harmony import */ var _explain_words_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(97036);
/** Why, for machines: every cause, every spec, every proof. Fields are added, never changed, as long as `version` is 1. */





/** What `explain --json` prints. */
function explainJson(result) {
    const { explanation, gate, total, sources, notes } = result;
    const unknown = gate === undefined ? [] : (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_2__/* .specsWith */ .FT)(gate, 'unknown');
    return {
        version: 1,
        exit_code: (0,_plan_explain_result_js__WEBPACK_IMPORTED_MODULE_3__/* .explainExitCode */ .$)(result),
        compared_with: sources,
        complete: !result.incomplete,
        counts: {
            total,
            missing: explanation.answers.length,
            unknown: unknown.length,
            ...answersJson(explanation),
        },
        ...explanationJson(explanation),
        unknown: unknown.map((node) => ({
            ...specJson(node),
            reasons: gate === undefined ? [] : (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_2__/* .mirrorsWith */ .$I)(gate, node.hash, 'unknown'),
        })),
        notes,
    };
}
function answersJson({ answers }) {
    const { changed, proven, elsewhere, new: fresh } = (0,_explain_words_js__WEBPACK_IMPORTED_MODULE_1__/* .countAnswers */ .XA)(answers);
    return { changed, proven, elsewhere, new: fresh };
}
/** Causes by number, and each spec with the numbers of its own. */
function explanationJson({ causes, answers }) {
    const own = new Map();
    for (const [id, { drags }] of causes.entries()) {
        for (const { hash } of drags)
            own.set(hash, [...(own.get(hash) ?? []), id]);
    }
    return {
        only: (0,_plan_explain_cases_js__WEBPACK_IMPORTED_MODULE_0__/* .onlyCase */ .Lc)(causes) ?? null,
        causes: causes.map((cause, id) => ({
            id,
            case: cause.case,
            changes: cause.changes.map(changeJson),
            changed: cause.pairs.map(({ wanted, near }) => ({
                name: wanted.name,
                hash: wanted.hash,
                version: wanted.version,
                nearest: { hash: near.hash, version: near.version },
            })),
            counted: cause.counted,
            drags: cause.drags.map(({ hash }) => hash),
            hint: (0,_plan_explain_cases_js__WEBPACK_IMPORTED_MODULE_0__/* .hintOf */ .$z)(cause.case) ?? null,
        })),
        specs: answers.map((answer) => ({ ...answerJson(answer), causes: own.get(answer.node.hash) ?? [] })),
    };
}
function answerJson(answer) {
    const spec = { ...specJson(answer.node), answer: answer.is };
    switch (answer.is) {
        case 'new':
            return spec;
        case 'elsewhere':
            return { ...spec, holders: answer.holders };
        case 'changed': {
            const { pair, holders, proof } = answer;
            return {
                ...spec,
                nearest: { ...specJson(pair.near), holders },
                changes: pair.changes.map(changeJson),
                proven: proof.proven,
                ...(proof.proven ? {} : { not_proven: proof.why }),
            };
        }
    }
}
function changeJson({ kind, name, from, to }) {
    return { kind, ...(name === undefined ? {} : { name }), from: from ?? null, to: to ?? null };
}
function specJson(node) {
    return { name: node.name, version: node.version, hash: node.hash, short_spec: (0,_spec_format_js__WEBPACK_IMPORTED_MODULE_4__/* .shortSpec */ .Gx)(node) };
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
