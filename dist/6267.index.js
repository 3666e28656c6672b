export const id = 6267;
export const ids = [6267,8415];
export const modules = {

/***/ 89555:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ updateIndex)
/* harmony export */ });
/* harmony import */ var _cache_index_update_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8479);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);


/**
 * @throws BuildcacheError `usage` for a view that is there and may not be replaced; `unsupported` for layout 2; else as
 *   the storage does
 */
async function updateIndex(options) {
    const { cache, only, existing, keys, full, jobs, signal } = options;
    if (cache.index.isView && existing === 'refuse')
        await requireNoView(cache, signal);
    await cache.prepare(signal);
    const problems = [];
    const onProblem = (text) => void problems.push(text);
    const index = await (0,_cache_index_update_js__WEBPACK_IMPORTED_MODULE_0__/* .remakeIndex */ .wM)(cache, {
        only,
        append: existing === 'append',
        full,
        jobs,
        onProblem,
        signal,
    });
    const keysChanged = keys && (await cache.updateKeyIndex(signal));
    return { url: cache.reader.storage.url, index, keysChanged, problems };
}
async function requireNoView({ index }, signal) {
    if (!(await index.read(signal)).exists)
        return;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('usage', 'there is an index of that name already', {
        url: index.url,
        hint: 'replace it with --force, or add to it with --append',
    });
}


/***/ }),

/***/ 46267:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   syncCommand: () => (/* binding */ syncCommand)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _cache_index_store_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(67489);
/* harmony import */ var _cache_signing_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(46326);
/* harmony import */ var _commands_sync_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(99860);
/* harmony import */ var _core_abort_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(67844);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(62807);
/* harmony import */ var _github_files_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(42177);
/* harmony import */ var _github_inputs_js__WEBPACK_IMPORTED_MODULE_18__ = __webpack_require__(52325);
/* harmony import */ var _github_push_summary_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(94369);
/* harmony import */ var _github_summary_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(13794);
/* harmony import */ var _plan_sync_result_js__WEBPACK_IMPORTED_MODULE_20__ = __webpack_require__(75409);
/* harmony import */ var _report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(15448);
/* harmony import */ var _report_shared_reasons_js__WEBPACK_IMPORTED_MODULE_19__ = __webpack_require__(44186);
/* harmony import */ var _report_sync_text_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(54126);
/* harmony import */ var _action_connection_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(84895);
/* harmony import */ var _job_secrets_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(58684);
/* harmony import */ var _named_environment_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(83742);
/* harmony import */ var _sync_request_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(4946);
/* harmony import */ var _trust_options_js__WEBPACK_IMPORTED_MODULE_16__ = __webpack_require__(90066);
/* harmony import */ var _write_commands_js__WEBPACK_IMPORTED_MODULE_17__ = __webpack_require__(98415);
/** The command of the main step that syncs: what copy-lists say, an environment, or what a mirror holds, to another. */





















