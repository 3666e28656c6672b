export const id = 6369;
export const ids = [6369];
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
        const { default: picomatch } = await __webpack_require__.e(/* import() */ 4006).then(__webpack_require__.t.bind(__webpack_require__, 14006, 19));
        const isMatch = picomatch(text);
        return { text, matches: (_, node) => isMatch(node.name) };
    }
    const [{ parseSpec }, { satisfies }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(8298), __webpack_require__.e(6939)]).then(__webpack_require__.bind(__webpack_require__, 16939)),
        Promise.all(/* import() */[__webpack_require__.e(8298), __webpack_require__.e(4803)]).then(__webpack_require__.bind(__webpack_require__, 64803)),
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

/***/ 85746:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ postOrder),
/* harmony export */   v: () => (/* binding */ ofTypes)
/* harmony export */ });
/**
 * All nodes reachable from the given hashes, dependencies before dependents (post-order, children in the
 * document's order), each once. Edges to nodes the graph does not hold are passed over.
 * @param follow which edges to walk; all of them when not given
 */
function postOrder(graph, hashes, follow) {
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
            const edge = top.node.dependencies[top.next++];
            if (edge === undefined) {
                order.push(top.node);
                stack.pop();
            }
            else if (follow === undefined || follow(edge.deptypes, top.node)) {
                enter(edge.hash);
            }
        }
    }
    return order;
}
/** An edge filter for {@link postOrder}: edges having at least one of these types. */
function ofTypes(...types) {
    return (deptypes) => deptypes.some((type) => types.includes(type));
}


/***/ })

};
