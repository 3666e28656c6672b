export const id = 2907;
export const ids = [2907];
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

/***/ 21979:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ check)
/* harmony export */ });
/* harmony import */ var _cache_presence_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(15496);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _core_redact_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(193);
/* harmony import */ var _mirrors_environment_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(52875);
/* harmony import */ var _mirrors_mirror_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(92172);
/* harmony import */ var _mirrors_open_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(95227);
/* harmony import */ var _plan_rebuild_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(41033);
/* harmony import */ var _plan_selection_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(60000);








/**
 * @returns a decision for every selected spec; a mirror that gives no answer makes them unknown
 * @throws `BuildcacheError` for what cannot be worked with at all: the lockfile, the selection, the mirrors
 */
async function check(options, reporter) {
    const graph = await (0,_mirrors_environment_js__WEBPACK_IMPORTED_MODULE_2__/* .readEnvironment */ .Qo)(options.environment);
    const specs = await (0,_plan_selection_js__WEBPACK_IMPORTED_MODULE_4__/* .selectSpecs */ .rk)(graph, options.selection);
    requireSomething(specs, options);
    const answers = await askMirrors(specs, graph, options, reporter);
    const decisions = (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_5__/* .decideRebuilds */ .pq)(specs, answers, options.needs);
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
            const { readers, notes, close } = await (0,_mirrors_open_js__WEBPACK_IMPORTED_MODULE_3__/* .openMirror */ .Y)(mirror, graph, options.connection);
            try {
                let reported = 0;
                const presence = await (0,_cache_presence_js__WEBPACK_IMPORTED_MODULE_0__/* .findPresence */ .H)(readers, (0,_mirrors_mirror_js__WEBPACK_IMPORTED_MODULE_6__/* .mirrorId */ .N)(mirror), specs, {
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
                    name: mirror.name,
                    url: (0,_core_redact_js__WEBPACK_IMPORTED_MODULE_7__/* .redactUrl */ .B)(mirror.fetch.url),
                    notes: [...notes, ...presence.notes, ...(notes.length === 0 ? emptyNotes(presence) : [])],
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
function howTold({ index, states }, asked) {
    const listed = [...states.values()].filter((state) => state.state === 'present' && state.by === 'index').length;
    const from = { mirror: 'downloaded', 'local copy': 'unchanged since it was kept here' };
    const about = index === undefined ? 'no index' : `index ${from[index]}, ${listed} specs told by it`;
    return `${about}; ${asked} asked for one by one`;
}
/** Also a mirror that nobody has pushed to yet looks so, or a URL with a typing error in it. */
function emptyNotes({ index, states }) {
    const isBare = index === undefined && [...states.values()].every(({ state }) => state === 'missing');
    return isBare && states.size > 0
        ? ['there is no index and none of the specs: check the URL if it is not new']
        : [];
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

/***/ 72907:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   define: () => (/* binding */ define),
/* harmony export */   parseNeeds: () => (/* binding */ parseNeeds)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var commander__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(48179);
/* harmony import */ var _cache_index_store_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(67489);
/* harmony import */ var _commands_check_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(21979);
/* harmony import */ var _core_write_file_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(23020);
/* harmony import */ var _plan_copy_items_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(84488);
/* harmony import */ var _plan_copy_list_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(70422);
/* harmony import */ var _plan_rebuild_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(41033);
/* harmony import */ var _plan_rebuild_manifest_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(8167);
/* harmony import */ var _report_check_json_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(50234);
/* harmony import */ var _report_check_text_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(93235);
/* harmony import */ var _report_terminal_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(63299);
/* harmony import */ var _copy_list_options_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(39884);
/* harmony import */ var _shared_options_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(23589);
/** `buildcache check`: options in, answer and exit code out. */














function define(command, context) {
    (0,_shared_options_js__WEBPACK_IMPORTED_MODULE_11__/* .addSharedOptions */ .J0)(command)
        .argument('[spec...]', 'specs to check (default: all of the environment)')
        .option('-o, --output-file <file>', 'write what must be rebuilt, per mirror, in the schema of spack buildcache check')
        .option('--needs <any|all|mirror>', 'a spec needs a rebuild when missing on any mirror, on all, or on that one', 'any')
        .addOption(new commander__WEBPACK_IMPORTED_MODULE_1__/* .Option */ .c$('--verify <how>', 'believe the index, read every manifest, or ask for every blob too')
        .choices(['exists', 'manifests', 'blobs'])
        .default('exists'))
        .addOption(new commander__WEBPACK_IMPORTED_MODULE_1__/* .Option */ .c$('--forbidden <meaning>', 'what a 403 for a single entry means')
        .choices(['auto', 'missing', 'unknown'])
        .default('auto'))
        .option('--roots-only', "check the environment's roots only", false)
        .option('--no-build-deps', 'leave out what is needed to build only')
        .option('--hash <hash>', 'a DAG hash or its beginning (repeatable)', _shared_options_js__WEBPACK_IMPORTED_MODULE_11__/* .collect */ .Fo, [])
        .option('--include <spec>', 'of the selected, keep what matches (repeatable)', _shared_options_js__WEBPACK_IMPORTED_MODULE_11__/* .collect */ .Fo, [])
        .option('--exclude <spec>', 'of the selected, leave out what matches (repeatable)', _shared_options_js__WEBPACK_IMPORTED_MODULE_11__/* .collect */ .Fo, [])
        .option('--allow-empty', 'no specs or no mirrors is fine', false);
    (0,_copy_list_options_js__WEBPACK_IMPORTED_MODULE_10__/* .addCopyListOptions */ .Z)(command, 'what is present').action((specs, options) => run(specs, options, context));
}
async function run(specs, options, context) {
    const output = options.outputFile === undefined ? undefined : (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(context.cwd, options.outputFile);
    const copyList = (0,_copy_list_options_js__WEBPACK_IMPORTED_MODULE_10__/* .copyListFile */ .w)(options, context);
    let told = false;
    try {
        const named = options.copyTo === undefined ? [] : [options.copyTo];
        const around = await (0,_shared_options_js__WEBPACK_IMPORTED_MODULE_11__/* .readSurroundings */ .St)(options, context, named);
        const result = await (0,_commands_check_js__WEBPACK_IMPORTED_MODULE_3__/* .check */ .z)({
            ...around,
            selection: {
                rootsOnly: options.rootsOnly,
                noBuildDeps: !options.buildDeps,
                specs,
                hashes: options.hash,
                include: options.include,
                exclude: options.exclude,
            },
            needs: parseNeeds(options.needs),
            verify: options.verify,
            forbidden: options.forbidden,
            indexStore: (0,_cache_index_store_js__WEBPACK_IMPORTED_MODULE_2__/* .openIndexStore */ .W)(around.indexFolder),
            allowEmpty: options.allowEmpty,
            signal: context.signal,
        }, around.reporter);
        const code = (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_12__/* .checkExitCode */ .qR)(result);
        if (output !== undefined && code !== 2)
            await (0,_core_write_file_js__WEBPACK_IMPORTED_MODULE_4__/* .writeWholeFile */ .R0)(output, (0,_plan_rebuild_manifest_js__WEBPACK_IMPORTED_MODULE_7__/* .rebuildManifest */ .x)((0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_12__/* .checkedSpecs */ .MI)(result), result.answers));
        const [to] = around.named;
        if (copyList !== undefined && to !== undefined && code !== 2)
            await (0,_core_write_file_js__WEBPACK_IMPORTED_MODULE_4__/* .writeWholeFile */ .R0)(copyList, (0,_plan_copy_list_js__WEBPACK_IMPORTED_MODULE_6__/* .formatCopyList */ .d7)((0,_plan_copy_items_js__WEBPACK_IMPORTED_MODULE_5__/* .copiesOfPresent */ .K)(result, around.mirrors, to)));
        told = code !== 2;
        for (const { name, notes } of result.answers)
            for (const note of notes)
                around.reporter.warn(`${name}: ${note}`);
        if (options.json)
            context.stdout.write(`${JSON.stringify((0,_report_check_json_js__WEBPACK_IMPORTED_MODULE_13__/* .checkJson */ .Z)(result), null, 2)}\n`);
        else if (!options.quiet)
            context.stdout.write(`${(0,_report_check_text_js__WEBPACK_IMPORTED_MODULE_8__/* .checkText */ .qW)(result, (0,_report_terminal_js__WEBPACK_IMPORTED_MODULE_9__/* .terminalStyle */ .w)(around.color)).join('\n')}\n`);
        context.exit(code);
    }
    finally {
        // An old answer must not be taken for this one's.
        for (const file of told ? [] : [output, copyList])
            if (file !== undefined)
                await (0,_core_write_file_js__WEBPACK_IMPORTED_MODULE_4__/* .removeFile */ .nM)(file);
    }
}
/** The text of `--needs` and of the action's input. */
function parseNeeds(text) {
    return text === 'any' || text === 'all' ? { kind: text } : { kind: 'mirror', name: text };
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

/***/ 557:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Eu: () => (/* binding */ MAX_JOBS),
/* harmony export */   dI: () => (/* binding */ jobMatrix),
/* harmony export */   x6: () => (/* binding */ groupByStage)
/* harmony export */ });
/** GitHub's own limit for one matrix. */
const MAX_JOBS = 256;
/**
 * @param specs to be rebuilt, dependencies before dependents
 * @param maxJobs at most so many entries; specs share one where there are more
 * @param among all that was checked: see {@link groupByStage}
 */
function jobMatrix(specs, maxJobs, among = specs) {
    const stages = groupByStage(specs, among);
    const batches = [];
    if (stages.length <= maxJobs) {
        const size = batchSize(stages, maxJobs);
        for (const [stage, members] of stages.entries()) {
            for (let i = 0; i < members.length; i += size)
                batches.push({ stage, specs: members.slice(i, i + size) });
        }
    }
    else {
        // Longer chains than jobs: consecutive stages share one, still in order.
        const size = Math.ceil(stages.length / maxJobs);
        for (let i = 0; i < stages.length; i += size) {
            batches.push({ stage: batches.length, specs: stages.slice(i, i + size).flat() });
        }
    }
    return batches.map(({ stage, specs: members }, batch) => ({
        name: members.map((node) => node.name).join(' '),
        hash: members.map((node) => node.hash).join(' '),
        spec: members.map((node) => `${node.name}@${node.version}/${node.hash}`).join(' '),
        stage,
        batch,
    }));
}
/**
 * Stage of each spec to be rebuilt: after all of those it needs, also through specs that are present, since these
 * cannot be installed before what they need is there.
 * @param among the specs between them too, dependencies first
 */
function groupByStage(specs, among = specs) {
    const rebuilt = new Set(specs);
    /** The first stage in which what depends on a spec can be built. */
    const readyAt = new Map();
    const stages = [];
    for (const node of among) {
        let stage = 0;
        for (const { hash } of node.dependencies)
            stage = Math.max(stage, readyAt.get(hash) ?? 0);
        readyAt.set(node.hash, rebuilt.has(node) ? stage + 1 : stage);
        if (!rebuilt.has(node))
            continue;
        const members = stages[stage];
        if (members === undefined)
            stages[stage] = [node];
        else
            members.push(node);
    }
    return stages;
}
/** The smallest number of specs a job must take for all to fit. */
function batchSize(stages, maxJobs) {
    const longest = Math.max(1, ...stages.map((members) => members.length));
    let [low, high] = [1, longest];
    while (low < high) {
        const size = (low + high) >> 1;
        const jobs = stages.reduce((sum, members) => sum + Math.ceil(members.length / size), 0);
        if (jobs <= maxJobs)
            high = size;
        else
            low = size + 1;
    }
    return low;
}


/***/ }),

/***/ 8167:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ rebuildManifest)
/* harmony export */ });
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(28314);
/* harmony import */ var _spec_format_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(40731);
/* harmony import */ var _rebuild_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(41033);
/**
 * The file `check -o` writes, in Spack's schema: fetch URL -> `{mirrorName, mirrorUrl, rebuildSpecs}`, mirrors
 * with missing specs only.
 */



