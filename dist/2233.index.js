export const id = 2233;
export const ids = [2233];
export const modules = {

/***/ 60771:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $e: () => (/* binding */ saveInstallCache),
/* harmony export */   X7: () => (/* binding */ rememberInstallCache),
/* harmony export */   it: () => (/* binding */ restoreInstallCache)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(51455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(76760);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(46466);
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(82552);
/* harmony import */ var _github_cache_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(21112);
/* harmony import */ var _github_files_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(42177);
/* harmony import */ var _github_inputs_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(52325);
/**
 * What an install needs, kept across jobs in GitHub's cache: the packages as they were downloaded, not the tree that
 * was made of them. A tree's files are changed when they are relocated, so nothing anybody has signed says what they
 * must be; of a package its mirror's signed manifest does, and it is asked each time. Making the tree again is about
 * as fast as reading it back would be.
 */










/** Gigabytes take their time. */
const TIMEOUT_MS = 15 * 60_000;
/** Undefined where there is no cache, or nothing in it would be faster than the mirrors themselves. */
async function restoreInstallCache(env, { mirrors, root, fingerprints, hashes }, reporter) {
    if (!mirrors.some(({ fetch }) => !fetch.url.startsWith('file:')))
        return undefined;
    const cache = (0,_github_cache_js__WEBPACK_IMPORTED_MODULE_7__/* .openHostCache */ .N)(env, { warn: (text) => reporter.warn(text), timeoutMs: TIMEOUT_MS });
    if (cache === undefined)
        return undefined;
    const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(env['RUNNER_TEMP'] ?? (0,node_os__WEBPACK_IMPORTED_MODULE_3__.tmpdir)(), 'buildcache-packages');
    (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.mkdirSync)(folder, { recursive: true });
    const place = (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_6__/* .sha256 */ .sc)(JSON.stringify([root, [...fingerprints].sort()])).slice(0, 16);
    const base = `buildcache-install-1-${place}-`;
    const key = base + (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_6__/* .sha256 */ .sc)([...hashes].sort().join('\n')).slice(0, 16);
    // Of another set of specs most may be the same.
    const restored = await cache.restore([folder], key, [base]);
    const { kept, refused } = await keepOnly(folder, (digest, file) => hasDigest(file, digest));
    if (refused > 0) {
        reporter.warn(`the Actions cache ${restored ?? ''}: ${refused} restored files are not what they should be and were refused; the mirrors are asked for them`);
    }
    if (restored !== undefined)
        reporter.info(`${kept} packages came from the Actions cache ${restored}`);
    return { folder, key, restored };
}
/**
 * Tells the post step what to save, if it is something new.
 * @param used digests of the packages that were installed; others are thrown away
 */
async function rememberInstallCache(env, { folder, key, restored }, used) {
    if (key === restored || !env['GITHUB_STATE'])
        return;
    const { kept } = await keepOnly(folder, async (digest) => used.has(digest));
    if (kept === 0)
        return;
    (0,_github_files_js__WEBPACK_IMPORTED_MODULE_8__/* .saveState */ .LZ)(env, 'install-cache-key', key);
    (0,_github_files_js__WEBPACK_IMPORTED_MODULE_8__/* .saveState */ .LZ)(env, 'install-cache-folder', folder);
}
/** The post step's part. */
async function saveInstallCache(env, warn) {
    const key = (0,_github_inputs_js__WEBPACK_IMPORTED_MODULE_9__/* .readState */ .u)(env, 'install-cache-key');
    const folder = (0,_github_inputs_js__WEBPACK_IMPORTED_MODULE_9__/* .readState */ .u)(env, 'install-cache-folder');
    if (key === undefined || folder === undefined)
        return;
    await (0,_github_cache_js__WEBPACK_IMPORTED_MODULE_7__/* .openHostCache */ .N)(env, { warn, timeoutMs: TIMEOUT_MS })?.save([folder], key);
}
/** Removes all that is no file named by a digest, or is not to be kept. What was restored may be anything. */
async function keepOnly(folder, isKept) {
    let kept = 0;
    let refused = 0;
    const visit = async (at) => {
        for (const entry of await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readdir)(at, { withFileTypes: true })) {
            const path = (0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(at, entry.name);
            const digest = (0,node_path__WEBPACK_IMPORTED_MODULE_4__.basename)(path);
            if (entry.isDirectory())
                await visit(path);
            else if (entry.isFile() && (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_6__/* .isSha256 */ ._h)(digest) && (await isKept(digest, path)))
                kept++;
            else {
                refused++;
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(path, { force: true });
            }
        }
    };
    await visit(folder);
    return { kept, refused };
}
async function hasDigest(file, digest) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    await (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_5__.pipeline)((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.createReadStream)(file), hash);
    return hash.digest('hex') === digest;
}


/***/ }),