/** @returns the exit code: 1 where something was not copied, and `push-failure` does not say otherwise */
async function syncCommand(step, reporter) {
    const { env, host, inputs, folder, signal } = step;
    (0,_write_commands_js__WEBPACK_IMPORTED_MODULE_17__/* .refusePrivileged */ .S)(step);
    const cwd = host.workspace ?? process.cwd();
    const request = await readRequest(inputs, env, cwd);
    const trustedKeys = (0,_trust_options_js__WEBPACK_IMPORTED_MODULE_16__/* .splitTrustedKeys */ .sc)((0,_github_inputs_js__WEBPACK_IMPORTED_MODULE_18__/* .readInput */ .R)(env, 'trusted-keys') ?? '');
    const trust = await (0,_trust_options_js__WEBPACK_IMPORTED_MODULE_16__/* .readTrust */ .bn)({ trustedKeys, unsigned: false }, { env, cwd }, reporter);
    const open = (mirror) => (0,_cache_signing_js__WEBPACK_IMPORTED_MODULE_3__/* .openSigner */ .H)({ ...(0,_job_secrets_js__WEBPACK_IMPORTED_MODULE_13__/* .jobSigningKey */ .W1)(env), choose: undefined, mirror });
    if (inputs.resign)
        await open('to copy to');
    const indexStore = (0,_cache_index_store_js__WEBPACK_IMPORTED_MODULE_2__/* .openIndexStore */ .W)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(env['RUNNER_TEMP'] ?? (0,node_os__WEBPACK_IMPORTED_MODULE_0__.tmpdir)(), 'buildcache-index'));
    const context = {
        connection: (0,_action_connection_js__WEBPACK_IMPORTED_MODULE_12__/* .actionConnection */ .X)(inputs, env),
        trust,
        unsigned: false,
        resign: inputs.resign,
        openSigner: ({ name }) => open(name),
        baseImage: inputs.baseImage,
        indexStore,
        indexTtlMs: 0,
        signal,
    };
    const work = await (0,_sync_request_js__WEBPACK_IMPORTED_MODULE_15__/* .planSync */ .R)(request, context, reporter);
    try {
        for (const note of work.notes)
            reporter.warn(note);
        const tellOnce = (0,_report_shared_reasons_js__WEBPACK_IMPORTED_MODULE_19__/* .tellReasonsOnce */ .MK)();
        const result = await (0,_commands_sync_js__WEBPACK_IMPORTED_MODULE_4__/* .sync */ .O)({
            work,
            inspections: await (0,_sync_request_js__WEBPACK_IMPORTED_MODULE_15__/* .imageInspections */ .P)(work, inputs.environment.folder, env),
            hardLink: false,
            updateIndex: inputs.updateIndex,
            dryRun: inputs.dryRun,
            jobs: inputs.jobs,
            listing: { store: indexStore, ttlMs: 0 },
            signal,
            onOutcome: (spec) => reporter.info((0,_report_sync_text_js__WEBPACK_IMPORTED_MODULE_11__/* .syncedLine */ .j3)({ ...spec, outcome: tellOnce(spec.outcome) })),
        }, reporter);
        publish(result, step, reporter, folder);
        if (result.cancelled)
            throw (0,_core_abort_js__WEBPACK_IMPORTED_MODULE_5__/* .cancelled */ .KW)(signal);
        return inputs.pushFailure === 'error' ? (0,_plan_sync_result_js__WEBPACK_IMPORTED_MODULE_20__/* .syncExitCode */ .R)(result) : 0;
    }
    finally {
        await work.close();
    }
}
async function readRequest(inputs, env, cwd) {
    const { copyFrom: from, copyTo: to, copyLists: patterns, wholeMirror: all } = inputs;
    if (patterns.length > 0) {
        if (from !== undefined || all) {
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_6__/* .BuildcacheError */ .fO('usage', 'copy-list says what to copy: copy-from and whole-mirror do, too');
        }
        const configured = inputs.configuration.mirrors.filter(({ binary }) => binary);
        return { kind: 'lists', patterns, cwd, to, configured, allowOtherHosts: inputs.allowOtherHosts };
    }
    if (from === undefined || to === undefined) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_6__/* .BuildcacheError */ .fO('usage', 'what to copy is not said', {
            hint: 'set copy-from and copy-to, or copy-list',
        });
    }
    const named = (0,_github_inputs_js__WEBPACK_IMPORTED_MODULE_18__/* .readInput */ .R)(env, 'environment');
    const where = named === undefined ? {} : { environment: named };
    const environment = all ? undefined : await (0,_named_environment_js__WEBPACK_IMPORTED_MODULE_14__/* .namedEnvironment */ .f)(inputs.environment, where, env);
    return { kind: 'mirror', from, to, environment, specs: inputs.selection.specs, all };
}
function publish(result, { env, inputs }, reporter, folder) {
    const rows = result.mirrors.flatMap(({ name, specs }) => specs.map((spec) => (0,_report_sync_text_js__WEBPACK_IMPORTED_MODULE_11__/* .syncedRow */ .pw)(spec, name)));
    for (const kind of ['pushed', 'skipped', 'failed']) {
        (0,_github_files_js__WEBPACK_IMPORTED_MODULE_7__/* .setJsonOutput */ .mI)(env, kind, (0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_10__/* .rowsJson */ .Eq)(rows, kind), (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, `${kind}.json`));
    }
    (0,_github_files_js__WEBPACK_IMPORTED_MODULE_7__/* .setOutput */ .uH)(env, 'pushed-count', String(rows.filter(({ kind }) => kind === 'pushed').length));
    const problems = (0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_10__/* .finishProblems */ .WB)(result.mirrors);
    if (inputs.summary && env['GITHUB_STEP_SUMMARY'])
        (0,_github_summary_js__WEBPACK_IMPORTED_MODULE_9__/* .appendSummary */ .fe)(env, (0,_github_push_summary_js__WEBPACK_IMPORTED_MODULE_8__/* .pushSummary */ .t)(rows, problems, 'copied'));
    for (const { name, notes } of result.mirrors)
        for (const note of notes)
            reporter.warn(`${name}: ${note}`);
    for (const text of [...problems, ...(0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_10__/* .failureTexts */ .nA)(rows, 'copied')]) {
        if (inputs.pushFailure === 'error')
            reporter.error(text);
        else
            reporter.warn(text);
    }
    reporter.info(`Build cache: ${(0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_10__/* .rowsSum */ .lf)(rows, 'copied')}`);
}


/***/ }),

/***/ 98415:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ refusePrivileged),
/* harmony export */   pushCommand: () => (/* binding */ pushCommand),
/* harmony export */   updateIndexCommand: () => (/* binding */ updateIndexCommand)
/* harmony export */ });
/* harmony import */ var _commands_update_index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(89555);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _github_summary_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(13794);
/* harmony import */ var _mirrors_environment_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(10432);
/* harmony import */ var _mirrors_open_target_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(16356);
/* harmony import */ var _tree_install_snapshot_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(17883);
/* harmony import */ var _action_connection_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(84895);
/* harmony import */ var _autopush_state_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(8376);
/* harmony import */ var _install_tree_settings_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(6226);
/* harmony import */ var _push_step_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(80526);
/** The commands of the main step that write to mirrors: `push` and `update-index`. */










