export const id = 7592;
export const ids = [7592];
export const modules = {

/***/ 40751:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  T: () => (/* binding */ explainEnvironment),
  V: () => (/* binding */ explainGate)
});

// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/mirrors/environment.js + 1 modules
var mirrors_environment = __webpack_require__(10432);
// EXTERNAL MODULE: ./build/plan/explain/explain.js + 2 modules
var explain = __webpack_require__(70383);
// EXTERNAL MODULE: ./build/plan/explain/pool.js
var explain_pool = __webpack_require__(66546);
// EXTERNAL MODULE: ./build/plan/rebuild.js
var rebuild = __webpack_require__(41033);
// EXTERNAL MODULE: ./build/plan/selection.js
var plan_selection = __webpack_require__(60000);
// EXTERNAL MODULE: ./build/commands/check.js
var check = __webpack_require__(21979);
// EXTERNAL MODULE: ./build/mirrors/open.js
var mirrors_open = __webpack_require__(95227);
// EXTERNAL MODULE: ./build/plan/explain/align.js + 2 modules
var align = __webpack_require__(36838);
// EXTERNAL MODULE: ./build/tree/install-tree.js
var install_tree = __webpack_require__(88983);
// EXTERNAL MODULE: ./build/commands/environment-at.js + 1 modules
var environment_at = __webpack_require__(97252);
// EXTERNAL MODULE: ./build/commands/mirror-specs.js + 3 modules
var mirror_specs = __webpack_require__(25977);
;// CONCATENATED MODULE: ./build/commands/near-specs.js







/** Adds all of another environment, and what is installed in a tree. @throws BuildcacheError where they cannot be read */
async function addNamed(pool, options) {
    const { against, store } = options;
    if (against !== undefined) {
        for (const node of (await (0,environment_at/* environmentAt */.F)(against, options)).nodes.values())
            pool.add(node, against);
    }
    if (store !== undefined) {
        for (const { node, installed } of (await (0,install_tree/* readInstallTree */._o)(store)).records.values()) {
            pool.add(node, installed ? store : undefined);
        }
    }
}
/**
 * Adds what mirrors have that may be the nearest to these specs, and what is below that.
 * @param asked dependencies first
 */
async function addMirrors(pool, asked, wanted, options, reporter) {
    const names = new Set(asked.map(({ name }) => name));
    const about = {
        ...options,
        asked: [...names].map((name) => ({ name, hash: undefined })),
        noVirtuals: true,
    };
    const answers = await Promise.all(options.mirrors.map(async (mirror) => {
        const found = [];
        try {
            const open = await (0,mirrors_open/* openMirror */.Y4)(mirror, { nodes: wanted, roots: [] }, options.connection);
            try {
                const ask = (source) => nearIn(source, asked, wanted, options.signal);
                const notes = await (0,mirror_specs/* askMirror */.v)(mirror, open, ask, found, about, reporter);
                return { mirror, found, notes, failed: false };
            }
            finally {
                await open.close();
            }
        }
        catch (error) {
            options.signal.throwIfAborted();
            const notes = [`nothing of it could be compared: ${(0,errors/* describeError */.Uc)(error)}`];
            return { mirror, found, notes, failed: true };
        }
    }));
    for (const { mirror, found } of answers) {
        for (const { held, known } of found) {
            for (const node of held)
                pool.add(node, mirror.name);
            for (const node of known)
                pool.add(node, undefined);
        }
    }
    return {
        notes: answers.flatMap(({ mirror, notes }) => notes.map((note) => `${mirror.name}: ${note}`)),
        incomplete: answers.some(({ failed }) => failed),
    };
}
/** What is nearest in one source, and below that everything that aligning needs. */
async function nearIn(source, asked, wanted, signal) {
    const pool = (0,explain_pool/* makePool */.R)();
    const held = await source.near(asked);
    for (const node of held)
        pool.add(node, 'it');
    const known = [];
    const tried = new Set();
    const load = async (hashes) => {
        signal.throwIfAborted();
        const fresh = [...hashes].filter((hash) => !tried.has(hash) && pool.get(hash) === undefined);
        for (const hash of fresh)
            tried.add(hash);
        const found = fresh.length === 0 ? [] : [...(await source.whole(fresh)).values()];
        for (const node of found)
            pool.add(node, undefined);
        known.push(...found);
        return found;
    };
    // A spec that only others' records name was there once, or is elsewhere.
    await load(asked.map(({ hash }) => hash));
    const changed = asked.filter(({ hash }) => pool.get(hash) === undefined);
    const candidates = (0,align/* rankCandidates */.RK)(changed, wanted, pool);
    for (;;) {
        const { pairs, unknown } = (0,align/* align */.MM)(changed, wanted, pool, candidates);
        const nearest = [...pairs.values()].map(({ near }) => near);
        let below = await load([...unknown, ...edgesOf(nearest, wanted)]);
        if (below.length === 0)
            return { held, known };
        while (below.length > 0)
            below = await load(edgesOf(below, wanted));
    }
}
/** Where the edges of specs lead to; what is wanted as well is known already. */
function* edgesOf(nodes, wanted) {
    for (const { dependencies } of nodes)
        for (const { hash } of dependencies)
            if (!wanted.has(hash))
                yield hash;
}

