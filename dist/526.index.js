export const id = 526;
export const ids = [526];
export const modules = {

/***/ 28854:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  oA: () => (/* binding */ autopush),
  Qp: () => (/* binding */ findNewSpecs),
  qq: () => (/* binding */ missingText),
  Sb: () => (/* binding */ nothingFound)
});

// EXTERNAL MODULE: ./build/cache/index-store.js
var index_store = __webpack_require__(67489);
// EXTERNAL MODULE: ./build/cache/presence.js
var presence = __webpack_require__(15496);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/core/redact.js
var redact = __webpack_require__(193);
// EXTERNAL MODULE: ./build/mirrors/filter.js
var filter = __webpack_require__(70713);
// EXTERNAL MODULE: ./build/mirrors/location.js
var mirrors_location = __webpack_require__(6296);
// EXTERNAL MODULE: ./build/mirrors/open.js
var mirrors_open = __webpack_require__(95227);
// EXTERNAL MODULE: ./build/mirrors/open-target.js + 5 modules
var open_target = __webpack_require__(16356);
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

// EXTERNAL MODULE: ./build/spec/entry-spec.js
var entry_spec = __webpack_require__(69008);
// EXTERNAL MODULE: ./build/spec/format.js
var format = __webpack_require__(40731);
// EXTERNAL MODULE: ./build/spec/graph.js
var graph = __webpack_require__(85746);
// EXTERNAL MODULE: ./build/tree/install-snapshot.js
var install_snapshot = __webpack_require__(17883);
// EXTERNAL MODULE: ./build/commands/push.js + 12 modules
var push = __webpack_require__(5402);
;// CONCATENATED MODULE: ./build/commands/autopush.js
/**
 * `autopush`: what is new in an install tree to every mirror that wants it. Each mirror for itself: one that cannot be
 * worked with stops no other.
 */














/**
 * What is new in the tree since `before`. What is new in upstreams is not ours to push.
 * @param lockfile the environment, if there is one: then only its specs are pushed
 * @throws BuildcacheError as `readInstallTree` and `selectToAutopush`
 */
async function findNewSpecs(place, before, lockfile, selection) {
    const tree = await (0,install_snapshot/* readTreeIfThere */.w7)(place);
    const nodes = new Map([...(tree?.nodes ?? []), ...(lockfile?.nodes ?? [])]);
    const fresh = [...(tree?.records ?? [])].filter(([hash]) => !before.installed.has(hash));
    const candidates = [];
    for (const [hash, { node, installed }] of fresh) {
        const unpacked = tree !== undefined && installed && (await (0,install_snapshot/* isUnpacked */.q5)(tree, hash));
        candidates.push({ node: nodes.get(hash) ?? node, installed, unpacked });
    }
    const { specs, leftOut } = await selectToAutopush(candidates, nodes, lockfile?.nodes, selection);
    const strays = (await (0,install_snapshot/* strayPrefixes */.O1)(place.root, tree)).filter((prefix) => !before.strays.has(prefix));
    const old = (tree?.records.size ?? 0) - fresh.length;
    return { specs, leftOut: [...leftOut, ...strays.map(strayPrefix)], tree, nodes, old };
}
/**
 * Where it was looked, when nothing was found: it may have been the wrong place.
 * @param isAll whether the whole tree counts as new
 * @returns undefined where something was found
 */
