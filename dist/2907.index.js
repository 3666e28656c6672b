export const id = 2907;
export const ids = [2907];
export const modules = {

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

/***/ 85689:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ specArguments)
/* harmony export */ });
/* harmony import */ var _plan_selection_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(60000);
/** SPEC arguments as Spack reads them: joined, so that `hdf5 @1.12 %gcc` is one spec and `'hdf5 zlib'` are two. */

/**
 * The arguments, each of them one spec or one pattern of names, as a selection takes them.
 * @throws BuildcacheError `usage` for what cannot be read
 */
async function specArguments(args) {
    // Names alone are the commonest, and need no parser.
    if (!args.some((argument, i) => /\s/.test(argument) || (i > 0 && CONTINUES.test(argument))))
        return args;
    const [{ parseSpecArguments }, { formatConstraint }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(9981), __webpack_require__.e(6939)]).then(__webpack_require__.bind(__webpack_require__, 16939)),
        __webpack_require__.e(/* import() */ 9981).then(__webpack_require__.bind(__webpack_require__, 59981)),
    ]);
    const specs = parseSpecArguments(args.filter((argument) => !(0,_plan_selection_js__WEBPACK_IMPORTED_MODULE_0__/* .isGlob */ .fg)(argument)));
    return [...args.filter(_plan_selection_js__WEBPACK_IMPORTED_MODULE_0__/* .isGlob */ .fg), ...specs.map(formatConstraint)];
}
/** How an argument starts that goes on with the one before: a sigil, a hash, or a pair. */
const CONTINUES = /^(?:[@%^+~/-]|[\w.-]+:?=)/;


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
/* harmony import */ var _plan_rebuild_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(41033);
/* harmony import */ var _plan_rebuild_manifest_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(8167);
/* harmony import */ var _report_check_json_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(50234);
/* harmony import */ var _report_check_text_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(93235);
/* harmony import */ var _report_terminal_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(63299);
/* harmony import */ var _copy_list_options_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(39884);
/* harmony import */ var _shared_options_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(23589);
/* harmony import */ var _spack_options_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(69832);
/* harmony import */ var _spec_arguments_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(85689);
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
        .option('--group <name>', 'a group of the environment (repeatable)', _shared_options_js__WEBPACK_IMPORTED_MODULE_11__/* .collect */ .Fo, [])
        .option('--roots-only', "check the environment's roots only", false)
        .option('--no-build-deps', 'leave out what is needed to build only')
        .option('--hash <hash>', 'a DAG hash or its beginning (repeatable)', _shared_options_js__WEBPACK_IMPORTED_MODULE_11__/* .collect */ .Fo, [])
        .option('--include <spec>', 'of the selected, keep what matches (repeatable)', _shared_options_js__WEBPACK_IMPORTED_MODULE_11__/* .collect */ .Fo, [])
        .option('--exclude <spec>', 'of the selected, leave out what matches (repeatable)', _shared_options_js__WEBPACK_IMPORTED_MODULE_11__/* .collect */ .Fo, [])
        .option('--allow-empty', 'no specs or no mirrors is fine', false);
    (0,_spack_options_js__WEBPACK_IMPORTED_MODULE_12__/* .refuseScope */ .Z9)(command, 'name the mirrors with --environment, --mirrors or --mirror-url');
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
                groups: options.group,
                rootsOnly: options.rootsOnly,
                noBuildDeps: !options.buildDeps,
                specs: await (0,_spec_arguments_js__WEBPACK_IMPORTED_MODULE_13__/* .specArguments */ .i)(specs),
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
        const code = (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_14__/* .checkExitCode */ .qR)(result);
        if (output !== undefined && code !== 2)
            await (0,_core_write_file_js__WEBPACK_IMPORTED_MODULE_4__/* .writeWholeFile */ .R0)(output, (0,_plan_rebuild_manifest_js__WEBPACK_IMPORTED_MODULE_7__/* .rebuildManifest */ .x)((0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_14__/* .checkedSpecs */ .MI)(result), result.answers));
        const [to] = around.named;
        if (copyList !== undefined && to !== undefined && code !== 2)
            await (0,_core_write_file_js__WEBPACK_IMPORTED_MODULE_4__/* .writeWholeFile */ .R0)(copyList, (0,_plan_copy_list_js__WEBPACK_IMPORTED_MODULE_6__/* .formatCopyList */ .d7)((0,_plan_copy_items_js__WEBPACK_IMPORTED_MODULE_5__/* .copiesOfPresent */ .K)(result, around.mirrors, to)));
        told = code !== 2;
        for (const { name, notes } of result.answers)
            for (const note of notes)
                around.reporter.warn(`${name}: ${note}`);
        if (options.json)
            context.stdout.write(`${JSON.stringify((0,_report_check_json_js__WEBPACK_IMPORTED_MODULE_15__/* .checkJson */ .Z)(result), null, 2)}\n`);
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
            filtered: (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_1__/* .countFiltered */ .tR)(answer),
            notes: answer.notes,
        })),
        specs: decisions.map(({ node, decision }) => ({
            name: node.name,
            version: node.version,
            hash: node.hash,
            short_spec: (0,_spec_format_js__WEBPACK_IMPORTED_MODULE_2__/* .shortSpec */ .Gx)(node),
            ...buildSpecJson(node),
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
        ...buildSpecJson(node),
        mirrors: result.answers
            .filter(({ states }) => states.get(node.hash)?.state === 'missing')
            .map((answer) => (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_1__/* .spackName */ .KQ)(answer, result.answers)),
    }));
}
/** For spliced specs: whose entry it is about, and what a rebuild builds. */
function buildSpecJson({ buildSpec }) {
    return buildSpec === undefined ? {} : { build_spec: buildSpec };
}


/***/ })

};