/** Everything built in the install tree that belongs to the environment, or is named. @returns the exit code */
async function pushCommand(step, reporter) {
    const { inputs, env, host } = step;
    const { settings } = await (0,_install_tree_settings_js__WEBPACK_IMPORTED_MODULE_8__.readTreeConfiguration)(inputs.environment.folder, inputs.installTree, {
        env,
        cwd: host.workspace ?? process.cwd(),
    });
    for (const note of settings.notes)
        if (!inputs.configuration.notes.includes(note))
            reporter.warn(note);
    const push = { place: settings, mirrors: chosenMirrors(inputs), before: _tree_install_snapshot_js__WEBPACK_IMPORTED_MODULE_5__/* .EMPTY_SNAPSHOT */ .v_ };
    return await (0,_push_step_js__WEBPACK_IMPORTED_MODULE_9__.runPush)({ ...step, ...push, expected: 'something' }, reporter);
}
/** @throws BuildcacheError `denied` where a stranger may be behind what has our secrets */
function refusePrivileged({ host, inputs }) {
    if (host.pullRequest?.privileged !== true || inputs.allowPrivileged)
        return;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('denied', `refused on ${host.eventName}`, {
        hint: 'allow-unsafe-pull-request-target: true says that it is safe',
    });
}
/** @returns the exit code: 1 when it failed for one of the mirrors, and `push-failure` does not say otherwise */
async function updateIndexCommand(step, reporter) {
    const { inputs } = step;
    refusePrivileged(step);
    if (inputs.dryRun)
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('usage', 'update-index has no dry run');
    const rows = [];
    let failed = false;
    for (const mirror of chosenMirrors(inputs)) {
        try {
            rows.push([(0,_github_summary_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(mirror.name), await remake(mirror, step, reporter)]);
        }
        catch (error) {
            failed = true;
            rows.push([(0,_github_summary_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(mirror.name), `failed: ${(0,_github_summary_js__WEBPACK_IMPORTED_MODULE_2__/* .escapeMarkdown */ .FV)((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .describeError */ .Uc)(error))}`]);
            const text = `${mirror.name}: ${step.signal.aborted ? 'cancelled' : (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .describeError */ .Uc)(error)}`;
            if (inputs.pushFailure === 'error')
                reporter.error(text);
            else
                reporter.warn(text);
        }
    }
    if (inputs.summary && step.env['GITHUB_STEP_SUMMARY']) {
        const title = failed
            ? '❌ Build cache: not every index could be made'
            : '✅ Build cache: the index is up to date';
        (0,_github_summary_js__WEBPACK_IMPORTED_MODULE_2__/* .appendSummary */ .fe)(step.env, `## ${title}\n\n${(0,_github_summary_js__WEBPACK_IMPORTED_MODULE_2__/* .markdownTable */ .Qj)(['Mirror', 'Index'], rows)}`);
    }
    return failed && inputs.pushFailure === 'error' ? 1 : 0;
}
/** @returns what became of the index */
async function remake(mirror, step, reporter) {
    const { inputs, env, signal } = step;
    const { view } = mirror.push;
    const only = view === undefined ? undefined : new Set((await (0,_mirrors_environment_js__WEBPACK_IMPORTED_MODULE_3__/* .readEnvironment */ .Qo)(inputs.environment)).nodes.keys());
    const cache = await (0,_mirrors_open_target_js__WEBPACK_IMPORTED_MODULE_4__/* .openPushMirror */ .Q)(mirror, (0,_action_connection_js__WEBPACK_IMPORTED_MODULE_6__/* .actionConnection */ .X)(inputs, env), view);
    try {
        const how = { cache, only, existing: 'replace', keys: mirror.signed, full: false };
        const { index, problems } = await (0,_commands_update_index_js__WEBPACK_IMPORTED_MODULE_0__/* .updateIndex */ .U)({ ...how, jobs: inputs.jobs, signal });
        for (const problem of problems)
            reporter.warn(`${mirror.name}: ${problem}`);
        const what = index.changed ? `now has ${index.records} records` : 'was right already';
        reporter.info(`${mirror.name}: the index ${what}`);
        return what;
    }
    finally {
        await cache.close();
    }
}
/** Those that are named or configured for autopush, else all: whoever gives this command wants to write. */
function chosenMirrors(inputs) {
    const meant = (0,_autopush_state_js__WEBPACK_IMPORTED_MODULE_7__/* .autopushMirrors */ .u1)(inputs);
    const mirrors = meant.length > 0 ? meant : inputs.configuration.mirrors.filter(({ binary }) => binary);
    if (mirrors.length > 0)
        return mirrors;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('usage', 'there is no mirror to write to', {
        hint: 'name one in the input mirrors, or in spack.yaml',
    });
}


/***/ })

};
