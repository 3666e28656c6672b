export const id = 8415;
export const ids = [8415];
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
