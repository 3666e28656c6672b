export const id = 233;
export const ids = [233];
export const modules = {

/***/ 2233:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   runPost: () => (/* binding */ runPost)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(62807);
/* harmony import */ var _github_host_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(56626);
/* harmony import */ var _github_inputs_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(52325);
/* harmony import */ var _github_job_reporter_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(49621);
/* harmony import */ var _github_workflow_commands_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(4972);
/* harmony import */ var _action_inputs_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(75992);
/* harmony import */ var _autopush_state_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8376);
/* harmony import */ var _index_cache_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(67674);
/* harmony import */ var _job_secrets_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(58684);
/* harmony import */ var _signals_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(95442);
/** The action's post step: pushes what is new in the install tree, and keeps the indices for the next job. */













/** @returns the exit code: 1 where a push failed and `push-failure` does not say otherwise */
async function runPost(env) {
    const { signal } = (0,_signals_js__WEBPACK_IMPORTED_MODULE_9__/* .abortOnSignals */ .P)();
    const exitCode = await pushNew(env, signal);
    // A convenience: it may fail no job, nor keep one that is being cancelled.
    if (!signal.aborted)
        await (0,_index_cache_js__WEBPACK_IMPORTED_MODULE_7__/* .saveIndexCache */ .U6)(env, (text) => write((0,_github_workflow_commands_js__WEBPACK_IMPORTED_MODULE_10__/* .plain */ .pj)(`warning: ${text}`)));
    return exitCode;
}
async function pushNew(env, signal) {
    if (env['STATE_autopush-snapshot'] === undefined)
        return 0;
    const host = (0,_github_host_js__WEBPACK_IMPORTED_MODULE_4__/* .readHost */ .r)(env);
    (0,_job_secrets_js__WEBPACK_IMPORTED_MODULE_8__/* .maskSigningKey */ .P2)(env, write);
    let reporter = (0,_github_job_reporter_js__WEBPACK_IMPORTED_MODULE_11__/* .jobReporter */ .P)({ annotations: true, debug: host.debug, write });
    try {
        const inputs = await (0,_action_inputs_js__WEBPACK_IMPORTED_MODULE_5__/* .readActionInputs */ .U)(env, host.workspace ?? process.cwd());
        reporter = (0,_github_job_reporter_js__WEBPACK_IMPORTED_MODULE_11__/* .jobReporter */ .P)({ annotations: inputs.annotations, debug: host.debug, write });
        const recalled = await (0,_autopush_state_js__WEBPACK_IMPORTED_MODULE_6__/* .recallInstalled */ .Kt)(env);
        if (recalled === undefined)
            return 0;
        const mirrors = (0,_autopush_state_js__WEBPACK_IMPORTED_MODULE_6__/* .autopushMirrors */ .u1)(inputs);
        (0,_job_secrets_js__WEBPACK_IMPORTED_MODULE_8__/* .maskMirrorSecrets */ .LG)(inputs.configuration.mirrors, env, write);
        const folder = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdtempSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(host.temp ?? (0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)(), 'buildcache-push-'));
        const { runPush } = await Promise.all(/* import() */[__webpack_require__.e(402), __webpack_require__.e(563), __webpack_require__.e(744), __webpack_require__.e(548)]).then(__webpack_require__.bind(__webpack_require__, 4744));
        const { root: installTree, before } = recalled;
        const selection = { ...inputs.selection, specs: [] }; // those are what the main step is about
        const step = {
            env,
            host,
            inputs: { ...inputs, selection },
            mirrors,
            installTree,
            before,
            folder,
            signal,
        };
        return await runPush(step, reporter);
    }
    catch (error) {
        const isError = (0,_github_inputs_js__WEBPACK_IMPORTED_MODULE_12__/* .readInput */ .R)(env, 'push-failure') !== 'warn';
        const text = `autopush: ${signal.aborted ? 'cancelled' : (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .describeError */ .Uc)(error)}`;
        if (isError)
            reporter.error(text);
        else
            reporter.warn(text);
        return isError ? 1 : 0;
    }
    finally {
        reporter.annotations.flush();
    }
}
function write(line) {
    process.stdout.write(`${line}\n`);
}


/***/ })

};