/**
 * @param specs in the order in which they are to be listed
 * @param withUnknown whether a spec that could not be told counts as missing
 */
function rebuildManifest(specs, answers, withUnknown = false) {
    const manifest = new Map();
    for (const { name, url, states } of answers) {
        const missing = specs.filter(({ hash }) => {
            const state = states.get(hash)?.state;
            return state === 'missing' || (withUnknown && state === 'unknown');
        });
        if (missing.length === 0)
            continue;
        // Two views of one mirror share its URL, which is the schema's key: what either lacks stands there.
        const entry = manifest.get(url) ?? { name: (0,_rebuild_js__WEBPACK_IMPORTED_MODULE_1__/* .spackName */ .KQ)({ name, url }, answers), missing: new Set() };
        for (const node of missing)
            entry.missing.add(node);
        manifest.set(url, entry);
    }
    const entries = [...manifest].map(([url, { name, missing }]) => {
        const rebuildSpecs = [...missing].map((node) => ({ short_spec: (0,_spec_format_js__WEBPACK_IMPORTED_MODULE_2__/* .shortSpec */ .Gx)(node), hash: node.hash }));
        return [url, { mirrorName: name, mirrorUrl: url, rebuildSpecs }];
    });
    return (0,_core_json_js__WEBPACK_IMPORTED_MODULE_0__/* .stringifyCompact */ .LW)(Object.fromEntries(entries));
}


