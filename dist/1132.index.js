export const id = 1132;
export const ids = [1132];
export const modules = {

/***/ 28854:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  oA: () => (/* binding */ autopush),
  Qp: () => (/* binding */ findNewSpecs),
  qq: () => (/* binding */ missingText)
});

// EXTERNAL MODULE: ./build/cache/index-store.js
var index_store = __webpack_require__(67489);
// EXTERNAL MODULE: ./build/cache/presence.js
var presence = __webpack_require__(15496);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/core/redact.js
var redact = __webpack_require__(193);
// EXTERNAL MODULE: ./build/mirrors/location.js
var mirrors_location = __webpack_require__(6296);
// EXTERNAL MODULE: ./build/mirrors/open.js
var mirrors_open = __webpack_require__(95227);
// EXTERNAL MODULE: ./build/mirrors/open-target.js + 6 modules
var open_target = __webpack_require__(78014);
// EXTERNAL MODULE: ./build/plan/selection.js
var plan_selection = __webpack_require__(60000);
;// CONCATENATED MODULE: ./build/plan/autopush-selection.js

/**
 * Of what is new: installed, not external, built here, of the environment if there is one, and chosen by the inputs.
 * The first reason that applies is given.
 * @param lockfile the environment's specs; undefined where there is no environment
 * @throws BuildcacheError `usage` for a pattern that cannot be read, `not-found` for one of `specs` that matches nothing
 */
async function selectToAutopush(candidates, nodes, lockfile, selection) {
    const leftOut = [];
    const fit = candidates.filter(({ node, installed, unpacked }) => {
        const reason = reasonAgainst(node, installed, unpacked, lockfile);
        if (reason !== undefined)
            leftOut.push({ spec: asSpec(node), reason });
        return reason === undefined;
    });
    const choose = async (patterns) => {
        const roots = fit.map(({ node }) => ({ hash: node.hash, spec: node.name }));
        return await (0,plan_selection/* selectSpecs */.rk)({ nodes, roots }, { ...plan_selection/* EVERYTHING */.Qz, rootsOnly: true, ...patterns });
    };
    const { specs, include, exclude } = selection;
    const included = await choose({ specs, include });
    const chosen = await choose({ specs, include, exclude });
    const isIncluded = new Set(included.map(({ hash }) => hash));
    const isChosen = new Set(chosen.map(({ hash }) => hash));
    for (const { node } of fit) {
        if (!isIncluded.has(node.hash)) {
            leftOut.push({ spec: asSpec(node), reason: 'no pattern of specs or include matches it' });
        }
        else if (!isChosen.has(node.hash)) {
            leftOut.push({ spec: asSpec(node), reason: 'excluded: a pattern of exclude matches it' });
        }
    }
    return { specs: chosen, leftOut };
}
/** @param prefix relative to the tree's root: all that is known of it */
function strayPrefix(prefix) {
    const folder = prefix.slice(prefix.lastIndexOf('/') + 1);
    const [, name = folder, version = '', hash = ''] = /^(.+?)-([^-]*\d.*)-([a-z2-7]{32})$/.exec(folder) ?? [];
    return { spec: { name, version, hash }, reason: 'not completely installed: the database does not list it' };
}
function reasonAgainst(node, installed, unpacked, lockfile) {
    if (node.external !== undefined)
        return 'external: not built here';
    if (!installed)
        return 'not completely installed, says the database';
    if (unpacked)
        return 'unpacked from a build cache, not built here';
    if (lockfile !== undefined && !lockfile.has(node.hash))
        return "not in the environment's lockfile";
    return undefined;
}
function asSpec(node) {
    const { name, version, hash } = node;
    return { name, version, hash, node };
}