;// CONCATENATED MODULE: ./build/commands/explain.js
/** `explain`: why specs of an environment are missing, what has changed, and whose fault that is. */








/**
 * Explains what the gate finds missing; without mirrors, what neither the other environment nor the install tree has.
 * @throws BuildcacheError for what cannot be worked with at all, as `check`; `usage` where there is nothing to compare with
 */
async function explainEnvironment(options, reporter) {
    const { mirrors, against, store, environment, selection } = options;
    if (mirrors.length > 0) {
        const gate = await (0,check/* check */.z)({ ...options, allowEmpty: false }, reporter);
        return explainGate(gate, options, reporter);
    }
    if (against === undefined && store === undefined) {
        throw new errors/* BuildcacheError */.fO('usage', 'there is nothing to compare with', {
            hint: 'name a mirror with --mirror-url, another lockfile with --against, or an install tree with --store',
        });
    }
    const graph = await (0,mirrors_environment/* readEnvironment */.Qo)(environment);
    const specs = await (0,plan_selection/* selectSpecs */.rk)(graph, selection);
    const pool = (0,explain_pool/* makePool */.R)();
    await addNamed(pool, options);
    const missing = specs.filter(({ hash }) => pool.holders(hash).length === 0);
    return finish(missing, specs.length, graph.nodes, pool, undefined, NOTHING_FOUND, options);
}
/** Explains what a check has found to be missing. @throws as {@link explainEnvironment} */
async function explainGate(gate, options, reporter) {
    const missing = (0,rebuild/* specsWith */.FT)(gate, 'rebuild');
    const pool = (0,explain_pool/* makePool */.R)();
    let found = NOTHING_FOUND;
    if (missing.length > 0) {
        found = await addMirrors(pool, missing, (0,explain/* nodesAsHashed */.z)(gate), options, reporter);
        await addNamed(pool, options);
    }
    return finish(missing, gate.decisions.length, gate.nodes, pool, gate, found, options);
}
const NOTHING_FOUND = { notes: [], incomplete: false };
function finish(missing, total, nodes, pool, gate, { notes, incomplete }, { mirrors, against, store }) {
    const named = [against, store].filter((each) => each !== undefined);
    return {
        explanation: (0,explain/* explain */.W)(missing, { nodes }, pool),
        total,
        nodes,
        gate,
        sources: [...mirrors.map(({ name }) => name), ...named],
        incomplete,
        notes,
    };
}


/***/ }),

/***/ 53424:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ withIndexFolder)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _core_write_file_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(23020);
/** Where indices are kept between runs. */




/** Runs `action` with the folder, or for this run with a temporary one where nothing can be kept. */
async function withIndexFolder(folder, action) {
    if (await (0,_core_write_file_js__WEBPACK_IMPORTED_MODULE_3__/* .canWriteFolder */ .wB)(folder))
        return action(folder);
    const temporary = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)((0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)(), 'buildcache-index-'));
    try {
        return await action(temporary);
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(temporary, { recursive: true, force: true });
    }
}