function nothingFound({ tree, specs, leftOut, old }, lockfile, isAll) {
    if (tree === undefined)
        return undefined;
    if (specs.length + leftOut.length === 0) {
        const known = old === 1 ? 'the one spec it held' : `the ${old} specs it held`;
        return `nothing new in the install tree ${tree.root}: ${old === 0 ? 'it is empty' : `it has ${known} before`}`;
    }
    const own = [...(lockfile?.nodes.values() ?? [])].filter(({ external }) => external === undefined);
    const isNoneHere = own.every(({ hash }) => tree.recordOf(hash)?.installed !== true);
    if (!isAll || own.length === 0 || !isNoneHere)
        return undefined;
    return `nothing of the environment is installed in ${tree.root}: nothing was pushed`;
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
    const { baseImage, trust } = options;
    const images = (0,mirrors_location/* isRegistryUrl */.bs)(mirror.push.url) ? { baseImage, trust } : {};
    const cache = await (0,open_target/* openPushMirror */.Q)(mirror, options.connection, mirror.push.view, images);
    try {
        await cache.prepare(options.signal, options.dryRun);
    }
    catch (error) {
        await cache.close();
        throw error;
    }
    const refuses = await (0,filter/* refusalOf */.O)(mirror, 'push', options.found);
    return { name: mirror.name, cache, signer, elsewhere: new Map(), refuses };
}
/** What is needed to link or run what is there now, and is not there: whoever installs will have to build it. */
async function findMissing(pushes, options, reporter) {
    const { nodes } = options.found;
    const missing = [];
    for (const { name, outcomes } of pushes) {
        const there = [...outcomes].filter(([, { kind }]) => kind === 'pushed' || kind === 'present');
        const isThere = new Set(there.map(([hash]) => hash));
        const needed = (0,graph/* postOrder */.bV)({ nodes }, isThere, (0,graph/* ofTypes */.vz)('link', 'run')).filter(({ hash, external }) => external === undefined && !isThere.has(hash));
        const mirror = options.mirrors.find((candidate) => candidate.name === name);
        if (mirror === undefined || needed.length === 0)
            continue;
        try {
            // What the mirror is not for is no surprise.
            const refuses = await (0,filter/* refusalOf */.O)(mirror, 'push', { nodes });
            const expected = needed.filter((spec) => refuses?.(spec) === undefined);
            const absent = expected.length === 0 ? [] : await absentFrom(mirror, expected, options);
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
    const entries = (0,entry_spec/* entrySpecs */.l_)(graph, needed);
    const { readers, close } = await (0,mirrors_open/* openMirror */.Y4)(mirror, graph, options.connection);
    try {
        const { states } = await (0,presence/* findPresence */.H)(readers, mirror.fetch.url, entries, {
            verify: 'exists',
            forbidden: 'auto',
            jobs: options.jobs,
            store: (0,index_store/* openIndexStore */.W)(options.indexFolder),
            ttlMs: 0,
            signal: options.signal,
        });
        return entries.filter(({ hash }) => states.get(hash)?.state === 'missing');
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

/***/ 80526:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   isFork: () => (/* binding */ isFork),
/* harmony export */   runPush: () => (/* binding */ runPush)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _cache_layout3_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(65314);
/* harmony import */ var _cache_signing_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(46326);
/* harmony import */ var _commands_autopush_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(28854);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(62807);
/* harmony import */ var _core_write_file_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(23020);
/* harmony import */ var _github_files_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(42177);
/* harmony import */ var _github_inputs_js__WEBPACK_IMPORTED_MODULE_24__ = __webpack_require__(52325);
/* harmony import */ var _github_push_summary_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(94369);
/* harmony import */ var _github_summary_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(13794);
/* harmony import */ var _mirrors_credentials_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(92853);
/* harmony import */ var _mirrors_environment_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(10432);
/* harmony import */ var _mirrors_included_lockfiles_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(18432);
/* harmony import */ var _mirrors_location_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(6296);
/* harmony import */ var _plan_copy_items_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(84488);
/* harmony import */ var _plan_push_result_js__WEBPACK_IMPORTED_MODULE_25__ = __webpack_require__(76864);
/* harmony import */ var _report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(15448);
/* harmony import */ var _report_shared_reasons_js__WEBPACK_IMPORTED_MODULE_23__ = __webpack_require__(44186);
/* harmony import */ var _tree_install_tree_js__WEBPACK_IMPORTED_MODULE_16__ = __webpack_require__(88983);
/* harmony import */ var _action_connection_js__WEBPACK_IMPORTED_MODULE_17__ = __webpack_require__(84895);
/* harmony import */ var _copy_list_output_js__WEBPACK_IMPORTED_MODULE_18__ = __webpack_require__(62097);
/* harmony import */ var _install_tree_settings_js__WEBPACK_IMPORTED_MODULE_19__ = __webpack_require__(6226);
/* harmony import */ var _job_secrets_js__WEBPACK_IMPORTED_MODULE_20__ = __webpack_require__(58684);
/* harmony import */ var _push_time_limit_js__WEBPACK_IMPORTED_MODULE_21__ = __webpack_require__(8207);
/* harmony import */ var _trust_options_js__WEBPACK_IMPORTED_MODULE_22__ = __webpack_require__(90066);
/** Pushing in a job: at once (`command: push`) or as the post step of any command (autopush). */


























/** Sets the outputs and the summary. @returns the exit code @throws BuildcacheError when nothing could be tried */
async function runPush(step, reporter) {
    const { env, inputs, mirrors, signal, host } = step;
    const lockfile = (await (0,_mirrors_included_lockfiles_js__WEBPACK_IMPORTED_MODULE_12__/* .isConcretized */ .h)(inputs.environment))
        ? await (0,_mirrors_environment_js__WEBPACK_IMPORTED_MODULE_11__/* .readEnvironment */ .Qo)(inputs.environment)
        : undefined;
    const found = await (0,_commands_autopush_js__WEBPACK_IMPORTED_MODULE_4__/* .findNewSpecs */ .Qp)(step.place, step.before, lockfile, inputs.selection);
    if (found.tree === undefined)
        return await withoutTree(step, reporter);
    for (const note of found.tree.notes)
        reporter.warn(note);
    const left = found.leftOut.map(_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_15__/* .leftOutRow */ .ol);
    for (const row of left)
        reporter.info((0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_15__/* .rowText */ .qg)(row));
    const fork = isFork(host);
    const seconds = (0,_push_time_limit_js__WEBPACK_IMPORTED_MODULE_21__/* .pushTimeLimit */ .D)(env);
    const deadline = AbortSignal.timeout(seconds * 1000);
    const options = () => ({ readOnly: fork, stopped: (0,_push_time_limit_js__WEBPACK_IMPORTED_MODULE_21__/* .stoppedBy */ .$)(signal, seconds) });
    const rows = [...left];
    const tellOnce = (0,_report_shared_reasons_js__WEBPACK_IMPORTED_MODULE_23__/* .tellReasonsOnce */ .MK)();
    const settle = (more, log) => {
        rows.push(...more);
        if (log)
            for (const row of more)
                reporter.info((0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_15__/* .rowText */ .qg)(tellOnce(row)));
    };
    let writable = mirrors;
    if (host.pullRequest?.privileged === true && !inputs.allowPrivileged) {
        const reason = `refused on ${host.eventName}: what was built may be a stranger's (allow-unsafe-pull-request-target)`;
        for (const { name } of mirrors) {
            settle((0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_15__/* .brokenRows */ .vp)({ name, code: 'denied', reason }, found.specs, { ...options(), readOnly: false }), true);
        }
        writable = [];
    }
    else if (fork) {
        writable = mirrors.filter((mirror) => hasSecrets(mirror, env));
        for (const { name } of mirrors.filter((mirror) => !writable.includes(mirror))) {
            if (found.specs.length > 0)
                reporter.annotations.add('notice', `${name} is ${_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_15__/* .READ_ONLY */ .sj}`);
            settle((0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_15__/* .brokenRows */ .vp)({ name, code: 'denied', reason: _report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_15__/* .READ_ONLY */ .sj }, found.specs, options()), true);
        }
    }
    const inspections = writable.some(({ push }) => (0,_mirrors_location_js__WEBPACK_IMPORTED_MODULE_13__/* .isRegistryUrl */ .bs)(push.url))
        ? await (0,_install_tree_settings_js__WEBPACK_IMPORTED_MODULE_19__/* .readInspections */ .c)(inputs.environment.folder, env)
        : undefined;
    const trustedKeys = (0,_trust_options_js__WEBPACK_IMPORTED_MODULE_22__/* .splitTrustedKeys */ .sc)((0,_github_inputs_js__WEBPACK_IMPORTED_MODULE_24__/* .readInput */ .R)(env, 'trusted-keys') ?? '');
    const cwd = host.workspace ?? process.cwd();
    const result = await (0,_commands_autopush_js__WEBPACK_IMPORTED_MODULE_4__/* .autopush */ .oA)({
        found,
        mirrors: writable,
        openSigner: (mirror) => (0,_cache_signing_js__WEBPACK_IMPORTED_MODULE_3__/* .openSigner */ .H)({ ...(0,_job_secrets_js__WEBPACK_IMPORTED_MODULE_20__/* .jobSigningKey */ .W1)(env), choose: undefined, mirror: mirror.name }),
        connection: (0,_action_connection_js__WEBPACK_IMPORTED_MODULE_17__/* .actionConnection */ .X)(inputs, env),
        spackPrefix: inputs.spackPrefix ?? found.tree.root,
        updateIndex: inputs.updateIndex,
        dryRun: inputs.dryRun,
        jobs: inputs.jobs,
        inspections,
        baseImage: inputs.baseImage,
        trust: () => (0,_trust_options_js__WEBPACK_IMPORTED_MODULE_22__/* .readTrust */ .bn)({ trustedKeys, unsigned: false }, { env, cwd }, reporter),
        indexFolder: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(env['RUNNER_TEMP'] ?? (0,node_os__WEBPACK_IMPORTED_MODULE_0__.tmpdir)(), 'buildcache-index'),
        signal,
        deadline,
        onOutcome: (mirror, spec, outcome) => reporter.info((0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_15__/* .rowText */ .qg)(tellOnce((0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_15__/* .outcomeRow */ .z7)(spec, mirror, outcome, options())))),
    }, reporter);
    for (const failure of result.broken)
        settle((0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_15__/* .brokenRows */ .vp)(failure, found.specs, options()), true);
    for (const mirror of result.pushed) {
        if ((0,_plan_push_result_js__WEBPACK_IMPORTED_MODULE_25__/* .isAllFiltered */ .X)(mirror))
            reporter.warn((0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_15__/* .allFilteredText */ .k5)(mirror));
        settle((0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_15__/* .outcomeRows */ .mD)(mirror, found.specs, options()), false);
        for (const note of mirror.notes)
            reporter.warn(`${mirror.name}: ${note}`);
    }
    await publishRows(rows, env, step.folder);
    if (inputs.copyTo !== undefined) {
        await (0,_copy_list_output_js__WEBPACK_IMPORTED_MODULE_18__/* .writeCopyList */ .N)((0,_plan_copy_items_js__WEBPACK_IMPORTED_MODULE_14__/* .copiesOfPushes */ .d)(result.pushed, found.nodes, mirrors, inputs.copyTo), env, step.folder);
    }
    const nothing = (0,_commands_autopush_js__WEBPACK_IMPORTED_MODULE_4__/* .nothingFound */ .Sb)(found, lockfile, step.expected === 'something');
    if (nothing !== undefined)
        sayNothing(nothing, step, reporter);
    return verdict(rows, result, step, reporter);
}
/**
 * Whether a tree that was named has to be there is known of a push; a post step may have nothing to push.
 * @returns the exit code
 * @throws BuildcacheError `not-found` for a push
 */
async function withoutTree(step, reporter) {
    const { inputs, place, expected, host } = step;
    await publishRows([], step.env, step.folder);
    try {
        await (0,_tree_install_tree_js__WEBPACK_IMPORTED_MODULE_16__/* .readInstallTree */ ._o)(place);
    }
    catch (error) {
        if (expected === 'something' || (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .errorCode */ .CA)(error) !== 'not-found')
            throw error;
        const text = `autopush: nothing was pushed: ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .describeError */ .Uc)(error)}`;
        const isError = inputs.installTree !== undefined && inputs.pushFailure === 'error';
        if (expected === 'nothing' || isFork(host)) {
            reporter.info(text);
            return 0;
        }
        if (isError)
            reporter.error(`${text}. ${UNBUILT}`);
        else
            reporter.warn(`${text}. ${UNBUILT}`);
        return isError ? 1 : 0;
    }
    return await runPush(step, reporter); // it has come meanwhile
}
/** A green job that pushed nothing says where it looked; and where something was to be built, so that it is seen. */
function sayNothing(text, { expected }, reporter) {
    if (expected === 'nothing')
        reporter.info(text);
    else if (expected === 'something')
        reporter.warn(text);
    else
        reporter.warn(`${text}. If Spack installs elsewhere, name that tree in the input install-tree. ${UNBUILT}`);
}
/** A pull request without secrets. A privileged run has them, whoever's the pull request is. */
function isFork({ pullRequest }) {
    return pullRequest?.fork === true && !pullRequest.privileged;
}
const UNBUILT = 'Where nothing is built, say autopush: false';
/** All outputs of a push. With no rows: those of a step that pushed nothing. */
async function publishRows(rows, env, folder) {
    const pushed = rows.filter(({ kind }) => kind === 'pushed');
    for (const kind of ['pushed', 'skipped', 'failed']) {
        (0,_github_files_js__WEBPACK_IMPORTED_MODULE_7__/* .setJsonOutput */ .mI)(env, kind, (0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_15__/* .rowsJson */ .Eq)(rows, kind), (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, `${kind}.json`));
    }
    (0,_github_files_js__WEBPACK_IMPORTED_MODULE_7__/* .setOutput */ .uH)(env, 'pushed-count', String(pushed.length));
    const sums = new Set(pushed.map(({ sha256 = '', image = (0,_cache_layout3_js__WEBPACK_IMPORTED_MODULE_2__/* .blobKey */ .bd)(sha256) }) => `${sha256}  ${image}\n`));
    const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'checksums.txt');
    await (0,_core_write_file_js__WEBPACK_IMPORTED_MODULE_6__/* .writeWholeFile */ .R0)(file, [...sums].join(''));
    (0,_github_files_js__WEBPACK_IMPORTED_MODULE_7__/* .setOutput */ .uH)(env, 'checksums', file);
}
function verdict(rows, result, { inputs, env }, reporter) {
    const problems = (0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_15__/* .finishProblems */ .WB)(result.pushed);
    const missing = result.missing.map(_commands_autopush_js__WEBPACK_IMPORTED_MODULE_4__/* .missingText */ .qq);
    if (inputs.summary && env['GITHUB_STEP_SUMMARY'] && (rows.length > 0 || problems.length > 0)) {
        (0,_github_summary_js__WEBPACK_IMPORTED_MODULE_9__/* .appendSummary */ .fe)(env, (0,_github_push_summary_js__WEBPACK_IMPORTED_MODULE_8__/* .pushSummary */ .t)(rows, [...problems, ...missing]));
    }
    for (const text of missing)
        reporter.warn(text);
    const failures = [...problems, ...(0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_15__/* .failureTexts */ .nA)(rows)];
    const isError = inputs.pushFailure === 'error';
    for (const text of failures) {
        if (isError)
            reporter.error(text);
        else
            reporter.warn(text);
    }
    reporter.info(`Build cache: ${(0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_15__/* .rowsSum */ .lf)(rows)}`);
    return failures.length > 0 && isError ? 1 : 0;
}
/**
 * Whether a mirror's secrets are there, and it has any. One that just can be written to, like a folder of the runner,
 * is none that strangers may write to.
 */
function hasSecrets({ signed, push }, env) {
    const variables = (0,_mirrors_credentials_js__WEBPACK_IMPORTED_MODULE_10__/* .credentialVariables */ .rt)(push.credentials);
    const named = variables.every((variable) => Boolean(env[variable]));
    return named && (signed ? (0,_job_secrets_js__WEBPACK_IMPORTED_MODULE_20__/* .jobSigningKey */ .W1)(env).secretKeys !== undefined : variables.length > 0);
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

/***/ 94369:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ pushSummary)
/* harmony export */ });
/* harmony import */ var _report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(15448);
/* harmony import */ var _report_shared_reasons_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(44186);
/* harmony import */ var _summary_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(13794);
/** What an autopush came to, as a job summary. */



/** Rows of the table; the outputs hold all of it. */
const MAX_ROWS = 200;
/**
 * @param problems sentences about the whole, or a mirror: the index, the key, missing dependencies
 * @param done what a sync calls its pushing
 */
function pushSummary(rows, problems, done = 'pushed') {
    const count = (kind) => rows.filter((row) => row.kind === kind).length;
    const failed = count('failed');
    const icon = failed > 0 ? '❌' : problems.length > 0 ? '⚠️' : '✅';
    const title = `## ${icon} Build cache: ${(0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_0__/* .rowsSum */ .lf)(rows, done)}`;
    // What went wrong first: it is what one looks for.
    const sorted = ['failed', 'pushed', 'skipped']
        .flatMap((kind) => rows.filter((row) => row.kind === kind))
        .map((0,_report_shared_reasons_js__WEBPACK_IMPORTED_MODULE_2__/* .tellReasonsOnce */ .MK)());
    const table = (0,_summary_js__WEBPACK_IMPORTED_MODULE_1__/* .markdownTable */ .Qj)(['Spec', 'Mirror', 'What', 'Why'], sorted
        .slice(0, MAX_ROWS)
        .map((row) => [
        (0,_summary_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(row.short_spec),
        row.mirror === '' ? '' : (0,_summary_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(row.mirror),
        row.kind === 'pushed' ? done : row.kind,
        (0,_summary_js__WEBPACK_IMPORTED_MODULE_1__/* .escapeMarkdown */ .FV)(row.reason ?? ''),
    ])).trimEnd();
    const rest = sorted.length - MAX_ROWS;
    const parts = [title];
    if (rows.length > 0)
        parts.push(table);
    if (rest > 0)
        parts.push(`…and ${rest} more: the log has all of them.`);
    if (problems.length > 0)
        parts.push(problems.map((text) => `- ${(0,_summary_js__WEBPACK_IMPORTED_MODULE_1__/* .escapeMarkdown */ .FV)(text)}`).join('\n'));
    return `${parts.join('\n\n')}\n`;
}


/***/ }),

/***/ 15448:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Eq: () => (/* binding */ rowsJson),
/* harmony export */   WB: () => (/* binding */ finishProblems),
/* harmony export */   k5: () => (/* binding */ allFilteredText),
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
/** Nothing that is new was for a mirror. */
function allFilteredText({ name }) {
    return `${name}: nothing was pushed, its include_binary or exclude_binary leaves out all that is new`;
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
        case 'filtered':
            return row('skipped', `the mirror is not for it: ${outcome.reason}`);
        case 'not-tried':
            return row('failed', options.stopped);
        case 'failed':
            if (options.readOnly && outcome.code === 'denied')
                return row('skipped', READ_ONLY);
            return row('failed', outcome.reason);
    }
}


/***/ })

};