// EXTERNAL MODULE: ./build/spec/format.js
var format = __webpack_require__(40731);
// EXTERNAL MODULE: ./build/spec/graph.js
var graph = __webpack_require__(85746);
// EXTERNAL MODULE: ./build/tree/install-snapshot.js
var install_snapshot = __webpack_require__(17883);
// EXTERNAL MODULE: ./build/commands/push.js + 11 modules
var push = __webpack_require__(94969);
;// CONCATENATED MODULE: ./build/commands/autopush.js
/**
 * `autopush`: what is new in an install tree to every mirror that wants it. Each mirror for itself: one that cannot be
 * worked with stops no other.
 */












/**
 * What is new in the tree at `root` since `before`.
 * @param lockfile the environment, if there is one: then only its specs are pushed
 * @throws BuildcacheError as `readInstallTree` and `selectToAutopush`
 */
async function findNewSpecs(root, before, lockfile, selection) {
    const tree = await (0,install_snapshot/* readTreeIfThere */.w7)(root);
    const nodes = new Map([...(tree?.nodes ?? []), ...(lockfile?.nodes ?? [])]);
    const fresh = [...(tree?.records ?? [])].filter(([hash]) => !before.installed.has(hash));
    const candidates = [];
    for (const [hash, { node, installed }] of fresh) {
        const unpacked = tree !== undefined && installed && (await (0,install_snapshot/* isUnpacked */.q5)(tree, hash));
        candidates.push({ node: nodes.get(hash) ?? node, installed, unpacked });
    }
    const { specs, leftOut } = await selectToAutopush(candidates, nodes, lockfile?.nodes, selection);
    const strays = (await (0,install_snapshot/* strayPrefixes */.O1)(root, tree)).filter((prefix) => !before.strays.has(prefix));
    return { specs, leftOut: [...leftOut, ...strays.map(strayPrefix)], tree, nodes };
}
/** Never throws for what goes wrong with a mirror: it is in the result. */
async function autopush(options, reporter) {
    const { found, mirrors, signal } = options;
    const { tree, specs } = found;
    const broken = [];
    const targets = [];
    if (tree === undefined || specs.length === 0)
        return { pushed: [], broken, missing: [] };
    try {
        for (const mirror of mirrors) {
            try {
                targets.push(await openTarget(mirror, options));
            }
            catch (error) {
                const facts = { code: (0,errors/* errorCode */.CA)(error), reason: (0,errors/* describeError */.Uc)(error) };
                broken.push({ name: mirror.name, url: (0,redact/* redactUrl */.B)(mirror.push.url), ...facts });
            }
        }
        const result = await (0,push/* push */.V)({
            tree,
            graph: { nodes: found.nodes },
            specs,
            roots: new Set(specs.map(({ hash }) => hash)),
            targets,
            spackPrefix: options.spackPrefix,
            force: false,
            updateIndex: options.updateIndex,
            failFast: false,
            allowMissing: true,
            dryRun: options.dryRun,
            jobs: options.jobs,
            inspections: options.inspections,
            signal,
            deadline: options.deadline,
            onOutcome: (target, spec, outcome) => options.onOutcome?.(target.name, spec, outcome),
        }, reporter);
        const missing = signal.aborted ? [] : await findMissing(result.mirrors, options, reporter);
        return { pushed: result.mirrors, broken, missing };
    }
    finally {
        for (const { cache } of targets)
            await cache.close();
    }
}
async function openTarget(mirror, options) {
    const signer = mirror.signed ? await options.openSigner(mirror) : undefined;
    const images = (0,mirrors_location/* isRegistryUrl */.bs)(mirror.push.url) ? { baseImage: options.baseImage } : {};
    const cache = await (0,open_target/* openPushMirror */.Q)(mirror, options.connection, mirror.push.view, images);
    try {
        await cache.prepare(options.signal, options.dryRun);
    }
    catch (error) {
        await cache.close();
        throw error;
    }
    return { name: mirror.name, cache, signer, elsewhere: new Map() };
}
/** What is needed to link or run what is there now, and is not there: whoever installs will have to build it. */
async function findMissing(pushes, options, reporter) {
    const { nodes } = options.found;
    const missing = [];
    for (const { name, outcomes } of pushes) {
        const there = [...outcomes].filter(([, { kind }]) => kind === 'pushed' || kind === 'present');
        const isThere = new Set(there.map(([hash]) => hash));
        const needed = (0,graph/* postOrder */.b)({ nodes }, isThere, (0,graph/* ofTypes */.v)('link', 'run')).filter(({ hash, external }) => external === undefined && !isThere.has(hash));
        const mirror = options.mirrors.find((candidate) => candidate.name === name);
        if (mirror === undefined || needed.length === 0)
            continue;
        try {
            const absent = await absentFrom(mirror, needed, options);
            for (const spec of absent)
                missing.push({ mirror: name, spec });
        }
        catch (error) {
            reporter.warn(`${name}: whether it has all dependencies could not be told: ${(0,errors/* describeError */.Uc)(error)}`);
        }
    }
    return missing;
}
async function absentFrom(mirror, needed, options) {
    const graph = { nodes: options.found.nodes, roots: [] };
    const { readers, close } = await (0,mirrors_open/* openMirror */.Y)(mirror, graph, options.connection);
    try {
        const { states } = await (0,presence/* findPresence */.H)(readers, mirror.fetch.url, needed, {
            verify: 'exists',
            forbidden: 'auto',
            jobs: options.jobs,
            store: (0,index_store/* openIndexStore */.W)(options.indexFolder),
            ttlMs: 0,
            signal: options.signal,
        });
        return needed.filter(({ hash }) => states.get(hash)?.state === 'missing');
    }
    finally {
        await close();
    }
}
/** For a message. */
function missingText({ mirror, spec }) {
    return `${mirror} does not have ${(0,format/* shortSpec */.Gx)(spec)}, which what was pushed depends on`;
}


