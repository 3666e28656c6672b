export const id = 2907;
export const ids = [2907];
export const modules = {

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
    return { decisions, answers, needs: options.needs, verify: options.verify };
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
            hint: 'name one with --mirror-url, a file of mirrors with --mirrors, or configure it in spack.yaml',
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
                return {
                    ...presence,
                    name: mirror.name,
                    url: (0,_core_redact_js__WEBPACK_IMPORTED_MODULE_7__/* .redactUrl */ .B)(mirror.fetch.url),
                    notes: [...notes, ...presence.notes],
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
/** Files that are whole or not there: written beside their place, then renamed into it. */




/** Creates missing folders. @throws `denied`, `io`, … naming the file */
async function writeWholeFile(file, content) {
    const temporary = `${file}.${process.pid}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(4).toString('hex')}.tmp`;
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(file), { recursive: true });
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
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(folder, { recursive: true });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.access)(folder, node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.constants.W_OK);
        return true;
    }
    catch {
        return false;
    }
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
/* harmony import */ var _plan_rebuild_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(41033);
/* harmony import */ var _plan_rebuild_manifest_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8167);
/* harmony import */ var _report_check_json_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(50234);
/* harmony import */ var _report_check_text_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(93235);
/* harmony import */ var _report_terminal_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(63299);
/* harmony import */ var _shared_options_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(49601);
/** `buildcache check`: options in, answer and exit code out. */











function define(command, context) {
    (0,_shared_options_js__WEBPACK_IMPORTED_MODULE_8__/* .addSharedOptions */ .J0)(command)
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
        .option('--hash <hash>', 'a DAG hash or its beginning (repeatable)', _shared_options_js__WEBPACK_IMPORTED_MODULE_8__/* .collect */ .Fo, [])
        .option('--include <spec>', 'of the selected, keep what matches (repeatable)', _shared_options_js__WEBPACK_IMPORTED_MODULE_8__/* .collect */ .Fo, [])
        .option('--exclude <spec>', 'of the selected, leave out what matches (repeatable)', _shared_options_js__WEBPACK_IMPORTED_MODULE_8__/* .collect */ .Fo, [])
        .option('--allow-empty', 'no specs or no mirrors is fine', false)
        .action((specs, options) => run(specs, options, context));
}
async function run(specs, options, context) {
    const output = options.outputFile === undefined ? undefined : (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(context.cwd, options.outputFile);
    let told = false;
    try {
        const around = await (0,_shared_options_js__WEBPACK_IMPORTED_MODULE_8__/* .readSurroundings */ .St)(options, context);
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
        const code = (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_9__/* .checkExitCode */ .qR)(result);
        if (output !== undefined && code !== 2)
            await (0,_core_write_file_js__WEBPACK_IMPORTED_MODULE_4__/* .writeWholeFile */ .R0)(output, (0,_plan_rebuild_manifest_js__WEBPACK_IMPORTED_MODULE_5__/* .rebuildManifest */ .x)((0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_9__/* .checkedSpecs */ .MI)(result), result.answers));
        told = code !== 2;
        for (const { name, notes } of result.answers)
            for (const note of notes)
                around.reporter.warn(`${name}: ${note}`);
        if (options.json)
            context.stdout.write(`${JSON.stringify((0,_report_check_json_js__WEBPACK_IMPORTED_MODULE_10__/* .checkJson */ .Z)(result), null, 2)}\n`);
        else if (!options.quiet)
            context.stdout.write(`${(0,_report_check_text_js__WEBPACK_IMPORTED_MODULE_6__/* .checkText */ .qW)(result, (0,_report_terminal_js__WEBPACK_IMPORTED_MODULE_7__/* .terminalStyle */ .w)(around.color)).join('\n')}\n`);
        context.exit(code);
    }
    finally {
        // An old answer must not be taken for this one's.
        if (output !== undefined && !told)
            await (0,_core_write_file_js__WEBPACK_IMPORTED_MODULE_4__/* .removeFile */ .nM)(output);
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
/* harmony import */ var _spec_format_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(40731);
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
        const entry = manifest.get(url) ?? { name, missing: new Set() };
        for (const node of missing)
            entry.missing.add(node);
        manifest.set(url, entry);
    }
    const entries = [...manifest].map(([url, { name, missing }]) => {
        const rebuildSpecs = [...missing].map((node) => ({ short_spec: (0,_spec_format_js__WEBPACK_IMPORTED_MODULE_1__/* .shortSpec */ .Gx)(node), hash: node.hash }));
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
            name: answer.name,
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
            mirrors: Object.fromEntries(answers.map(({ name, states }) => [name, states.get(node.hash)])),
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
        mirrors: (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_1__/* .mirrorsWith */ .$I)(result, node.hash, 'missing').map(({ name }) => name),
    }));
}


/***/ })

};