/***/ }),

/***/ 27592:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   define: () => (/* binding */ define)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _cache_index_store_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(67489);
/* harmony import */ var _commands_explain_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(40751);
/* harmony import */ var _plan_explain_result_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(54343);
/* harmony import */ var _plan_selection_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(60000);
/* harmony import */ var _report_explain_json_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(32227);
/* harmony import */ var _report_explain_text_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(37258);
/* harmony import */ var _report_terminal_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(63299);
/* harmony import */ var _index_folder_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(53424);
/* harmony import */ var _shared_options_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(23589);
/* harmony import */ var _verb_check_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(72907);
/** `buildcache explain`: options in, causes and exit code out. */











function define(command, context) {
    (0,_shared_options_js__WEBPACK_IMPORTED_MODULE_8__/* .addSharedOptions */ .J0)(command)
        .argument('[spec...]', 'specs to explain (default: all of the environment)')
        .option('--against <env|git:rev:path>', 'compare with another lockfile, too: a file, or one of a git revision')
        .option('--store <dir>', 'compare with what is installed there, too: the root of an install tree')
        .option('--needs <any|all|mirror>', 'a spec is missing when any mirror lacks it, all do, or that one', 'any')
        .option('--markdown', 'print it as Markdown', false)
        .action((specs, options) => run(specs, options, context));
}
async function run(specs, options, context) {
    const around = await (0,_shared_options_js__WEBPACK_IMPORTED_MODULE_8__/* .readSurroundings */ .St)(options, context);
    const { cwd, env, signal, stdout } = context;
    const result = await (0,_index_folder_js__WEBPACK_IMPORTED_MODULE_7__/* .withIndexFolder */ .V)(around.indexFolder, (folder) => (0,_commands_explain_js__WEBPACK_IMPORTED_MODULE_2__/* .explainEnvironment */ .T)({
        ...around,
        cwd,
        env,
        signal,
        indexStore: (0,_cache_index_store_js__WEBPACK_IMPORTED_MODULE_1__/* .openIndexStore */ .W)(folder),
        against: options.against,
        store: options.store === undefined ? undefined : (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(cwd, options.store),
        selection: { ..._plan_selection_js__WEBPACK_IMPORTED_MODULE_3__/* .EVERYTHING */ .Qz, specs },
        needs: (0,_verb_check_js__WEBPACK_IMPORTED_MODULE_9__.parseNeeds)(options.needs),
        verify: 'exists',
        forbidden: 'auto',
    }, around.reporter));
    const notes = (result.gate?.answers ?? []).flatMap((answer) => answer.notes.map((note) => `${answer.name}: ${note}`));
    for (const note of new Set([...notes, ...result.notes]))
        around.reporter.warn(note);
    if (options.json)
        stdout.write(`${JSON.stringify((0,_report_explain_json_js__WEBPACK_IMPORTED_MODULE_4__/* .explainJson */ .eP)(result), null, 2)}\n`);
    else if (options.markdown) {
        const { explainMarkdown } = await __webpack_require__.e(/* import() */ 695).then(__webpack_require__.bind(__webpack_require__, 70695));
        stdout.write(explainMarkdown(result));
    }
    else if (!options.quiet) {
        stdout.write(`${(0,_report_explain_text_js__WEBPACK_IMPORTED_MODULE_5__/* .explainText */ .lP)(result, options.verbose, (0,_report_terminal_js__WEBPACK_IMPORTED_MODULE_6__/* .terminalStyle */ .w)(around.color)).join('\n')}\n`);
    }
    context.exit((0,_plan_explain_result_js__WEBPACK_IMPORTED_MODULE_10__/* .explainExitCode */ .$)(result));
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

/***/ 88983:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fi: () => (/* binding */ ELSEWHERE_HINT),
/* harmony export */   T6: () => (/* binding */ locateTree),
/* harmony export */   _o: () => (/* binding */ readInstallTree),
/* harmony export */   "in": () => (/* binding */ emptyTree)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/* harmony import */ var _spec_database_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(28273);
/* harmony import */ var _tree_root_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(65814);
/**
 * An install tree as Spack keeps it: its root, what its database says is installed, and where; with the upstream trees
 * it builds on. Read without taking Spack's lock: the database is replaced by renaming, so what is read is whole.
 */





/**
 * @param where the install tree, or its root alone. Where it is padded, with or without the padding
 * @throws BuildcacheError `not-found` when there is no install database, `usage` when there are several below the root,
 *   `bad-input` and `unsupported` for one that cannot be read, an upstream's too
 */
async function readInstallTree(where, options = {}) {
    const place = typeof where === 'string' ? placeAt(where) : where;
    const given = options.readFrom === undefined ? await locateTree(place) : place;
    const at = node_path__WEBPACK_IMPORTED_MODULE_1__.resolve(options.readFrom ?? given.root);
    const file = (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .databaseFile */ .G3)(at);
    const { records } = (0,_spec_database_js__WEBPACK_IMPORTED_MODULE_3__/* .readDatabase */ .S)(await readText(file, at), file);
    return await assemble(records, given, place.upstreams, options.readFrom);
}
/** A tree that is not there yet, which an install will make: it has its upstreams already. */
async function emptyTree(place) {
    return await assemble(new Map(), place, place.upstreams);
}
async function assemble(records, given, upstreamPlaces, readFrom) {
    const at = node_path__WEBPACK_IMPORTED_MODULE_1__.resolve(readFrom ?? given.root);
    const notes = [];
    const findRoot = (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .rootFinder */ .V0)(given.root);
    const { root, elsewhere } = spelledRoot(given.root, records, findRoot);
    if (elsewhere.length > 0)
        notes.push(elsewhereText(at, elsewhere, records));
    const upstreams = await readUpstreams(upstreamPlaces, given.root, notes);
    const recordOf = (hash) => records.get(hash) ?? upstreams.find((upstream) => upstream.records.has(hash))?.records.get(hash);
    const unpaddedRoot = unpaddedAs(root, given);
    return {
        root,
        unpaddedRoot,
        sbangPath: node_path__WEBPACK_IMPORTED_MODULE_1__.join(unpaddedRoot, 'bin', 'sbang'),
        records,
        nodes: nodesOf([...upstreams.toReversed(), { records }]),
        upstreams,
        elsewhere,
        notes,
        recordOf,
        prefixOf: (hash) => recordOf(hash)?.path,
        placeOf(hash) {
            const prefix = records.get(hash)?.path;
            if (!records.has(hash))
                return upstreams.find((each) => each.records.has(hash))?.placeOf(hash);
            const found = prefix === undefined ? undefined : findRoot(prefix);
            return found === undefined ? undefined : { root: found, unpaddedRoot: unpaddedAs(found, given) };
        },
        filesOf: (prefix) => readFrom !== undefined && findRoot(prefix) !== undefined
            ? node_path__WEBPACK_IMPORTED_MODULE_1__.join(at, node_path__WEBPACK_IMPORTED_MODULE_1__.relative(root, prefix))
            : prefix,
    };
}
/** A tree that is known by its root alone. */
function placeAt(root) {
    const top = node_path__WEBPACK_IMPORTED_MODULE_1__.resolve(root);
    return { root: top, unpaddedRoot: (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .withoutPadding */ .gl)(top), upstreams: [] };
}
/**
 * The root itself if it has a database, else the padded tree below it; the root where there is none of them.
 * @throws BuildcacheError `usage` when there are several
 */
async function locateTree({ root, unpaddedRoot }) {
    const own = await isFile((0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .databaseFile */ .G3)(root));
    const [padded, ...others] = own ? [] : await (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .paddedTrees */ .Eb)(root);
    if (padded === undefined)
        return { root, unpaddedRoot };
    if (others.length === 0)
        return { root: padded, unpaddedRoot: root };
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('usage', 'there are several padded install trees below this root', {
        file: root,
        found: [padded, ...others].map((each) => `one of ${each.length} characters`).join(', '),
        hint: `name one of them with its padding, or say config:install_tree:padded_length`,
    });
}
async function readText(file, root) {
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file, 'utf8');
    }
    catch (error) {
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) === 'ENOTDIR') {
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('bad-input', 'not a folder, and so no install tree', {
                file: (await isFolder(root)) ? node_path__WEBPACK_IMPORTED_MODULE_1__.dirname(file) : root,
                expected: 'a folder with .spack-db in it',
            });
        }
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) !== 'ENOENT')
            throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .fileError */ .zS)(error, file, 'read the install database');
        const [nearby] = await (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .treesNearby */ .hw)(root);
        const isThere = await isFolder(root);
        const message = isThere
            ? 'there is no install database: this is not an install tree'
            : 'there is no install tree: no such folder';
        const hint = nearby === undefined
            ? "name the install tree's root with --store (in the action: install-tree); `spack config get config` shows it"
            : `there is one at ${nearby}: name that if it is meant`;
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('not-found', message, { file: isThere ? file : root, hint }, error);
    }
}
/** What was installed under the root as it was given counts first: a tree may have been used under several names. */
function spelledRoot(root, records, findRoot) {
    const spellings = new Set();
    const elsewhere = [];
    for (const [hash, { node, path: prefix, installed }] of records) {
        if (!installed || node.external !== undefined || prefix === undefined)
            continue;
        const found = findRoot(prefix);
        if (found === undefined)
            elsewhere.push(hash);
        else
            spellings.add(found);
    }
    const [first = root] = spellings;
    return { root: spellings.has(root) ? root : first, elsewhere };
}
function elsewhereText(root, hashes, records) {
    const [first = ''] = hashes;
    const prefix = records.get(first)?.path ?? '';
    const which = hashes.length === 1 ? 'one prefix' : `${hashes.length} prefixes`;
    return `the database of ${root} has ${which} elsewhere, as ${prefix}: the tree was moved, or is another one. ${ELSEWHERE_HINT}`;
}
/** What to do about a tree that is not where its database says. */
const ELSEWHERE_HINT = 'Name the root under which Spack installed (--store, in the action install-tree), or put the tree back there';
/** The root without its padding, spelled as the root is. */
function unpaddedAs(root, given) {
    if (root === given.root)
        return given.unpaddedRoot;
    const padding = given.root.slice(given.unpaddedRoot.length);
    const isPadded = given.root.startsWith(given.unpaddedRoot) && padding !== '' && root.endsWith(padding);
    return isPadded ? root.slice(0, -padding.length) : (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .withoutPadding */ .gl)(root);
}
/** One that is not there is a warning, as it is for Spack; what needs it cannot be pushed. */
async function readUpstreams(places, own, notes) {
    const trees = [];
    for (const { name, root } of places) {
        const known = [own, ...trees.map((tree) => tree.root)];
        if (known.some((each) => (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .isSameFolder */ .F1)(each, root))) {
            const what = (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .isSameFolder */ .F1)(own, root) ? 'is this install tree itself' : 'is there already';
            notes.push(`the upstream ${name} ${what}, and is passed over: ${root}`);
            continue;
        }
        if (await isFile((0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .databaseFile */ .G3)(root))) {
            const tree = await readInstallTree(root);
            trees.push(tree);
            notes.push(...tree.notes.map((note) => `upstream ${name}: ${note}`));
            continue;
        }
        const [nearby] = await (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .treesNearby */ .hw)(root);
        const [padded = nearby] = await (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .paddedTrees */ .Eb)(root);
        const hint = padded === undefined ? 'see upstreams: in spack.yaml' : `name it with its padding: ${padded}`;
        notes.push(`the upstream ${name} is not there: no install database in ${root} (${hint})`);
    }
    return trees;
}
function nodesOf(trees) {
    const nodes = new Map();
    for (const { records } of trees)
        for (const [hash, { node }] of records)
            nodes.set(hash, node);
    return nodes;
}
async function isFile(file) {
    return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(file).then((stats) => stats.isFile(), (error) => (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) !== 'ENOENT' && (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) !== 'ENOTDIR');
}
async function isFolder(folder) {
    return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(folder).then((stats) => stats.isDirectory(), () => false);
}


/***/ })

};