/***/ }),

/***/ 8207:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ stoppedBy),
/* harmony export */   D: () => (/* binding */ pushTimeLimit)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/** How long a push that nobody watches may take. */

const TIME_LIMIT_SECONDS = 30 * 60;
/** Seconds; `BUILDCACHE_PUSH_TIMEOUT` says otherwise. @throws BuildcacheError `usage` */
function pushTimeLimit(env) {
    const text = env['BUILDCACHE_PUSH_TIMEOUT'];
    if (!text)
        return TIME_LIMIT_SECONDS;
    const value = Number(text);
    if (value > 0 && value <= 24 * 3600)
        return value;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', 'BUILDCACHE_PUSH_TIMEOUT is wrong', {
        expected: 'seconds, at most a day',
        found: JSON.stringify(text.slice(0, 60)),
    });
}
/** Why what was not tried was not. */
function stoppedBy(signal, seconds) {
    return signal.aborted
        ? 'cancelled before it was pushed'
        : `the time limit of ${seconds} seconds was over before it was pushed`;
}


/***/ }),

/***/ 31132:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   define: () => (/* binding */ define)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var commander__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(48179);
/* harmony import */ var _commands_autopush_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(28854);
/* harmony import */ var _core_abort_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(67844);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(62807);
/* harmony import */ var _core_write_file_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(23020);
/* harmony import */ var _mirrors_location_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(6296);
/* harmony import */ var _plan_copy_items_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(84488);
/* harmony import */ var _plan_copy_list_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(70422);
/* harmony import */ var _report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(15448);
/* harmony import */ var _report_shared_reasons_js__WEBPACK_IMPORTED_MODULE_18__ = __webpack_require__(44186);
/* harmony import */ var _spec_format_js__WEBPACK_IMPORTED_MODULE_19__ = __webpack_require__(40731);
/* harmony import */ var _tree_install_snapshot_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(17883);
/* harmony import */ var _copy_list_options_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(39884);
/* harmony import */ var _install_tree_settings_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(79386);
/* harmony import */ var _named_environment_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(83742);
/* harmony import */ var _push_time_limit_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(8207);
/* harmony import */ var _shared_options_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(23589);
/* harmony import */ var _signing_options_js__WEBPACK_IMPORTED_MODULE_16__ = __webpack_require__(36899);
/* harmony import */ var _store_options_js__WEBPACK_IMPORTED_MODULE_17__ = __webpack_require__(53961);
/**
 * `buildcache autopush [MIRROR…]`: what the action's post step does, for any other CI. Before the build
 * `--record FILE` notes what the install tree holds; after it `--since FILE` pushes what is new.
 */




