/***/ }),

/***/ 50234:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ checkJson),
/* harmony export */   c: () => (/* binding */ rebuildSpecsJson)
/* harmony export */ });
/* harmony import */ var _plan_matrix_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(557);
/* harmony import */ var _plan_rebuild_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(41033);
/* harmony import */ var _spec_format_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(40731);
/** The gate's answer for machines: every spec, every mirror, every reason. */



/** What `check --json` prints. Fields are added, never changed: `version` says when that is not so. */
function checkJson(result) {
    const { decisions, answers, needs, verify } = result;
    const stages = new Map((0,_plan_matrix_js__WEBPACK_IMPORTED_MODULE_0__/* .groupByStage */ .x6)((0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_1__/* .specsWith */ .FT)(result, 'rebuild'), (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_1__/* .checkedSpecs */ .MI)(result)).flatMap((specs, stage) => specs.map(({ hash }) => [hash, stage])));
    return {
        version: 1,
        exit_code: (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_1__/* .checkExitCode */ .qR)(result),
        needs: needs.kind === 'mirror' ? needs.name : needs.kind,
        verify,
        counts: {
            total: decisions.length,
            present: (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_1__/* .specsWith */ .FT)(result, 'present').length,
            rebuild: (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_1__/* .specsWith */ .FT)(result, 'rebuild').length,
            unknown: (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_1__/* .specsWith */ .FT)(result, 'unknown').length,
        },
        mirrors: answers.map((answer) => ({
            name: (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_1__/* .spackName */ .KQ)(answer, answers),
            url: answer.url,
            index: answer.index ?? null,
            ...(0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_1__/* .countStates */ .c0)(answer),
            notes: answer.notes,
        })),
        specs: decisions.map(({ node, decision }) => ({
            name: node.name,
            version: node.version,
            hash: node.hash,
            short_spec: (0,_spec_format_js__WEBPACK_IMPORTED_MODULE_2__/* .shortSpec */ .Gx)(node),
            decision,
            ...(stages.has(node.hash) ? { stage: stages.get(node.hash) } : {}),
            mirrors: Object.fromEntries(answers.map((answer) => [(0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_1__/* .spackName */ .KQ)(answer, answers), answer.states.get(node.hash)])),
        })),
    };
}
/** The output `rebuild-specs`: what must be rebuilt, dependencies first, and where it is missing. */
function rebuildSpecsJson(result, withUnknown) {
    return result.decisions
        .filter(({ decision }) => decision === 'rebuild' || (withUnknown && decision === 'unknown'))
        .map(({ node }) => ({
        name: node.name,
        version: node.version,
        hash: node.hash,
        short_spec: (0,_spec_format_js__WEBPACK_IMPORTED_MODULE_2__/* .shortSpec */ .Gx)(node),
        mirrors: result.answers
            .filter(({ states }) => states.get(node.hash)?.state === 'missing')
            .map((answer) => (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_1__/* .spackName */ .KQ)(answer, result.answers)),
    }));
}


/***/ })

};