/***/ 2233:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   runPost: () => (/* binding */ runPost)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(62807);
/* harmony import */ var _github_host_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(56626);
/* harmony import */ var _github_inputs_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(52325);
/* harmony import */ var _github_job_reporter_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(49621);
/* harmony import */ var _github_workflow_commands_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(4972);
/* harmony import */ var _tree_install_snapshot_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(17883);
/* harmony import */ var _tree_tree_root_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(65814);
/* harmony import */ var _action_inputs_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(75992);
/* harmony import */ var _autopush_state_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8376);
/* harmony import */ var _index_cache_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(35072);
/* harmony import */ var _install_cache_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(60771);
/* harmony import */ var _job_secrets_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(58684);
/* harmony import */ var _signals_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(95442);
/** The action's post step: pushes what is new in the install tree, and keeps the indices for the next job. */
















/** @returns the exit code: 1 where a push failed and `push-failure` does not say otherwise */
async function runPost(env) {
    const { signal } = (0,_signals_js__WEBPACK_IMPORTED_MODULE_12__/* .abortOnSignals */ .P)();
    const exitCode = await pushNew(env, signal);
    // A convenience: it may fail no job, nor keep one that is being cancelled.
    const warn = (text) => write((0,_github_workflow_commands_js__WEBPACK_IMPORTED_MODULE_13__/* .plain */ .pj)(`warning: ${text}`));
    if (!signal.aborted)
        await (0,_index_cache_js__WEBPACK_IMPORTED_MODULE_9__/* .saveIndexCache */ .U6)(env, warn);
    if (!signal.aborted)
        await (0,_install_cache_js__WEBPACK_IMPORTED_MODULE_10__/* .saveInstallCache */ .$e)(env, warn);
    return exitCode;
}
async function pushNew(env, signal) {
    const recalled = (0,_autopush_state_js__WEBPACK_IMPORTED_MODULE_8__/* .recallInstalled */ .Kt)(env);
    if (recalled.kind === 'off')
        return 0;
    const host = (0,_github_host_js__WEBPACK_IMPORTED_MODULE_4__/* .readHost */ .r)(env);
    (0,_job_secrets_js__WEBPACK_IMPORTED_MODULE_11__/* .maskJobSecrets */ .zf)(env, write);
    let reporter = (0,_github_job_reporter_js__WEBPACK_IMPORTED_MODULE_14__/* .jobReporter */ .P)({ annotations: true, debug: host.debug, write });
    try {
        const cwd = host.workspace ?? process.cwd();
        const inputs = await (0,_action_inputs_js__WEBPACK_IMPORTED_MODULE_7__/* .readActionInputs */ .U)(env, cwd);
        reporter = (0,_github_job_reporter_js__WEBPACK_IMPORTED_MODULE_14__/* .jobReporter */ .P)({ annotations: inputs.annotations, debug: host.debug, write });
        const expected = (0,_autopush_state_js__WEBPACK_IMPORTED_MODULE_8__/* .recallNeeded */ .zb)(env) ? 'perhaps' : 'nothing';
        const { readTreeConfiguration } = await Promise.all(/* import() */[__webpack_require__.e(9981), __webpack_require__.e(3583), __webpack_require__.e(6226)]).then(__webpack_require__.bind(__webpack_require__, 6226));
        const treeAt = async (root) => (await readTreeConfiguration(inputs.environment.folder, root, { env, cwd })).settings;
        const now = await treeAt(inputs.installTree).catch(() => undefined);
        if (recalled.kind !== 'recorded') {
            const text = notRecorded(recalled, now);
            const { isFork } = await Promise.all(/* import() */[__webpack_require__.e(9981), __webpack_require__.e(5030), __webpack_require__.e(3583), __webpack_require__.e(7075), __webpack_require__.e(6356), __webpack_require__.e(8479), __webpack_require__.e(6226), __webpack_require__.e(1394), __webpack_require__.e(526), __webpack_require__.e(2272)]).then(__webpack_require__.bind(__webpack_require__, 80526));
            if (expected !== 'nothing' && !isFork(host))
                return fail(text, recalled.kind === 'broken' ? inputs.pushFailure : 'warn', reporter);
            reporter.info(text);
            return 0;
        }
        const place = await treeAt(recalled.root);
        if (now !== undefined && !(0,_tree_tree_root_js__WEBPACK_IMPORTED_MODULE_6__/* .isSameFolder */ .F1)(now.unpaddedRoot, place.unpaddedRoot)) {
            // Set by a later step: who has built in the other tree must hear of it.
            reporter.warn(`autopush: the install tree was ${place.root} when the job began, and is ${now.root} by now: ` +
                'nothing of that is pushed. Put this step after what sets up Spack');
        }
        const before = await (0,_tree_install_snapshot_js__WEBPACK_IMPORTED_MODULE_5__/* .readSnapshot */ .RA)(recalled.file, place);
        const mirrors = (0,_autopush_state_js__WEBPACK_IMPORTED_MODULE_8__/* .autopushMirrors */ .u1)(inputs);
        (0,_job_secrets_js__WEBPACK_IMPORTED_MODULE_11__/* .maskMirrorSecrets */ .LG)(inputs.configuration.mirrors, env, write);
        const folder = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdtempSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(host.temp ?? (0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)(), 'buildcache-push-'));
        const { runPush } = await Promise.all(/* import() */[__webpack_require__.e(9981), __webpack_require__.e(5030), __webpack_require__.e(3583), __webpack_require__.e(7075), __webpack_require__.e(6356), __webpack_require__.e(8479), __webpack_require__.e(6226), __webpack_require__.e(1394), __webpack_require__.e(526), __webpack_require__.e(2272)]).then(__webpack_require__.bind(__webpack_require__, 80526));
        const selection = { ...inputs.selection, specs: [] }; // those are what the main step is about
        const step = { env, host, mirrors, place, before, expected, folder, signal };
        return await runPush({ ...step, inputs: { ...inputs, selection } }, reporter);
    }
    catch (error) {
        const text = `autopush: ${signal.aborted ? 'cancelled' : (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .describeError */ .Uc)(error)}`;
        return fail(text, (0,_github_inputs_js__WEBPACK_IMPORTED_MODULE_15__/* .readInput */ .R)(env, 'push-failure') === 'warn' ? 'warn' : 'error', reporter);
    }
    finally {
        reporter.annotations.flush();
    }
}
/** Why nothing could be told to be new. @param now the tree that would be meant by now */
function notRecorded({ kind, reason }, now) {
    const text = `autopush: nothing was pushed: ${reason}`;
    if (kind === 'broken')
        return text;
    const late = now && `By now it is ${now.root}: put this step after what sets up Spack. `;
    return `${text}. ${late ?? ''}Where nothing is built, say autopush: false`;
}
/** @returns the exit code */
function fail(text, pushFailure, reporter) {
    if (pushFailure === 'error')
        reporter.error(text);
    else
        reporter.warn(text);
    return pushFailure === 'error' ? 1 : 0;
}
function write(line) {
    process.stdout.write(`${line}\n`);
}


/***/ })

};