function define(command, context) {
    (0,_shared_options_js__WEBPACK_IMPORTED_MODULE_15__/* .addSharedOptions */ .J0)(command)
        .argument('[mirror...]', 'where to push to (default: the configured mirrors with autopush: true)')
        .addOption(new commander__WEBPACK_IMPORTED_MODULE_1__/* .Option */ .c$('--record <file>', 'before a build: only note there what the install tree holds').conflicts('since'))
        .option('--since <file>', 'after it: push only what the install tree did not hold then')
        .option('--include <spec>', 'push only what matches (repeatable)', _shared_options_js__WEBPACK_IMPORTED_MODULE_15__/* .collect */ .Fo, [])
        .option('--exclude <spec>', 'do not push what matches (repeatable)', _shared_options_js__WEBPACK_IMPORTED_MODULE_15__/* .collect */ .Fo, [])
        .addOption(new commander__WEBPACK_IMPORTED_MODULE_1__/* .Option */ .c$('--push-failure <what>', 'what a failed push is: an error (exit code 1) or a warning')
        .choices(['error', 'warn'])
        .default('error'))
        .option('--dry-run', 'say what would be pushed', false);
    (0,_copy_list_options_js__WEBPACK_IMPORTED_MODULE_11__/* .addCopyListOptions */ .Z)(command, 'what is there now');
    (0,_signing_options_js__WEBPACK_IMPORTED_MODULE_16__/* .addSigningOptions */ .$0)(command);
    (0,_store_options_js__WEBPACK_IMPORTED_MODULE_17__/* .addStoreOptions */ .VW)(command).action((mirrors, options) => options.record === undefined
        ? run(mirrors, options, context)
        : record((0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(context.cwd, options.record), options, context));
}
/** Needs neither mirrors nor an environment, which the build may have yet to make. */
async function record(file, options, context) {
    const store = (0,_store_options_js__WEBPACK_IMPORTED_MODULE_17__/* .storeRoot */ .q1)(options, context);
    const snapshot = await (0,_tree_install_snapshot_js__WEBPACK_IMPORTED_MODULE_10__/* .takeSnapshot */ .W9)(store);
    await (0,_tree_install_snapshot_js__WEBPACK_IMPORTED_MODULE_10__/* .writeSnapshot */ .oF)(file, snapshot);
    const installed = snapshot.installed.size;
    if (options.json)
        context.stdout.write(`${JSON.stringify({ version: 1, installed })}\n`);
    else if (!options.quiet)
        context.stdout.write(`${installed} specs are in ${store} already\n`);
}
async function run(names, options, context) {
    const { signal, env, cwd } = context;
    const { mirrors, around } = await chooseMirrors(names, options, context);
    const { reporter } = around;
    const store = (0,_store_options_js__WEBPACK_IMPORTED_MODULE_17__/* .storeRoot */ .q1)(options, context);
    const before = options.since === undefined ? _tree_install_snapshot_js__WEBPACK_IMPORTED_MODULE_10__/* .EMPTY_SNAPSHOT */ .v_ : await (0,_tree_install_snapshot_js__WEBPACK_IMPORTED_MODULE_10__/* .readSnapshot */ .RA)((0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(cwd, options.since));
    const lockfile = await (0,_named_environment_js__WEBPACK_IMPORTED_MODULE_13__/* .namedEnvironment */ .f)(around.environment, options, context.env);
    const { include, exclude } = options;
    const found = await (0,_commands_autopush_js__WEBPACK_IMPORTED_MODULE_2__/* .findNewSpecs */ .Qp)(store, before, lockfile, { specs: [], include, exclude });
    if (found.tree === undefined) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .BuildcacheError */ .fO('not-found', 'there is no install tree', {
            file: store,
            hint: 'name its root with --store',
        });
    }
    const left = found.leftOut.map(_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_9__/* .leftOutRow */ .ol);
    for (const row of left)
        reporter.info((0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_9__/* .rowText */ .qg)(row));
    const seconds = (0,_push_time_limit_js__WEBPACK_IMPORTED_MODULE_14__/* .pushTimeLimit */ .D)(env);
    const rowOptions = () => ({ readOnly: false, stopped: (0,_push_time_limit_js__WEBPACK_IMPORTED_MODULE_14__/* .stoppedBy */ .$)(signal, seconds) });
    const inspections = mirrors.some(({ push }) => (0,_mirrors_location_js__WEBPACK_IMPORTED_MODULE_6__/* .isRegistryUrl */ .bs)(push.url))
        ? await (0,_install_tree_settings_js__WEBPACK_IMPORTED_MODULE_12__/* .readInspections */ .c)(around.environment.folder, env)
        : undefined;
    const tellOnce = (0,_report_shared_reasons_js__WEBPACK_IMPORTED_MODULE_18__/* .tellReasonsOnce */ .MK)();
    const result = await (0,_commands_autopush_js__WEBPACK_IMPORTED_MODULE_2__/* .autopush */ .oA)({
        found,
        mirrors,
        openSigner: (mirror) => (0,_signing_options_js__WEBPACK_IMPORTED_MODULE_16__/* .signerFor */ .k8)(mirror, options, context),
        connection: around.connection,
        spackPrefix: (0,_store_options_js__WEBPACK_IMPORTED_MODULE_17__/* .spackPrefix */ .BZ)(options, context, store),
        updateIndex: true,
        dryRun: options.dryRun,
        jobs: options.jobs,
        inspections,
        indexFolder: around.indexFolder,
        signal,
        deadline: AbortSignal.timeout(seconds * 1000),
        onOutcome: (mirror, spec, outcome) => {
            const line = (0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_9__/* .rowText */ .qg)(tellOnce((0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_9__/* .outcomeRow */ .z7)(spec, mirror, outcome, rowOptions())));
            // A terminal has its bar; what went wrong is said at the end.
            if (context.stderr.isTTY)
                reporter.debug(line);
            else
                reporter.info(line);
        },
    }, reporter);
    const [copyTo] = around.named;
    const copyList = (0,_copy_list_options_js__WEBPACK_IMPORTED_MODULE_11__/* .copyListFile */ .w)(options, context);
    if (copyTo !== undefined && copyList !== undefined) {
        await (0,_core_write_file_js__WEBPACK_IMPORTED_MODULE_5__/* .writeWholeFile */ .R0)(copyList, (0,_plan_copy_list_js__WEBPACK_IMPORTED_MODULE_8__/* .formatCopyList */ .d7)((0,_plan_copy_items_js__WEBPACK_IMPORTED_MODULE_7__/* .copiesOfPushes */ .d)(result.pushed, found.nodes, mirrors, copyTo)));
    }
    const rows = [...left, ...resultRows(result, found, rowOptions())];
    const code = report(rows, result, options, around, context);
    if (signal.aborted)
        throw (0,_core_abort_js__WEBPACK_IMPORTED_MODULE_3__/* .cancelled */ .KW)(signal);
    context.exit(code);
}
/** Named as the user names them: a mirror's name is in every line. */
async function chooseMirrors(names, options, context) {
    const named = [...names, ...options.mirrorUrl];
    const around = await (0,_shared_options_js__WEBPACK_IMPORTED_MODULE_15__/* .readSurroundings */ .St)({ ...options, mirrorUrl: named }, context, options.copyTo === undefined ? [] : [options.copyTo]);
    const chosen = named.length > 0
        ? around.mirrors.map((mirror, i) => ({ ...mirror, name: named[i] ?? mirror.name }))
        : around.mirrors.filter(({ autopush: wanted }) => wanted);
    if (chosen.length === 0) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .BuildcacheError */ .fO('usage', 'no mirror is configured with autopush: true', {
            hint: 'name mirrors to push to after autopush',
        });
    }
    return { mirrors: chosen.map((mirror) => ({ ...mirror, signed: (0,_signing_options_js__WEBPACK_IMPORTED_MODULE_16__/* .isSigned */ .JI)(mirror, options) })), around };
}
function resultRows(result, { specs }, options) {
    return [
        ...result.broken.flatMap((failure) => (0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_9__/* .brokenRows */ .vp)(failure, specs, options)),
        ...result.pushed.flatMap((mirror) => (0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_9__/* .outcomeRows */ .mD)(mirror, specs, options)),
    ];
}
/** @returns the exit code */
function report(rows, result, options, { reporter }, { stdout }) {
    const problems = (0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_9__/* .finishProblems */ .WB)(result.pushed);
    const failures = [...problems, ...(0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_9__/* .failureTexts */ .nA)(rows)];
    const isError = options.pushFailure === 'error';
    const code = failures.length > 0 && isError ? 1 : 0;
    for (const { name, notes } of result.pushed)
        for (const note of notes)
            reporter.warn(`${name}: ${note}`);
    for (const one of result.missing)
        reporter.warn((0,_commands_autopush_js__WEBPACK_IMPORTED_MODULE_2__/* .missingText */ .qq)(one));
    for (const text of failures) {
        if (isError)
            reporter.error(text);
        else
            reporter.warn(text);
    }
    if (options.json) {
        const document = {
            version: 1,
            exit_code: code,
            dry_run: options.dryRun,
            pushed: (0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_9__/* .rowsJson */ .Eq)(rows, 'pushed'),
            skipped: (0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_9__/* .rowsJson */ .Eq)(rows, 'skipped'),
            failed: (0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_9__/* .rowsJson */ .Eq)(rows, 'failed'),
            problems,
            missing: result.missing.map(({ mirror, spec }) => {
                const { name, version, hash } = spec;
                return { name, version, hash, short_spec: (0,_spec_format_js__WEBPACK_IMPORTED_MODULE_19__/* .shortSpec */ .Gx)(spec), mirror };
            }),
        };
        stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    }
    else if (!options.quiet) {
        stdout.write(`${(0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_9__/* .rowsSum */ .lf)(rows)}\n`);
    }
    return code;
}


/***/ }),

/***/ 15448:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Eq: () => (/* binding */ rowsJson),
/* harmony export */   WB: () => (/* binding */ finishProblems),
/* harmony export */   lf: () => (/* binding */ rowsSum),
/* harmony export */   mD: () => (/* binding */ outcomeRows),
/* harmony export */   nA: () => (/* binding */ failureTexts),
/* harmony export */   ol: () => (/* binding */ leftOutRow),
/* harmony export */   qg: () => (/* binding */ rowText),
/* harmony export */   sj: () => (/* binding */ READ_ONLY),
/* harmony export */   vp: () => (/* binding */ brokenRows),
/* harmony export */   z7: () => (/* binding */ outcomeRow)
/* harmony export */ });
/* harmony import */ var _spec_format_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(40731);
/* harmony import */ var _push_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51887);
/* harmony import */ var _shared_reasons_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(44186);



const READ_ONLY = "read-only: a fork's pull request has no secrets to push with";
function leftOutRow({ spec, reason }) {
    const { name, version, hash, node } = spec;
    const short = node === undefined ? name : (0,_spec_format_js__WEBPACK_IMPORTED_MODULE_1__/* .shortSpec */ .Gx)(node);
    return { kind: 'skipped', name, version, hash, short_spec: short, mirror: '', reason, sha256: undefined };
}
function outcomeRows({ name, outcomes }, nodes, options) {
    return nodes.map((node) => outcomeRow(node, name, outcomes.get(node.hash) ?? { kind: 'not-tried' }, options));
}
/** The same for all specs: the mirror could not be worked with. */
function brokenRows({ name, code, reason }, nodes, options) {
    return nodes.map((node) => outcomeRow(node, name, { kind: 'failed', code, reason }, options));
}
/** JSON of the outputs. */
function rowsJson(rows, kind) {
    return rows
        .filter((row) => row.kind === kind)
        .map(({ kind: _, sha256: __, image: ___, ...facts }) => facts); // an undefined reason is left out of JSON
}
/** One line of the log. */
function rowText({ kind, name, version, hash, mirror, reason }) {
    const spec = `${name}${version === '' ? '' : `@${version}`}${hash === '' ? '' : `/${hash.slice(0, 7)}`}`;
    return `${spec}: ${kind}${mirror === '' ? '' : ` (${mirror})`}${reason === undefined ? '' : `: ${reason}`}`;
}
/** 3 pushed, 2 skipped, 0 failed. @param done what a sync calls its pushing */
function rowsSum(rows, done = 'pushed') {
    const count = (kind) => rows.filter((row) => row.kind === kind).length;
    return `${count('pushed')} ${done}, ${count('skipped')} skipped, ${count('failed')} failed`;
}
/** What went wrong after the specs were sent. */
function finishProblems(mirrors) {
    return mirrors.flatMap(({ name, index, keyFailed }) => {
        const texts = [];
        if (index !== undefined && 'failed' in index)
            texts.push(`${name}: the index could not be updated: ${index.failed}`);
        if (keyFailed !== undefined)
            texts.push(`${name}: the public key could not be published: ${keyFailed}`);
        return texts;
    });
}
/** What failed: a reason that many specs share is said once. */
function failureTexts(rows, done = 'pushed') {
    const byMirror = new Map();
    for (const { kind, mirror, reason = '', name } of rows) {
        if (kind !== 'failed')
            continue;
        const known = byMirror.get(mirror) ?? [];
        byMirror.set(mirror, known);
        known.push({ name, reason });
    }
    return [...byMirror].flatMap(([mirror, failures]) => (0,_shared_reasons_js__WEBPACK_IMPORTED_MODULE_2__/* .shareReasons */ .b1)(failures).map(({ reason, names }) => `Not ${done} to ${mirror}: ${reason} (${(0,_shared_reasons_js__WEBPACK_IMPORTED_MODULE_2__/* .nameSome */ .Kf)(names)})`));
}
function outcomeRow(node, mirror, outcome, options) {
    const { name, version, hash } = node;
    const row = (kind, reason) => {
        return { kind, name, version, hash, short_spec: (0,_spec_format_js__WEBPACK_IMPORTED_MODULE_1__/* .shortSpec */ .Gx)(node), mirror, reason, sha256: undefined };
    };
    switch (outcome.kind) {
        case 'pushed':
            return {
                ...row('pushed', (0,_push_text_js__WEBPACK_IMPORTED_MODULE_0__/* .bytesText */ .pV)(outcome.size)),
                sha256: outcome.image?.sha256 ?? outcome.sha256,
                image: outcome.image?.name,
            };
        case 'would-push':
            return row('skipped', 'dry run: it would be pushed');
        case 'present':
            return row('skipped', 'the mirror has it already');
        case 'elsewhere':
            return row('skipped', `${outcome.mirror} has it`);
        case 'not-installed':
            return row('skipped', 'it is not installed');
        case 'not-tried':
            return row('failed', options.stopped);
        case 'failed':
            if (options.readOnly && outcome.code === 'denied')
                return row('skipped', READ_ONLY);
            return row('failed', outcome.reason);
    }
}


/***/ }),

/***/ 17883:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O1: () => (/* binding */ strayPrefixes),
/* harmony export */   RA: () => (/* binding */ readSnapshot),
/* harmony export */   W9: () => (/* binding */ takeSnapshot),
/* harmony export */   oF: () => (/* binding */ writeSnapshot),
/* harmony export */   q5: () => (/* binding */ isUnpacked),
/* harmony export */   v_: () => (/* binding */ EMPTY_SNAPSHOT),
/* harmony export */   w7: () => (/* binding */ readTreeIfThere)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(28314);
/* harmony import */ var _core_write_file_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(23020);
/* harmony import */ var _install_tree_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(88983);
/**
 * What an install tree holds at one time, to tell later what is new in it. Beside the database it knows prefixes
 * the database does not list: what an install that failed has left.
 */






const EMPTY_SNAPSHOT = { installed: new Set(), strays: new Set() };
/** As `readInstallTree`, but a tree that is not there yet, which an install will make, is undefined. */
async function readTreeIfThere(root) {
    try {
        return await (0,_install_tree_js__WEBPACK_IMPORTED_MODULE_5__/* .readInstallTree */ ._o)(root);
    }
    catch (error) {
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .errorCode */ .CA)(error) === 'not-found')
            return undefined;
        throw error;
    }
}
/** @throws BuildcacheError as `readInstallTree`, but for a tree that is not there, which holds nothing */
async function takeSnapshot(root) {
    const tree = await readTreeIfThere(root);
    if (tree === undefined)
        return { installed: new Set(), strays: new Set(await strayPrefixes(root)) };
    const installed = [...tree.records].filter(([, record]) => record.installed).map(([hash]) => hash);
    return { installed: new Set(installed), strays: new Set(await strayPrefixes(tree.root, tree)) };
}
async function writeSnapshot(file, snapshot) {
    const document = { version: 1, installed: [...snapshot.installed], strays: [...snapshot.strays] };
    await (0,_core_write_file_js__WEBPACK_IMPORTED_MODULE_4__/* .writeWholeFile */ .R0)(file, `${JSON.stringify(document)}\n`);
}
/** @throws BuildcacheError `bad-input` for what is no snapshot: taking it for empty would push the whole tree */
async function readSnapshot(file) {
    let text;
    try {
        text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file, 'utf8');
    }
    catch (error) {
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .fileError */ .zS)(error, file, 'read what the install tree held at first');
    }
    const document = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_3__/* .parseJson */ .qF)(text, file);
    const { installed, strays } = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(document) ? document : {};
    if (!isTexts(installed) || !isTexts(strays)) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('bad-input', 'not a record of an install tree', { file });
    }
    return { installed: new Set(installed), strays: new Set(strays) };
}
/** Spack's projections put a prefix at most a few folders below the root. */
const DEEPEST = 5;
/**
 * Prefixes that are there without a record, relative to the root, sorted. What cannot be read is passed over: this
 * serves a report only.
 */
async function strayPrefixes(root, tree) {
    const known = new Set([...(tree?.records.values() ?? [])].map((record) => record.path));
    const strays = [];
    const visit = async (folder, depth) => {
        const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder, { withFileTypes: true }).catch(() => []);
        for (const entry of entries) {
            if (!entry.isDirectory() || entry.name.startsWith('.'))
                continue;
            const inner = node_path__WEBPACK_IMPORTED_MODULE_1__.join(folder, entry.name);
            if (known.has(inner))
                continue;
            if (await isThere(node_path__WEBPACK_IMPORTED_MODULE_1__.join(inner, '.spack')))
                strays.push(node_path__WEBPACK_IMPORTED_MODULE_1__.relative(root, inner));
            else if (depth < DEEPEST)
                await visit(inner, depth + 1);
        }
    };
    await visit(root, 1);
    return strays.sort();
}
/** Spack leaves this in what it unpacks from a build cache, and in nothing that it builds. */
const UNPACKED_MARK = '.spack/binary_distribution';
/** Whether an installed prefix came out of a build cache; a spec that was rewired on the spot looks the same. */
async function isUnpacked(tree, hash) {
    const prefix = tree.prefixOf(hash);
    return prefix !== undefined && (await isThere(node_path__WEBPACK_IMPORTED_MODULE_1__.join(tree.filesOf(prefix), UNPACKED_MARK)));
}
function isTexts(value) {
    return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
async function isThere(file) {
    return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.access)(file).then(() => true, () => false);
}


/***/ })

};
